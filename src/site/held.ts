import { type FactRef, type Name, originOf, siteOf } from "../basics/name.ts";
import { isCentre } from "../region/charter.ts";
import type { House } from "./state.ts";

/** Whether a device of this site has confirmed that it holds the fact in its own store, or wrote it itself. */
export function heldBy(house: House, site: Name, [log, index]: FactRef): boolean {
  if (siteOf(log) === site) return true;
  const holders = house.receipts.newest.get(originOf(house.region, log));
  if (holders === undefined) return false;
  return [...holders].some(([device, receipt]) => siteOf(device) === site && receipt.size > index);
}

/** *Held by dispatch*: a control centre has confirmed it, or wrote it itself. Nothing less may be shown as that. */
export function heldByDispatch(house: House, [log, index]: FactRef): boolean {
  if (isCentre(house.charter, siteOf(log))) return true;
  const holders = house.receipts.newest.get(originOf(house.region, log));
  if (holders === undefined) return false;
  return [...holders].some(
    ([device, receipt]) => isCentre(house.charter, siteOf(device)) && receipt.size > index,
  );
}
