import type { JSX } from "preact";
import { useLeavesFocus } from "./take-focus.ts";

/** A button that goes when it was pressed or its time is over: the focus does not go with it. */
export function PassingButton(props: {
  readonly text: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly press: () => void;
}): JSX.Element {
  const { text, disabled, press } = props;
  const self = useLeavesFocus<HTMLButtonElement>();
  return (
    <button type="button" class={props.class} ref={self} disabled={disabled} onClick={press}>
      {text}
    </button>
  );
}
