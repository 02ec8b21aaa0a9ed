import {
  type DeviceId,
  type FactRef,
  type LogId,
  type Name,
  type Origin,
  originOf,
  siteOf,
} from "../../basics/name.ts";
import type { Cosignature } from "../../log/cosignature.ts";
import { deviceIn, isCentre } from "../../region/charter.ts";
import type { House, Receipts } from "../state.ts";

/** Whether a device of this site has confirmed that it holds the fact in its own store, or wrote it itself. */
export function heldBy(house: House, site: Name, [log, index]: FactRef): boolean {
  if (siteOf(log) === site) return true;
  const holders = holdersIn(house, house.receipts.newest, originOf(house.region, log));
  return holders.some(([device, receipt]) => siteOf(device) === site && receipt.size > index);
}

/**
 * *Held by dispatch*: how many entries of a log, from its beginning, a control centre has confirmed to hold in its own
 * store. Nothing less may be shown as that.
 */
export function heldByDispatchUpTo(house: House, origin: Origin): number {
  const holders = holdersIn(house, house.receipts.newest, origin);
  const atCentres = holders.filter(([device]) => isCentre(house.charter, siteOf(device)));
  return Math.max(0, ...atCentres.map(([, receipt]) => receipt.size));
}

/**
 * *Being sent again*: the control centres that had confirmed more of a log before their newest epoch than they have
 * since. Their stores were put back or lost.
 */
export function centresSentAgain(house: House, origin: Origin): readonly Name[] {
  const { newest, outdated } = house.receipts;
  const lacking = holdersIn(house, outdated, origin).filter(
    ([device, { size }]) => size > (newest.get(origin)?.get(device)?.size ?? 0),
  );
  const sites = lacking.map(([device]) => siteOf(device));
  return [...new Set(sites.filter((site) => isCentre(house.charter, site)))];
}

/** Whether some control centre holds this fact in its own store, or wrote it. */
export function isHeldByDispatch(house: House, [log, index]: FactRef): boolean {
  if (isCentre(house.charter, siteOf(log))) return true;
  return heldByDispatchUpTo(house, originOf(house.region, log)) > index;
}

/** How much of a log each site has confirmed to hold, in entries from its beginning. */
export function holdersOf(house: House, log: LogId): ReadonlyMap<Name, number> {
  const sizes = new Map<Name, number>();
  for (const [device, { size }] of holdersIn(house, house.receipts.newest, originOf(house.region, log))) {
    const site = siteOf(device);
    sizes.set(site, Math.max(size, sizes.get(site) ?? 0));
  }
  return sizes;
}

/** The word of a device that has ended is kept and passed on like any; that it holds something counts no more. */
function holdersIn(
  house: House,
  receipts: Receipts["newest"],
  origin: Origin,
): readonly (readonly [DeviceId, Cosignature])[] {
  return [...(receipts.get(origin) ?? [])].filter(([device]) => !deviceIn(house.charter, device)?.end);
}
