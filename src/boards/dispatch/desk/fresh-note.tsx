import type { JSX } from "preact";
import { PassingButton } from "../../shell/passing-button.tsx";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** While a list is held: how many new rows wait at its end. A click puts all in order. */
export function FreshNote(props: {
  readonly freshCount: number;
  readonly settle: () => void;
  readonly sight: Sight;
}): JSX.Element {
  const { freshCount, settle, sight } = props;
  const texts = deskTexts(sight);
  return (
    <p class="fresh-note" role="status">
      {freshCount > 0 && (
        <PassingButton text={`${texts.fresh(freshCount)} – ${texts.settle}`} press={settle} />
      )}
    </p>
  );
}
