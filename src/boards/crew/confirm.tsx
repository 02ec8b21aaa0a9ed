import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Name } from "../../basics/name.ts";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";
import { deliberately, notRepeated } from "../shell/deliberate.ts";
import { unconfirmedNote } from "./elsewhere-texts.ts";
import type { Sight } from "./speech.ts";

/** What others will see, said once in words before it is written. Takes the focus; Escape goes back. */
export function Confirm(props: {
  readonly sentence: string;
  readonly button: string;
  readonly sight: Sight;
  readonly confirm: () => void;
  readonly back: () => void;
  /** The destination that this mission would get; left out: another question. */
  readonly row?: CrewMissionRow;
  readonly chosen?: Name;
}): JSX.Element {
  const { sentence, button, sight, confirm, back, row, chosen } = props;
  const note = row === undefined || chosen === undefined ? null : unconfirmedNote(row, chosen);
  const self = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    self.current?.focus();
    self.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const onKey = (event: KeyboardEvent) => {
    notRepeated(event);
    if (event.key === "Escape") back();
  };
  return (
    <fieldset ref={self} class="confirm" tabIndex={-1} onKeyDown={onKey}>
      <legend class="unseen">{sight.texts.confirm}</legend>
      <p class="sentence">{sentence}</p>
      {note !== null && <p class="warned">{note[sight.language]}</p>}
      <p class="buttons">
        <button
          type="button"
          class="main-button big"
          disabled={!sight.canWrite}
          onClick={deliberately(confirm)}
        >
          {button}
        </button>
        <button type="button" class="big" onClick={back}>
          {sight.texts.back}
        </button>
      </p>
    </fieldset>
  );
}
