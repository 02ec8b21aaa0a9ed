import { equalBytes, toHex } from "../../basics/bytes.ts";
import type { Origin } from "../../basics/name.ts";
import type { LogVersion } from "../../exchange/vector.ts";
import type { Sha256 } from "../../log/crypto.ts";
import { verifyConsistency } from "../../log/tree.ts";
import type { Branch, ForkProof } from "../effects.ts";
import type { House, LogState } from "../state.ts";

const forkedWord = "forked:";

/** How many entries the two histories may have in common, from the beginning: never less than they really have. */
export function commonSize({ ours, first }: ForkProof): number {
  return (first?.size ?? ours.size) - 1;
}

/** True when one log cannot be both: what each signed for, and what they have where they part. */
export function contradicts(sha256: Sha256, proof: ForkProof): boolean {
  const { ours, theirs, rootAtOurs, path, first } = proof;
  if (ours.size > theirs.size || equalBytes(rootAtOurs, ours.root)) return false;
  if (!leadsTo(sha256, { root: rootAtOurs, path }, ours.size, theirs)) return false;
  if (first === undefined) return true;
  const { size } = first;
  if (size < 1 || size > ours.size || equalBytes(first.ours.root, first.theirs.root)) return false;
  return leadsTo(sha256, first.ours, size, ours) && leadsTo(sha256, first.theirs, size, theirs);
}

/** Whether a history with this root at this size is the beginning of the one that was signed. */
export function leadsTo(
  sha256: Sha256,
  { root, path }: Branch,
  size: number,
  signed: { readonly size: number; readonly root: Uint8Array },
): boolean {
  return verifyConsistency(sha256, {
    fromSize: size,
    fromRoot: root,
    toSize: signed.size,
    toRoot: signed.root,
    proof: path,
  });
}

/** How many entries of this log mean anything; undefined: as many as there are. */
export function forkedAt(house: House, origin: Origin): number | undefined {
  const proof = house.forks.get(origin);
  return proof === undefined ? undefined : commonSize(proof);
}

/** Nothing more is taken of a forked log by whoever holds all that its histories share. */
export function isClosedByFork(house: House, origin: Origin, heldSize: number): boolean {
  const common = forkedAt(house, origin);
  return common !== undefined && heldSize >= common;
}

/** What vectors say of such a log, whichever of its histories is held: so all who know of the fork agree. */
export function forkedVersion(common: number): LogVersion {
  return { size: common, root: `${forkedWord}${common}` };
}

/** Whether a peer's word on a log says that it knows of a fork. */
export function isForkedWord(root: string): boolean {
  return root.startsWith(forkedWord);
}

/**
 * Called whenever another history or another proof of a log is here. A proof speaks of two histories, and a log may have
 * more: one machine was never lost, and two others began from backups of different days. Whoever holds all that the two
 * share, and neither of them for certain, has to find out what it shares with them (third-history.ts).
 */
export function doubtHistory(house: House, log: LogState): void {
  const proof = house.forks.get(log.origin);
  if (proof === undefined) return;
  if (log.durable.range.size < commonSize(proof) || isOneOf(proof, log)) house.unsure.delete(log.origin);
  else if (!house.unsure.has(log.origin)) house.unsure.set(log.origin, { asked: 0, nextMonoMs: 0 });
}

function isOneOf({ ours, theirs, rootAtOurs, first }: ForkProof, { roots }: LogState): boolean {
  const parted = first ?? { size: ours.size, ours, theirs: { root: rootAtOurs } };
  const shown = [
    ours,
    theirs,
    { size: parted.size, ...parted.ours },
    { size: parted.size, ...parted.theirs },
  ];
  return shown.some(({ size, root }) => roots.get(size) === toHex(root));
}
