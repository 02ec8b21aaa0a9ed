import type { ComponentChildren, JSX, Ref } from "preact";
import type { HospitalBoardView } from "../../site/views/board-site-view.ts";
import { deliberately, notRepeated } from "../shell/deliberate.ts";
import type { Slip } from "../shell/outbox.ts";
import { PassingButton } from "../shell/passing-button.tsx";
import { SlipNote } from "../shell/slip-note.tsx";
import { takeFocus } from "../shell/take-focus.ts";
import { type Order, takeBackMs, takingBack } from "./orders.ts";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";
import { orderText } from "./words.ts";

export type ConfirmProps = {
  readonly sentence: string;
  /** Who will see it. */
  readonly note: string;
  readonly button: string;
  readonly sight: Sight;
  /** Null: there is nothing to confirm. */
  readonly confirm: (() => void) | null;
  readonly back: () => void;
  readonly children?: ComponentChildren;
};

/** What others will see, said once in words before it is written. The focus comes here, and Escape goes back. */
export function Confirm(props: ConfirmProps): JSX.Element {
  const { sentence, note, button, sight, confirm, back, children } = props;
  const onKey = (event: KeyboardEvent) => {
    notRepeated(event);
    if (event.key === "Escape") back();
  };
  return (
    <fieldset class="confirm" onKeyDown={onKey}>
      <legend class="unseen">{sight.texts.confirm}</legend>
      <p class="sentence">{sentence}</p>
      <p class="facts">{note}</p>
      {children}
      <p class="buttons">
        {confirm !== null && (
          <button
            type="button"
            class="main-button"
            ref={takeFocus}
            disabled={!sight.canWrite}
            onClick={deliberately(confirm)}
          >
            {button}
          </button>
        )}
        <button type="button" ref={confirm === null ? takeFocus : null} onClick={back}>
          {sight.texts.back}
        </button>
      </p>
    </fieldset>
  );
}

export type WrittenProps = {
  readonly slip: Slip<Order> | null;
  readonly view: HospitalBoardView;
  readonly sight: Sight;
  readonly actions: Actions;
  /** The focus goes here when something was confirmed. */
  readonly self: Ref<HTMLDivElement>;
};

/** How far the last word about a row came, and for ten seconds the way back. */
export function Written({ slip, view, sight, actions, self }: WrittenProps): JSX.Element {
  const undo = slip === null ? null : takingBack(slip, view, sight.nowMs);
  return (
    <div tabIndex={-1} ref={self}>
      <div role="status">
        {slip !== null && (
          <SlipNote
            slip={slip}
            text={orderText(slip.order, sight)}
            sight={sight}
            sendAgain={() => actions.sendAgain(slip.post, slip.order)}
            discard={() => actions.discard(slip.post.request)}
          />
        )}
      </div>
      {slip?.state.step === "written" && undo !== null && (
        <PassingButton
          text={sight.texts.takeBack(Math.ceil((takeBackMs - sight.nowMs + slip.state.atMs) / 1_000))}
          disabled={!sight.canWrite}
          press={() => actions.give([undo])}
        />
      )}
    </div>
  );
}
