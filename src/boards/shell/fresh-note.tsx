import type { JSX } from "preact";
import { PassingButton } from "./passing-button.tsx";

/** Below a list that is held: how many new rows wait at its end. A click puts all in order. */
export function FreshNote(props: {
  readonly freshCount: number;
  readonly settle: () => void;
  readonly textOf: (count: number) => string;
}): JSX.Element {
  const { freshCount, settle, textOf } = props;
  return (
    <div class="fresh" role="status">
      {freshCount > 0 && <PassingButton text={textOf(freshCount)} press={settle} />}
    </div>
  );
}
