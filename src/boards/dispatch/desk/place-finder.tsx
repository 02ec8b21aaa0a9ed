import type { JSX } from "preact";
import { found } from "../../shell/finding.ts";
import type { Sight } from "../sight.ts";
import { Finder, foundMax } from "./finder.tsx";
import { deskTexts } from "./speech.ts";
import type { Place } from "./where-to-panel.tsx";

/** `51.17 6.93`, with points or commas, as a device or a crew reads it out. */
const coordinates = /^\s*(\d{1,2})[.,](\d{2,7})[\s,;/]+(\d{1,3})[.,](\d{2,7})\s*$/;

/** A town by its name, or a cell by its coordinates. */
export function PlaceFinder(props: {
  readonly sight: Sight;
  readonly choose: (place: Place) => void;
}): JSX.Element {
  const texts = deskTexts(props.sight);
  return (
    <Finder
      {...props}
      label={texts.findPlace}
      none={texts.noPlace}
      matchesFor={(typed) => placesFor(typed, props.sight)}
      keyOf={({ name }) => name}
      rowOf={({ name }) => name}
    />
  );
}

export function placesFor(typed: string, { places }: Pick<Sight, "places">): readonly Place[] {
  const cell = cellOf(typed);
  if (cell !== null) return [cell];
  const matches = found(places.region.towns, typed, ({ name }) => name, foundMax);
  // A town whose name is exactly that is meant, whatever else begins like it.
  const exact = matches.filter(({ name }) => name.toLowerCase() === typed.trim().toLowerCase());
  return exact.length === 1 ? exact : matches;
}

/** The middle of a cell of 0.01°: no finer place is kept anywhere. */
function cellOf(typed: string): Place | null {
  const [, lat = "", latRest = "", lon = "", lonRest = ""] = coordinates.exec(typed) ?? [];
  if (lat === "") return null;
  const latE2 = Number(lat) * 100 + Number(latRest.slice(0, 2));
  const lonE2 = Number(lon) * 100 + Number(lonRest.slice(0, 2));
  const name = `${(latE2 / 100).toFixed(2)} ${(lonE2 / 100).toFixed(2)}`;
  return { name, latE3: latE2 * 10 + 5, lonE3: lonE2 * 10 + 5 };
}
