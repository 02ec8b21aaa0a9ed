import { equalBytes } from "../../basics/bytes.ts";
import type { Origin } from "../../basics/name.ts";
import type { LogVersion } from "../../exchange/vector.ts";
import type { Sha256 } from "../../log/crypto.ts";
import { verifyConsistency } from "../../log/tree.ts";
import type { Branch, ForkProof } from "../effects.ts";
import type { House } from "../state.ts";

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
