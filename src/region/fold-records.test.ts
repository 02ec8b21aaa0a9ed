import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawLogs, foldMixed } from "../../test/support/drawn-night.ts";
import { contextOf, everythingOf, foldLogs, nightMs, testCharter } from "../../test/support/region.ts";
import { seededRandom } from "../basics/random.ts";
import { type Fold, foldEntry, foldIsStale, newFold } from "./fold.ts";
import { type FoldPart, partsOf, partTouched } from "./fold-parts.ts";
import { FoldReader, FoldWriter } from "./fold-records.ts";
import { leaveEnded } from "./leaving.ts";

const charter = testCharter();

function linesOf(fold: Fold, writer = new FoldWriter(), parts = partsOf(fold)): readonly string[] {
  return [
    ...parts.flatMap((part) => writer.partLines(fold, part)),
    ...writer.requestLines(fold, new Map()),
    ...writer.endLines(fold),
  ];
}

function foldOf(lines: readonly string[]): Fold {
  const fold = newFold();
  const reader = new FoldReader(fold);
  for (const line of lines) reader.line(line);
  reader.end();
  return fold;
}

/** Everything but which state of the charter was looked up last. */
function contents(fold: Fold) {
  const logs = [...fold.logs].map(([log, { charterRevision: _, ...folded }]) => [log, folded]);
  return { ...fold, logs: new Map(logs as [string, object][]) };
}

describe("[OPEN4] the lines of a fold", () => {
  test("are that fold again", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const fold = foldLogs(charter, drawLogs(seededRandom(seed), 120));
        leaveEnded(fold, nightMs);
        const read = foldOf(linesOf(fold));
        expect(contents(read)).toEqual(contents(fold));
        expect(foldIsStale(read, charter)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test("with what came later amount to what all facts amount to, wherever they are cut", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, order) => {
        const logs = drawLogs(seededRandom(seed), 120);
        const random = seededRandom(order);
        const mixed = foldMixed(logs, random, (fold) => (random.oneIn(4) ? foldOf(linesOf(fold)) : fold));
        const seen = (fold: Fold) => everythingOf(contextOf(charter, fold, nightMs + 600_000));
        expect(seen(mixed)).toEqual(seen(foldLogs(charter, logs)));
      }),
      { numRuns: 100 },
    );
  });

  test("may be written while the fold goes on: what changed is written again", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, order) => {
        const random = seededRandom(order);
        const logs = [...drawLogs(seededRandom(seed), 120)];
        const fold = newFold();
        const changed = new Map<string, FoldPart>();
        const foldUpTo = (share: number) => {
          for (const [log, entries] of logs) {
            for (let index = 0; index < Math.ceil(entries.length * share); index += 1) {
              const input = { log, index, entry: entries[index] ?? null, storedMs: nightMs, local: true };
              const touched = foldEntry(fold, charter, input);
              const part = touched === null ? null : partTouched(touched);
              if (part !== null) changed.set(`${part.what} ${part.key}`, part);
            }
          }
        };
        foldUpTo(0.5);
        const writer = new FoldWriter();
        const parts = partsOf(fold);
        const half = random.below(parts.length);
        const first = parts.slice(0, half).flatMap((part) => writer.partLines(fold, part));
        changed.clear();
        foldUpTo(1);
        const lines = [...first, ...linesOf(fold, writer, [...parts.slice(half), ...changed.values()])];
        expect(contents(foldOf(lines))).toEqual(contents(fold));
      }),
      { numRuns: 60 },
    );
  });
});
