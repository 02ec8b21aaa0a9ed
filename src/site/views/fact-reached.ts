import { deviceOf, type FactRef, type Name } from "../../basics/name.ts";
import { heldBy } from "../exchange/held.ts";
import { mayBeHeldBy } from "../exchange/prove-receipts.ts";
import type { BoardContext } from "./board-rows.ts";

/**
 * Whether this site has the fact in its store; null: nobody can tell here. Receipts go to the device that wrote it; that
 * none has come means something there alone. To other control centres they come by it, perhaps later.
 */
export function hasFactReached({ house, hosted }: BoardContext, site: Name, ref: FactRef): boolean | null {
  if (heldBy(house, site, ref)) return true;
  return deviceOf(ref[0]) === hosted.id && !mayBeHeldBy(house, site, ref) ? false : null;
}
