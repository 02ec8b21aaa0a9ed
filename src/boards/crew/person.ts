import { type Role, roles, rolesOf } from "../../region/choices.ts";
import type { OwnRow } from "../../site/views/board-view.ts";
import type { Speech } from "./speech.ts";

export const crewRoles: readonly Role[] = rolesOf.ambulance;

/** `Rettungsdienst Nr. 107, Ada Beispiel`; without the name where this site's table does not have it. */
export function personText(
  by: string,
  people: OwnRow["people"],
  { texts, language }: Pick<Speech, "texts" | "language">,
): string {
  const [role = "", number = ""] = by.split("#");
  const words = role in roles ? roles[role as Role][language] : role;
  return texts.person(words, number, people?.find((person) => person.by === by)?.name ?? null);
}
