import { expect, test } from "vitest";
import { word } from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import { present } from "../../basics/assert.ts";
import { minuteMs } from "../../basics/time.ts";
import { broughtCell } from "./neighbour-words.ts";

test("[BOARD99] what was brought of another region stays what it is while we are cut off", () => {
  const cutOff = sampleSight({ cutOffSinceMs: nightMs - minuteMs });
  const ukd = present(cutOff.places.hospitals.get("ukd"), "a hospital");
  const cells = { ct: word("full", nightMs - 12 * minuteMs) };
  for (const sight of [sampleSight(), cutOff]) {
    expect(broughtCell(ukd, "ct", cells, sight)).toMatchObject({ shape: "old", word: "zuletzt voll" });
    expect(broughtCell(ukd, "ct", {}, sight)).toMatchObject({ shape: "unconfirmed", word: "unbestätigt" });
  }
});
