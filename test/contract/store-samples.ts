import type { Origin } from "../../src/basics/name.ts";
import type { SignedCheckpoint } from "../../src/log/checkpoint.ts";
import type { Cosignature } from "../../src/log/cosignature.ts";
import type { Slot } from "../../src/log/slot.ts";
import type { Commit, ForkProof, LogAppend } from "../../src/site/effects.ts";

/*
 * Commits for tests of stores. A store verifies nothing, so roots and signatures are any bytes; which ones they are
 * follows from the log and the size, so that a wrong one shows.
 */

export const uniKlinik: Origin = "holdfast/1/rehearsal-test/uni-klinik/lifeboat/1-00000001";
export const nordKlinik: Origin = "holdfast/1/rehearsal-test/nord-klinik/lifeboat/2-0000beef";

function bytesOf(seed: string, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => seed.charCodeAt(at % seed.length) + at);
}

/** The bytes that every sample log has at this position: 100 to 120 of them. */
export function sampleEntry(origin: Origin, position: number): Uint8Array {
  return bytesOf(`${position} ${origin}`, 100 + (position % 21));
}

export function sampleCheckpoint(origin: Origin, size: number, history = ""): SignedCheckpoint {
  const seed = `${size}${history} ${origin}`;
  return { origin, size, root: bytesOf(`root ${seed}`, 32), signature: bytesOf(`signature ${seed}`, 64) };
}

export function sampleAppend(origin: Origin, from: number, count: number): LogAppend {
  const size = from + count;
  const items = Array.from({ length: count }, (_, at) => sampleEntry(origin, from + at));
  const ones = size.toString(2).replaceAll("0", "").length;
  const hashes = Array.from({ length: ones }, (_, at) => bytesOf(`hash ${at} of ${size} ${origin}`, 32));
  return { origin, from, items, checkpoint: sampleCheckpoint(origin, size), range: { size, hashes } };
}

export function sampleCosignature(origin: Origin, holder: string, size: number, timeS: number): Cosignature {
  const { root } = sampleCheckpoint(origin, size);
  return { origin, holder, size, timeS, root, signature: bytesOf(`${holder} ${timeS} ${size}`, 64) };
}

/** Of two checkpoints of one size, so without a path. */
export function sampleFork(origin: Origin, size: number): ForkProof {
  const [ours, theirs] = [sampleCheckpoint(origin, size), sampleCheckpoint(origin, size, " otherwise")];
  return { ours, theirs, rootAtOurs: new Uint8Array(0), path: [] };
}

export function sampleCommit(storedMs: number, parts: Partial<Omit<Commit, "storedMs">>): Commit {
  return { id: storedMs, storedMs, appends: [], cosignatures: [], forks: [], ...parts };
}

/** Carries nothing, and so asks whether the disk takes writing. */
export const probe: Commit = sampleCommit(1, {});

/** A slot of the case with this digit: its box is opened nowhere. */
export function sampleSlot(digit: string, to = "ukd/box"): Slot {
  const name = { case: `ukd/${digit.repeat(64)}`, to, by: "ukd/box" };
  const box = Uint8Array.from(
    { length: 250 },
    (_, i) => (digit.charCodeAt(0) * 31 + to.length + i * 7) % 256,
  );
  return { ...name, box, signature: new Uint8Array(64).fill(5) };
}
