import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { found } from "../../shell/finding.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";
import type { Place } from "./where-to-panel.tsx";

const countMax = 8;
/** `51.17 6.93`, with points or commas, as a device or a crew reads it out. */
const coordinates = /^\s*(\d{1,2})[.,](\d{2,7})[\s,;/]+(\d{1,3})[.,](\d{2,7})\s*$/;

/** A town by its name, or a cell by its coordinates; Enter takes the one that is left, and never guesses. */
export function PlaceFinder(props: {
  readonly sight: Sight;
  readonly choose: (place: Place) => void;
}): JSX.Element {
  const { sight, choose } = props;
  const texts = deskTexts(sight);
  const id = useId();
  const [typed, setTyped] = useState("");
  const matches = placesFor(typed, sight);
  const status = matches.length === 0 ? texts.noPlace : texts.matches(matches.length);
  return (
    <form
      class="finder"
      onSubmit={(event) => {
        event.preventDefault();
        const [only, another] = matches;
        if (only !== undefined && another === undefined) choose(only);
      }}
    >
      <label for={id}>{texts.findPlace}</label>
      <input
        id={id}
        type="search"
        autocomplete="off"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <p role="status" class="facts">
        {typed.trim() === "" ? "" : status}
      </p>
      <ul>
        {matches.map((place) => (
          <li key={place.name}>
            <button type="button" onClick={() => choose(place)}>
              {place.name}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

export function placesFor(typed: string, { places }: Pick<Sight, "places">): readonly Place[] {
  const cell = cellOf(typed);
  if (cell !== null) return [cell];
  const matches = found(places.region.towns, typed, ({ name }) => name, countMax);
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
