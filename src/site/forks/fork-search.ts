import { equalBytes } from "../../basics/bytes.ts";
import type { Origin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { SignedCheckpoint } from "../../log/checkpoint.ts";
import type { Sha256 } from "../../log/crypto.ts";
import { leafHash } from "../../log/entry.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf } from "../../log/tree.ts";
import type { Branch, ForkProof } from "../effects.ts";
import { forkSearchStallsMs } from "../limits.ts";
import type { ForkSearch, House, Link, Out } from "../state.ts";
import { keepFork, sendAsk } from "./fork-keep.ts";
import { forkedAt, leadsTo } from "./fork-proof.ts";

/*
 * Two signed histories of one log: everybody folds only what they share, so it must be known to the entry how much that
 * is. The peer is asked for its root at one size after the other, each time halving what is open; nothing is kept or
 * told before that is found. A search that stands still, since a packet was lost, goes on when the peer next sends what
 * does not follow.
 */

/** The answer at the end of the shorter one, ours or theirs, contradicts the other or may: what we hold is read. */
export function beginSearch(
  house: House,
  link: Link,
  ours: SignedCheckpoint,
  theirs: SignedCheckpoint,
  atShorter: Branch,
  now: Now,
  out: Out,
): void {
  const { origin, size } = ours;
  const high = Math.min(size, theirs.size);
  const parts = { low: 0, high, atHigh: atShorter, leaves: null, movedMonoMs: now.monoMs };
  house.forkSearches.set(origin, { link: link.id, ours, theirs, atShorter, ...parts });
  house.lastRead += 1;
  house.reads.set(house.lastRead, { kind: "branch", origin });
  out.push({ type: "read-leaves", read: house.lastRead, origin, from: 0, to: size });
}

export function takeOwnBranch(
  house: House,
  origin: Origin,
  entries: readonly Uint8Array[] | null,
  now: Now,
  out: Out,
): void {
  const search = house.forkSearches.get(origin);
  if (search === undefined || search.leaves !== null) return;
  const isWhole = entries?.length === search.ours.size;
  if (entries === null || !isWhole) {
    house.forkSearches.delete(origin);
    return;
  }
  const { sha256 } = house.ports.crypto;
  const leaves = entries.map((bytes) => leafHash(sha256, bytes));
  search.leaves = leaves;
  if (equalBytes(rootAt(sha256, leaves, search.high), search.atHigh.root)) {
    // Theirs is the beginning of ours.
    house.forkSearches.delete(origin);
    house.unsure.delete(origin);
  } else goOn(house, search, now, out);
}

function rootAt(sha256: Sha256, leaves: readonly Uint8Array[], size: number): Uint8Array {
  return rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, size)));
}

/** The peer's root at a size in between. Returns whether it was an answer to this search. */
export function narrow(
  house: House,
  link: Link,
  theirs: SignedCheckpoint,
  size: number,
  branch: Branch,
  now: Now,
  out: Out,
): boolean {
  const search = house.forkSearches.get(theirs.origin);
  if (search === undefined || search.link !== link.id || search.leaves === null) return false;
  const isAsked = size === middleOf(search) && equalBytes(search.theirs.root, theirs.root);
  const { sha256 } = house.ports.crypto;
  if (!isAsked || !leadsTo(sha256, branch, size, search.theirs)) return false;
  if (equalBytes(rootAt(sha256, search.leaves, size), branch.root)) search.low = size;
  else Object.assign(search, { high: size, atHigh: branch });
  search.movedMonoMs = now.monoMs;
  goOn(house, search, now, out);
  return true;
}

/** Asks again where a search stands; false when there is none that is under way. */
export function resumeSearch(house: House, link: Link, origin: Origin, now: Now, out: Out): boolean {
  const search = house.forkSearches.get(origin);
  if (search === undefined) return false;
  if (search.link !== link.id) {
    const isUnderWay = house.links.has(search.link) && now.monoMs - search.movedMonoMs < forkSearchStallsMs;
    if (!isUnderWay) house.forkSearches.delete(origin);
    return isUnderWay;
  }
  if (search.leaves !== null) sendAsk(house, link, search.theirs, middleOf(search), out);
  return true;
}

function goOn(house: House, search: ForkSearch, now: Now, out: Out): void {
  const link = house.links.get(search.link);
  if (search.high - search.low === 1) {
    const { origin } = search.ours;
    house.forkSearches.delete(origin);
    // Sharing as much as is known already, it changes nothing; sharing less, its proof is about what we hold.
    if (search.low >= (forkedAt(house, origin) ?? Number.POSITIVE_INFINITY)) house.unsure.delete(origin);
    else keepFork(house, proofOf(house, search), null, now, out);
  } else if (link !== undefined) sendAsk(house, link, search.theirs, middleOf(search), out);
}

function middleOf({ low, high }: ForkSearch): number {
  return low + Math.floor((high - low) / 2);
}

function proofOf(house: House, { ours, theirs, atShorter, high, atHigh, leaves }: ForkSearch): ForkProof {
  const { sha256 } = house.ports.crypto;
  const own = leaves ?? [];
  const ownAt = (size: number): Branch => ({
    root: rootAt(sha256, own, size),
    path: consistencyProof(sha256, own, size),
  });
  const isOursShorter = ours.size <= theirs.size;
  const [shorter, longer] = isOursShorter ? [ours, theirs] : [theirs, ours];
  const { root: rootAtOurs, path } = isOursShorter ? atShorter : ownAt(theirs.size);
  const proof = { ours: shorter, theirs: longer, rootAtOurs, path };
  if (high === shorter.size) return proof;
  const [first, second] = isOursShorter ? [ownAt(high), atHigh] : [atHigh, ownAt(high)];
  return { ...proof, first: { size: high, ours: first, theirs: second } };
}
