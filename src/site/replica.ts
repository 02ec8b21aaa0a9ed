import { assert, present } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import { deviceIdOf, logIdOf, type Origin, parseOrigin } from "../basics/name.ts";
import { emptyRange } from "../log/tree.ts";
import type { LogAppend, StoredLog } from "./effects.ts";
import { doubtHistory, forkedAt, forkedVersion } from "./forks/fork-proof.ts";
import { recentRangesMax, recentRootsMax } from "./limits.ts";
import type { House, LogState } from "./state.ts";

/** The state of a log, begun empty when it was not known. The origin is one of this region. */
export function logOf(house: House, origin: Origin): LogState {
  const log = lookUpLog(house, origin);
  house.logs.set(origin, log);
  return log;
}

/** As {@link logOf}, for an origin that only a peer has named so far: nothing is kept of one that is not known. */
export function lookUpLog(house: House, origin: Origin): LogState {
  const known = house.logs.get(origin);
  if (known !== undefined) return known;
  const parts = parseOrigin(origin);
  assert(parts.ok && parts.value.region === house.region, "a log of this region");
  const nothing = { range: emptyRange, checkpoint: null };
  return {
    origin,
    id: logIdOf(parts.value),
    device: deviceIdOf(parts.value),
    site: parts.value.site,
    durable: nothing,
    tail: nothing,
    roots: new Map(),
    ranges: [],
    source: null,
  };
}

/** Takes over what a store held when it was opened. */
export function takeStored(house: House, stored: StoredLog): void {
  const log = logOf(house, stored.origin);
  log.durable = { range: stored.range, checkpoint: stored.checkpoint };
  log.tail = log.durable;
  publishLog(house, log);
}

/** A run of this log is in committed rows now. */
export function takeCommitted(house: House, append: LogAppend): LogState {
  const log = present(house.logs.get(append.origin), "a committed log is known");
  assert(log.durable.range.size === append.from, "commits of a log follow one another");
  log.durable = { range: append.range, checkpoint: append.checkpoint };
  publishLog(house, log);
  return log;
}

/** Forgets what was verified but not stored. */
export function dropTails(house: House): void {
  for (const log of house.logs.values()) log.tail = log.durable;
}

/** What is durable of a log, as vectors say it and receipts are checked against it. */
export function publishLog(house: House, log: LogState): void {
  const { checkpoint } = log.durable;
  const common = forkedAt(house, log.origin);
  const isForked = common !== undefined && (checkpoint?.size ?? 0) >= common;
  if (isForked) house.vector.set(log.origin, forkedVersion(common));
  if (checkpoint === null) return;
  const root = toHex(checkpoint.root);
  if (!isForked) house.vector.set(log.origin, { size: checkpoint.size, root });
  log.roots.set(checkpoint.size, root);
  if (log.ranges.at(-1) !== log.durable.range) log.ranges.push(log.durable.range);
  if (log.ranges.length > recentRangesMax) log.ranges.shift();
  const [oldest] = log.roots.keys();
  if (log.roots.size > recentRootsMax && oldest !== undefined) log.roots.delete(oldest);
  doubtHistory(house, log);
}
