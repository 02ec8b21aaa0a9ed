import type { Name } from "../../basics/name.ts";
import { type Role, roles } from "../../region/choices.ts";
import type { PersonRow } from "../../site/views/board-view.ts";
import type { Language } from "../shell/language.ts";
import { nameOf } from "../shell/sight.ts";
import type { Sight } from "./sight.ts";

/** `Kim` where this centre's own table has the name, `Disposition 104` where not. */
export function personText(by: string, people: readonly PersonRow[], language: Language): string {
  const [role = "", number = ""] = by.split("#");
  const words = role in roles ? roles[role as Role][language] : role;
  return people.find((person) => person.by === by)?.name ?? `${words} ${number}`;
}

/** Somebody at a site: at our own by name, elsewhere by site and number, since names stay at their site. */
export function personAt(site: Name, by: string, sight: Sight): string {
  const { places, room, language } = sight;
  if (site === places.region.site) return personText(by, room.people, language);
  return `${nameOf(sight, site)}, ${personText(by, [], language)}`;
}
