import type { FactRef, LogId } from "../../basics/name.ts";
import { type KnownPart, membersMax } from "../../region/facts-decision.ts";

/** What a device last wrote down as known, and how many decisions ago it wrote all of it. */
export type Recorded = {
  readonly ref: FactRef;
  readonly sizes: ReadonlyMap<LogId, number>;
  readonly sinceFull: number;
};

/** Every so many decisions of a device name every log again. */
export const fullEvery = 100;
/** An entry about a decision is split beyond this. */
export const decisionBytesMax = 32_768;

export type KnownParts = {
  readonly parts: readonly [KnownPart, ...KnownPart[]];
  readonly sinceFull: number;
};

/**
 * What was known, against what the device wrote down last.
 * @param log the device's own: what stands in another one of its logs is not built on
 * @param bodyBytes so many bytes of the first entry are taken by other things
 */
export function knownParts(
  sizes: ReadonlyMap<LogId, number>,
  last: Recorded | null,
  log: LogId,
  bodyBytes: number,
): KnownParts {
  const base = last !== null && last.ref[0] === log && last.sinceFull + 1 < fullEvery ? last : null;
  const changed = [...sizes].filter(([one, size]) => base?.sizes.get(one) !== size);
  const [first, rest] = cut(changed, decisionBytesMax - bodyBytes);
  const parts: [KnownPart, ...KnownPart[]] = [{ base: base?.ref ?? null, changed: first }];
  for (let left = rest; left.length > 0; ) {
    const [next, more] = cut(left, decisionBytesMax - partBytes);
    parts.push({ base: null, changed: next });
    left = more;
  }
  return { parts, sinceFull: base === null ? 0 : base.sinceFull + 1 };
}

/** An entry that only goes on with what was known: its other members, generously. */
const partBytes = 512;
/** Quotes, colon, comma. */
const aroundBytes = 4;

type Sizes = readonly (readonly [log: LogId, size: number])[];

function cut(all: Sizes, bytesMax: number): readonly [KnownPart["changed"], Sizes] {
  let bytes = 0;
  let count = 0;
  for (const [log, size] of all) {
    bytes += log.length + String(size).length + aroundBytes;
    if (count === membersMax || bytes > bytesMax) break;
    count += 1;
  }
  return [Object.fromEntries(all.slice(0, count)), all.slice(count)];
}

/** What the parts of one decision, one after the other, say changed. */
export function joined(parts: readonly KnownPart[]): ReadonlyMap<LogId, number> {
  return new Map(parts.flatMap(({ changed }) => Object.entries(changed)));
}
