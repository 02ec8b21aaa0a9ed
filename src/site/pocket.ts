import type { Origin } from "../basics/name.ts";
import { isCharterWriter } from "../region/charter.ts";
import { logOf } from "./replica.ts";
import type { House, Link, LogState } from "./state.ts";

/*
 * Pockets are devices in a browser: thousands at one control centre. Each holds its own log, and the charter; were it
 * told of everything, as an anchor is, every fact would leave a centre once for every tablet of the region.
 */

/** The connections whose peers hold this log, or mean to: of thousands of pockets each entry has one. */
export function linksHolding(house: House, log: LogState): Iterable<Link> {
  if (isCharterWriter(house.charter, log.device)) return house.established;
  const author = house.pockets.get(log.device);
  return author === undefined ? house.anchored : [...house.anchored, ...author];
}

/** Whether the peer is one that holds this log, or means to. */
export function mayHold(house: House, link: Link, log: LogState): boolean {
  return !link.peerIsPocket || link.peer === log.device || isCharterWriter(house.charter, log.device);
}

/** The same, by a log's origin. */
export function mayHoldOrigin(house: House, link: Link, origin: Origin): boolean {
  return !link.peerIsPocket || mayHold(house, link, logOf(house, origin));
}
