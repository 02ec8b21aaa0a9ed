import { type FactRef, type LogId, type Name, type Origin, originOf, siteOf } from "../basics/name.ts";
import { isCentre } from "../region/charter.ts";
import type { House } from "./state.ts";

/** Whether a device of this site has confirmed that it holds the fact in its own store, or wrote it itself. */
export function heldBy(house: House, site: Name, [log, index]: FactRef): boolean {
  if (siteOf(log) === site) return true;
  const holders = house.receipts.newest.get(originOf(house.region, log));
  if (holders === undefined) return false;
  return [...holders].some(([device, receipt]) => siteOf(device) === site && receipt.size > index);
}

/**
 * *Held by dispatch*: how many entries of a log, from its beginning, a control centre has confirmed to hold in its own
 * store. Nothing less may be shown as that.
 */
export function heldByDispatchUpTo(house: House, origin: Origin): number {
  const holders = [...(house.receipts.newest.get(origin) ?? [])];
  const centres = holders.filter(([device]) => isCentre(house.charter, siteOf(device)));
  return Math.max(0, ...centres.map(([, receipt]) => receipt.size));
}

/** Whether some control centre holds this fact in its own store, or wrote it. */
export function isHeldByDispatch(house: House, [log, index]: FactRef): boolean {
  if (isCentre(house.charter, siteOf(log))) return true;
  return heldByDispatchUpTo(house, originOf(house.region, log)) > index;
}

/** How much of a log each site has confirmed to hold, in entries from its beginning. */
export function holdersOf(house: House, log: LogId): ReadonlyMap<Name, number> {
  const sizes = new Map<Name, number>();
  for (const [device, { size }] of house.receipts.newest.get(originOf(house.region, log)) ?? []) {
    const site = siteOf(device);
    sizes.set(site, Math.max(size, sizes.get(site) ?? 0));
  }
  return sizes;
}
