import { equalBytes } from "../../basics/bytes.ts";
import type { Origin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { SignedCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/entry.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf } from "../../log/tree.ts";
import type { Branch, ForkProof } from "../effects.ts";
import { forkSearchStallsMs } from "../limits.ts";
import type { ForkSearch, House, Link, Out } from "../state.ts";
import { keepFork, sendAsk } from "./fork-keep.ts";
import { leadsTo } from "./fork-proof.ts";

/*
 * Two signed histories of one log: everybody folds only what they share, so it must be known to the entry how much that
 * is. The peer is asked for its root at one size after the other, each time halving what is open; nothing is kept or
 * told before that is found. A search that stands still, since a packet was lost, goes on when the peer next sends what
 * does not follow.
 */

/** The answer at the size of our own checkpoint contradicts it: what we hold is read, to compare the rest with. */
export function beginSearch(
  house: House,
  link: Link,
  ours: SignedCheckpoint,
  theirs: SignedCheckpoint,
  atOurs: Branch,
  now: Now,
  out: Out,
): void {
  const { origin, size } = ours;
  const parts = { low: 0, high: size, atHigh: atOurs, leaves: null, movedMonoMs: now.monoMs };
  house.forkSearches.set(origin, { link: link.id, ours, theirs, atOurs, ...parts });
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
  if (entries === null || !isWhole) house.forkSearches.delete(origin);
  else {
    search.leaves = entries.map((bytes) => leafHash(house.ports.crypto.sha256, bytes));
    goOn(house, search, now, out);
  }
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
  const own = rootOf(sha256, appendLeaves(sha256, emptyRange, search.leaves.slice(0, size)));
  if (equalBytes(own, branch.root)) search.low = size;
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
    house.forkSearches.delete(search.ours.origin);
    keepFork(house, proofOf(house, search), null, now, out);
  } else if (link !== undefined) sendAsk(house, link, search.theirs, middleOf(search), out);
}

function middleOf({ low, high }: ForkSearch): number {
  return low + Math.floor((high - low) / 2);
}

function proofOf(house: House, search: ForkSearch): ForkProof {
  const { ours, theirs, atOurs, high, atHigh } = search;
  const proof = { ours, theirs, rootAtOurs: atOurs.root, path: atOurs.path };
  if (high === ours.size) return proof;
  const { sha256 } = house.ports.crypto;
  const leaves = search.leaves ?? [];
  const root = rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, high)));
  const own = { root, path: consistencyProof(sha256, leaves, high) };
  return { ...proof, first: { size: high, ours: own, theirs: atHigh } };
}
