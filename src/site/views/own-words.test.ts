import { expect, test } from "vitest";
import { boardHouse } from "../../../test/support/board-house.ts";
import { adviceBaseOf } from "../../advice/region-base.ts";
import { filesWords } from "./own-words.ts";

test("[BOARD119] a hospital that the charter names and the region's files lack is a bar, and told", () => {
  const context = boardHouse("lst-d/box/1-00000001", new Map());
  const told: string[] = [];
  const unlisted = (hospital: string) => told.push(hospital);
  expect(filesWords({ ...context, unlisted })).toEqual({});
  const hospitals = context.data.hospitals.filter(({ id }) => id !== "neuss");
  const base = adviceBaseOf({ ...context.data, hospitals });
  expect(filesWords({ ...context, base, unlisted }).files?.de).toMatch(/fehlt: neuss\./i);
  expect(told).toEqual(["neuss"]);
});
