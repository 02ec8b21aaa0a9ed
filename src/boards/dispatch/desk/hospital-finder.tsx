import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import { found } from "../../shell/finding.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

const countMax = 8;

/** Typing narrows all hospitals down to a few buttons; Enter takes the one that is left, and never guesses. */
export function HospitalFinder(props: {
  readonly sight: Sight;
  readonly choose: (hospital: Name) => void;
  /** One that is no answer here. */
  readonly besides?: Name | null;
}): JSX.Element {
  const { sight, choose, besides = null } = props;
  const texts = deskTexts(sight);
  const id = useId();
  const [typed, setTyped] = useState("");
  const matches = found(
    sight.places.region.hospitals.filter(({ hospital }) => hospital !== besides),
    typed,
    ({ name, spokenName, town }) => `${spokenName} ${name} ${town}`,
    countMax,
  );
  const status = matches.length === 0 ? texts.noMatch : texts.matches(matches.length);
  return (
    <form
      class="finder"
      onSubmit={(event) => {
        event.preventDefault();
        const [only, another] = matches;
        if (only !== undefined && another === undefined) choose(only.hospital);
      }}
    >
      <label for={id}>{texts.findHospital}</label>
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
        {matches.map(({ hospital, spokenName, town }) => (
          <li key={hospital}>
            <button type="button" onClick={() => choose(hospital)}>
              {spokenName} <small>{town}</small>
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
