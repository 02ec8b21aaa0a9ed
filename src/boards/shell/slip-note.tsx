import type { JSX } from "preact";
import type { Slip } from "./outbox.ts";
import { type BoardSight, timeText } from "./sight.ts";
import { useLeavesFocus } from "./take-focus.ts";

export type SlipNoteProps<Order> = {
  readonly slip: Slip<Order>;
  /** What was decided, in words. */
  readonly text: string;
  readonly sight: BoardSight;
  readonly sendAgain: () => void;
  readonly discard: () => void;
};

/** One thing that was confirmed here, with how far it came. *Written here* stands only on the anchor's answer. */
export function SlipNote<Order>({
  slip,
  text,
  sight,
  sendAgain,
  discard,
}: SlipNoteProps<Order>): JSX.Element {
  const { state } = slip;
  const { say, language } = sight;
  const isOpen = state.step === "refused" || state.step === "unsure";
  const stateText = state.step === "written" ? say.writtenHere(timeText(sight, state.atMs)) : say[state.step];
  return (
    <div class={`slip slip-${state.step}`} data-slip={state.step}>
      <p>
        {text}: <b>{stateText}</b>
      </p>
      {state.step === "refused" && <p>{state.sentence[language]}</p>}
      {isOpen && <OpenButtons {...{ sight, sendAgain, discard }} />}
    </div>
  );
}

function OpenButtons(props: Pick<SlipNoteProps<unknown>, "sight" | "sendAgain" | "discard">): JSX.Element {
  const { sight, sendAgain, discard } = props;
  return (
    <p class="buttons" ref={useLeavesFocus<HTMLParagraphElement>()}>
      <button type="button" disabled={!sight.canWrite} onClick={sendAgain}>
        {sight.say.sendAgain}
      </button>
      <button type="button" onClick={discard}>
        {sight.say.discard}
      </button>
    </p>
  );
}
