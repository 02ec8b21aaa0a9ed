import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useId } from "../../shell/use-id.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** Of a long list no more than this is shown at once. */
export const foundMax = 8;

/** Typing narrows a long list down to a few buttons; Enter takes the one that is left, and never guesses. */
export function Finder<T>(props: {
  readonly label: string;
  /** Said where nothing is found. */
  readonly none: string;
  readonly matchesFor: (typed: string) => readonly T[];
  readonly keyOf: (item: T) => string;
  readonly rowOf: (item: T) => JSX.Element | string;
  readonly sight: Sight;
  readonly choose: (item: T) => void;
}): JSX.Element {
  const { label, none, matchesFor, keyOf, rowOf, sight, choose } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const matches = matchesFor(typed);
  const status = matches.length === 0 ? none : deskTexts(sight).matches(matches.length);
  return (
    <form
      class="finder"
      onSubmit={(event) => {
        event.preventDefault();
        const [only, another] = matches;
        if (only !== undefined && another === undefined) choose(only);
      }}
    >
      <label for={id}>{label}</label>
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
        {matches.map((item) => (
          <li key={keyOf(item)}>
            <button type="button" onClick={() => choose(item)}>
              {rowOf(item)}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
