import fc from "fast-check";
import { expect, test } from "vitest";
import type { Advice } from "../../src/advice/advise.ts";
import { present } from "../../src/basics/assert.ts";
import { adviceOf, baseOf, type DrawnRegion, drawRegion } from "./drawn-region.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 32 });
const runs = { numRuns: 1_000, seed: 7 };

function adviceFor(drawn: DrawnRegion, besides: string | null): Advice {
  const advice = adviceOf(drawn, baseOf(drawn), { linesMax: 6, besides });
  if (!advice.ok) throw new Error(advice.error);
  return advice.value;
}

test("[ADVICE4] beside any destination it is never empty, nor names it where there is another, and ranks as without it", () => {
  let assigned = 0;
  fc.assert(
    fc.property(seeds, fc.nat(), (seed, pick) => {
      const drawn = drawRegion(seed, 6);
      const { hospitals } = drawn.input;
      const { id: besides } = present(hospitals[pick % hospitals.length], "a drawn hospital");
      const { lines, forced, readOut } = adviceFor(drawn, besides);
      const named = lines.map(({ hospital }) => hospital);
      if (hospitals.length === 1) {
        expect(named).toEqual([besides]);
        return;
      }
      expect(named).not.toContain(besides);
      const whole = adviceFor(drawn, null);
      const others = whole.lines.map(({ hospital }) => hospital).filter((one) => one !== besides);
      if (whole.forced === "none-suitable" || others.length === 0) {
        expect(named.length).toBeGreaterThan(0);
        expect(forced).toBe(whole.forced === "none-suitable" ? "none-suitable" : "none-besides");
        assigned += 1;
      } else expect(named).toEqual(others);
      expect(readOut === null).toBe(whole.lines[0]?.hospital === besides);
      expect(lines.filter(({ text }) => text.startsWith("→ ")).length).toBe(readOut === null ? 0 : 1);
    }),
    runs,
  );
  expect(assigned).toBeGreaterThan(50);
});
