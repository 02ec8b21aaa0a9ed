import type { JSX } from "preact";
import { Mark } from "../shell/mark.tsx";
import { stateWord } from "./hospital-words.ts";
import type { Sight } from "./sight.ts";

const stateShapes = ["open", "limited", "full", "cannot", "unconfirmed"] as const;
const sources = ["clinician", "voice", "feed"] as const;

/** What the signs and the letters of the sources mean. */
export function Legend({ sight }: { readonly sight: Sight }): JSX.Element {
  const { say, texts } = sight;
  return (
    <section class="legend" aria-labelledby="legend">
      <h2 id="legend">{texts.legend}</h2>
      <ul>
        {stateShapes.map((shape) => (
          <li key={shape}>
            <Mark shape={shape} /> {stateWord(shape, sight)}
          </li>
        ))}
        <li>
          <Mark shape="silent" /> {say.silent}
        </li>
        <li>
          <Mark shape="old" /> {say.old}
        </li>
        <li>
          <Mark shape="absent" /> {say.absent}
        </li>
        {sources.map((source) => (
          <li key={source}>
            <b>{say.sourceLetters[source]}</b> {say.sourceNames[source]}
          </li>
        ))}
      </ul>
    </section>
  );
}
