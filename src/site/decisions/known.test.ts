import { describe, expect, test } from "vitest";
import { newFold } from "../../region/fold.ts";
import { newJournal, noteRun, sizesAt } from "./journal.ts";
import { fullEvery, joined, knownParts, type Recorded } from "./known.ts";

const own = "lst-d/box/1-00000001";
const sizes = (count: number, size = 7) =>
  new Map(Array.from({ length: count }, (_, i) => [`hospital-${i}/anchor/1-00000001`, size] as const));

function recorded(known: ReadonlyMap<string, number>, sinceFull = 0): Recorded {
  return { ref: [own, 12], sizes: known, sinceFull };
}

describe("[DECIDE3] what was known", () => {
  test("is what changed since the device's last record, and now and then all of it", () => {
    const before = sizes(3);
    const after = new Map(before).set("hospital-1/anchor/1-00000001", 9);
    const next = knownParts(after, recorded(before), own, 0);
    expect(next).toEqual({
      parts: [{ base: [own, 12], changed: { "hospital-1/anchor/1-00000001": 9 } }],
      sinceFull: 1,
    });
    const full = { base: null, changed: Object.fromEntries(after) };
    expect(knownParts(after, null, own, 0)).toEqual({ parts: [full], sinceFull: 0 });
    expect(knownParts(after, recorded(before, fullEvery - 1), own, 0).parts).toEqual([full]);
    // Nothing is built on what stands in another log of the device.
    expect(knownParts(after, recorded(before), "lst-d/box/2-00000002", 0).parts).toEqual([full]);
  });

  test("is cut where an entry would be too long, and read as it was", () => {
    const known = sizes(700);
    const { parts } = knownParts(known, null, own, 30_000);
    expect(parts.map(({ changed }) => Object.keys(changed).length)).toEqual([81, 250, 250, 119]);
    expect(joined(parts)).toEqual(known);
  });

  test("a moment ago is told without having been copied, as far as it goes back", () => {
    const journal = newJournal();
    const fold = newFold();
    const held = (log: string, size: number) =>
      fold.logs.set(log, {
        size,
        unusable: 0,
        meant: size,
        charterRevision: 0,
        writer: undefined,
        endedAt: undefined,
      });
    noteRun(journal, "a", 0);
    held("a", 5);
    const mark = journal.count;
    for (const from of [5, 6, 8]) noteRun(journal, "a", from);
    noteRun(journal, "b", 0);
    held("a", 9);
    held("b", 2);
    expect(sizesAt(journal, fold, mark)).toEqual(new Map([["a", 5]]));
    expect(sizesAt(journal, fold, journal.count)).toEqual(
      new Map([
        ["a", 9],
        ["b", 2],
      ]),
    );
    for (let i = 0; i < 20_000; i += 1) noteRun(journal, "c", i);
    expect(sizesAt(journal, fold, mark)).toBeNull();
  });
});
