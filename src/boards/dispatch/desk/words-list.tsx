import type { JSX } from "preact";
import { states } from "../../../region/choices.ts";
import type { WordRow } from "../../../site/views/board-view.ts";
import { Mark, toneOf } from "../../shell/mark.tsx";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";
import type { CellWords } from "./use-cell.ts";
import { wordNotes, wordShape } from "./words.ts";

/** Every word in force on one cell, the leading one first; or that it is not known yet which. */
export function WordsList({
  words,
  sight,
  below,
}: {
  readonly words: CellWords;
  readonly sight: Sight;
  /** What can be done about one of them. */
  readonly below?: (word: WordRow) => JSX.Element | null;
}): JSX.Element {
  const texts = deskTexts(sight);
  if (words.step !== "loaded") {
    return <p class="facts">{words.step === "loading" ? texts.wordsLoading : texts.wordsLost}</p>;
  }
  const { detail } = words;
  if (detail.words.length === 0) return <p class="facts">{texts.noWords}</p>;
  return (
    <ul class="words">
      {detail.words.map((word) => {
        const shape = wordShape(word, sight);
        return (
          <li key={word.ref.join("#")} class={`tone-${toneOf(shape)}`}>
            <b class="word">
              <Mark shape={shape} /> {states[word.state][sight.language]}
            </b>{" "}
            <span>{wordNotes(word, sight).join(" · ")}</span>
            {below?.(word)}
          </li>
        );
      })}
    </ul>
  );
}
