import { type FactRef, type Name, siteOf } from "../../basics/name.ts";
import { verdictOn } from "../../exchange/contact.ts";
import { centres, isCentre } from "../../region/charter.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { heldBy } from "../exchange/held.ts";
import type { BoardContext } from "./board-rows.ts";
import type { HeldFor } from "./board-site-view.ts";

/**
 * An answer counts where a centre that leads the mission holds it, or, while we hear none of these, another one does: it is
 * named, since those who lead may not know yet. What a centre entered itself is there.
 */
export function heldFor(
  { house, hosted }: BoardContext,
  { owners }: Pick<MissionView, "owners">,
  ref: FactRef,
): HeldFor {
  const holds = (centre: Name) => heldBy(house, centre, ref);
  if (isCentre(house.charter, siteOf(ref[0])) || owners.some(holds)) return { heldByDispatch: true };
  const isHeard = owners.some((owner) => {
    const verdict = verdictOn(hosted.contact, owner);
    return verdict === "heard" || verdict === "late";
  });
  const at = isHeard ? undefined : centres(house.charter).find(holds);
  return at === undefined ? { heldByDispatch: false } : { heldByDispatch: true, heldAt: at };
}
