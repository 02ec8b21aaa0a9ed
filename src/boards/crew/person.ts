import { type Role, roles, rolesOf } from "../../region/choices.ts";
import type { OwnRow } from "../../site/board-view.ts";
import type { Shift } from "../shell/shift.ts";
import type { Speech } from "./speech.ts";

export const crewRoles: readonly Role[] = rolesOf.ambulance;

/** `Rettungsdienst Nr. 107, Ada Beispiel`; without the name where the site's table no longer has it. */
export function personText(
  { by, role }: Pick<Shift, "by" | "role">,
  people: OwnRow["people"],
  { texts, language }: Pick<Speech, "texts" | "language">,
): string {
  const words = role in roles ? roles[role as Role][language] : role;
  const number = by.slice(by.indexOf("#") + 1);
  return texts.person(words, number, people?.find((person) => person.by === by)?.name ?? null);
}
