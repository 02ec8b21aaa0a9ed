import { describe, expect, test } from "vitest";
import { adviceFor } from "./drawing.ts";
import { capability } from "./themes/a-capability.ts";
import { silence } from "./themes/b-silence.ts";
import { load } from "./themes/c-load.ts";
import { noneLeft } from "./themes/f-none-left.ts";
import { cutOff } from "./themes/h-cut-off.ts";
import { flights } from "./themes/i-flights.ts";
import { patients } from "./themes/i-patients.ts";
import { transfers } from "./themes/i-transfers.ts";
import { river } from "./themes/river.ts";
import type { Scene } from "./themes/scene.ts";

function holds({ situation, lines, said, stabilise }: Scene): void {
  const advice = adviceFor(situation);
  expect(advice.lines.map(({ text }) => text)).toEqual(lines);
  expect(advice.stabilise?.text).toBe(stabilise);
  expect(advice.readOut).toBe(said);
}

describe("[ADVICE1] [ADVICE11] [ADVICE13] drawn situation in, one line out, and what is read out of it", () => {
  test.each(capability)("A capability: $name", holds);
  test.each(silence)("B silence: $name", holds);
  test.each(load)("C load: $name", holds);
  test.each(noneLeft)("F none left: $name", holds);
  test.each(cutOff)("H cut off: $name", holds);
  test.each(patients)("I patients: $name", holds);
  test.each(transfers)("I transfers: $name", holds);
  test.each(flights)("[ADVICE17] I flights: $name", holds);
  test.each(river)("the river: $name", holds);
});

test("[ADVICE12] every advice names its policy", () => {
  const [scene] = capability;
  if (scene === undefined) throw new Error("there are scenes");
  expect(adviceFor(scene.situation).policy).toBe("test-1");
});
