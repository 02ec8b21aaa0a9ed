import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { deliberately, notRepeated } from "../shell/deliberate.ts";
import type { Sight } from "./speech.ts";

/** What others will see, said once in words before it is written. Takes the focus; Escape goes back. */
export function Confirm(props: {
  readonly sentence: string;
  readonly button: string;
  readonly sight: Sight;
  readonly confirm: () => void;
  readonly back: () => void;
}): JSX.Element {
  const { sentence, button, sight, confirm, back } = props;
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
