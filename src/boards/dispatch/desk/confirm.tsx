import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { deliberately, notRepeated } from "../../shell/deliberate.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** What others will see, said once in words before it is written. Takes the focus; Escape goes back. */
export function Confirm(props: {
  readonly sentence: string;
  readonly button: string;
  readonly sight: Sight;
  readonly confirm: () => void;
  readonly back: () => void;
  /** False: something is still to be said. */
  readonly isReady?: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { sentence, button, sight, confirm, back, isReady = true, children } = props;
  const texts = deskTexts(sight);
  const self = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => self.current?.focus(), []);
  const onKey = (event: KeyboardEvent) => {
    notRepeated(event);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    back();
  };
  return (
    <fieldset class="confirm" ref={self} tabIndex={-1} onKeyDown={onKey}>
      <legend class="unseen">{texts.confirm}</legend>
      <p class="sentence">{sentence}</p>
      {children}
      <p class="buttons">
        <button
          type="button"
          class="main-button"
          disabled={!sight.canWrite || !isReady}
          onClick={deliberately(confirm)}
        >
          {button}
        </button>
        <button type="button" onClick={back}>
          {texts.back}
        </button>
      </p>
    </fieldset>
  );
}
