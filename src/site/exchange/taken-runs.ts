import { equalBytes } from "../../basics/bytes.ts";
import { takenRunBytesMax, takenRunsMax } from "../limits.ts";
import { lookUpLog } from "../replica.ts";
import type { HeldRun, House, Link } from "../state.ts";

/*
 * Whoever hosts many sites is given each run once on every link of each of them. From the second time on the bytes
 * alone say that nothing is new: judging them again took a tenth of such a process.
 */

const keyBytes = 24;

/** Whether these bytes are a run that was judged before and is still held: the peer holds its log so far too. */
export function isTakenRun(house: House, link: Link, bytes: Uint8Array): boolean {
  const taken = house.takenRuns.get(keyOf(bytes));
  if (taken === undefined || !equalBytes(taken.bytes, bytes)) return false;
  const { origin, size } = taken;
  // A commit that failed takes it back, and of a forked log nothing is taken as known.
  if (house.forks.has(origin) || lookUpLog(house, origin).tail.range.size < size) return false;
  link.positions.set(origin, Math.max(link.positions.get(origin) ?? 0, size));
  return true;
}

/** Called when a run was judged; null: it was not taken. */
export function rememberRun(house: House, held: HeldRun | null, bytes: Uint8Array): void {
  if (held === null || bytes.length > takenRunBytesMax) return;
  house.takenRuns.set(keyOf(bytes), { ...held, bytes });
  if (house.takenRuns.size <= takenRunsMax) return;
  const [oldest] = house.takenRuns.keys();
  if (oldest !== undefined) house.takenRuns.delete(oldest);
}

/** The end of a packet is the end of its last entry, which differs from run to run; the rest is compared in full. */
function keyOf(bytes: Uint8Array): string {
  return `${bytes.length} ${String.fromCharCode(...bytes.subarray(-keyBytes))}`;
}
