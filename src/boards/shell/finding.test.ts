import { expect, test } from "vitest";
import { crewRegion } from "../../../test/support/crew-sample.ts";
import { found, nearest, plainText } from "./finding.ts";

test("umlauts, accents, case and ß are typed in any way", () => {
  expect(plainText("Düsseldorf")).toBe(plainText("DUESSELDORF"));
  expect(plainText("Große Straße")).toBe("grosse strasse");
});

test("[BOARD31] every word must occur, in any order; nothing typed finds nothing; never too many", () => {
  const names = ["Krefeld Helios", "Krefeld Maria", "Neuss Lukas"];
  const find = (typed: string, countMax = 6) => found(names, typed, (name) => name, countMax);
  expect(find("helios kre")).toEqual(["Krefeld Helios"]);
  expect(find("krefeld", 1)).toEqual(["Krefeld Helios"]);
  expect(find("  ")).toEqual([]);
  expect(find("köln")).toEqual([]);
});

test("the nearest town to a place in it is itself", () => {
  for (const town of crewRegion.towns) expect(nearest(crewRegion.towns, town)).toBe(town);
  expect(nearest([], { latE3: 0, lonE3: 0 })).toBeNull();
});
