import type { ContestRow } from "../../site/views/board-desk-view.ts";
import { type BoardSight, nameOf } from "./sight.ts";

/** `RTW Wuppertal 3 (Leitstelle Wuppertal), …`: who else is on the way to the last place, and who leads them. */
export function othersText(others: ContestRow["others"], sight: BoardSight): string {
  const named = others.map(({ vehicle, owners }) => {
    const leading = owners.map((owner) => nameOf(sight, owner)).join(", ");
    return `${nameOf(sight, vehicle)} (${leading})`;
  });
  return named.join(", ");
}
