import type { Origin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { ForkProof } from "../effects.ts";
import {
  forkSearchStallsMs,
  historiesAskedEveryMs,
  historiesAskedLaterMs,
  historiesAskedOftenMax,
} from "../limits.ts";
import { lookUpLog } from "../replica.ts";
import type { House, Out, Unsure } from "../state.ts";
import { sendAsk } from "./fork-keep.ts";

/*
 * What a third history of a log shares with the two that a proof speaks of may be less than those share. Whoever perhaps
 * holds one asks everybody for one of the two after the other, until an answer shows that it holds the beginning of one,
 * or a search (fork-search.ts) how much it shares with it: else entries that only it has would count, and what their
 * author said in them would not be said again.
 */

/** Called at each tick. */
export function askForHistories(house: House, now: Now, out: Out): void {
  for (const [origin, unsure] of house.unsure) {
    const proof = house.forks.get(origin);
    if (proof === undefined || unsure.nextMonoMs > now.monoMs || isSearching(house, origin, now)) continue;
    const isNew = unsure.asked < historiesAskedOftenMax;
    unsure.nextMonoMs = now.monoMs + (isNew ? historiesAskedEveryMs : historiesAskedLaterMs);
    askForOne(house, origin, proof, unsure, out);
  }
}

/** Whoever is connected now may hold what nobody has shown yet. */
export function askHistoriesAnew(house: House, now: Now): void {
  for (const unsure of house.unsure.values()) {
    unsure.asked %= 2;
    unsure.nextMonoMs = Math.min(unsure.nextMonoMs, now.monoMs + historiesAskedEveryMs);
  }
}

/** How that history grew from our size, or where ours is longer what it has at its end. */
function askForOne(house: House, origin: Origin, proof: ForkProof, unsure: Unsure, out: Out): void {
  const history = unsure.asked % 2 === 0 ? proof.ours : proof.theirs;
  unsure.asked += 1;
  const { size } = lookUpLog(house, origin).durable.range;
  for (const link of house.established) sendAsk(house, link, history, Math.min(size, history.size), out);
}

/** A search whose answer was lost is given up. */
function isSearching(house: House, origin: Origin, now: Now): boolean {
  const search = house.forkSearches.get(origin);
  if (search === undefined) return false;
  const isStalled = now.monoMs - search.movedMonoMs >= forkSearchStallsMs;
  if (isStalled) house.forkSearches.delete(origin);
  return !isStalled;
}
