import { describe, expect, test } from "vitest";
import { drawnHospitals, drawnTown, networkOf, tableOf } from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { minutesMap } from "./minutes-map.ts";

const random = seededRandom(31);
const network = networkOf(drawnTown(20, random));
const table = tableOf(network, drawnHospitals(network, 5, random));

describe("[ROADS28] a picture shows minutes to the nearest hospital asked for, with legend, source, date and licence", () => {
  const all = minutesMap({
    table,
    masks: new Uint32Array(5).fill(1),
    title: "stroke unit < 30 & open",
    language: "en",
  });
  const one = minutesMap({ table, masks: Uint32Array.from([1, 0, 0, 0, 0]), title: "one", language: "de" });

  test("says what it is", () => {
    expect(all).toContain("stroke unit &lt; 30 &amp; open");
    expect(all).toContain(
      "car without blue lights, roads of 2026-01-01, © OpenStreetMap contributors, ODbL 1.0",
    );
    expect(one).toContain(
      "Pkw ohne Blaulicht, Straßen vom 2026-01-01, © OpenStreetMap contributors, ODbL 1.0",
    );
    expect(all).toContain("≤ 5 min");
    expect(all).toContain("> 30 min");
  });

  test("only hospitals asked for are marked, and with fewer of them fewer places are near", () => {
    const marks = (svg: string) => svg.match(/<circle/g)?.length ?? 0;
    expect([marks(all), marks(one)]).toEqual([5, 1]);
    const near = (svg: string) => {
      const widths = [...svg.matchAll(/width="([\d.]+)" height="[\d.]+" fill="#fde725"/g)];
      return widths.reduce((sum, [, width]) => sum + Number(width), 0);
    };
    expect(near(all)).toBeGreaterThan(near(one));
    expect(near(one)).toBeGreaterThan(0);
  });
});
