import type { JSX } from "preact";
import type { Slip } from "../../shell/outbox.ts";
import { PassingButton } from "../../shell/passing-button.tsx";
import type { Order } from "../orders.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { takeBackOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";

/** For ten seconds after the anchor's answer: the way back, as a fact of its own. */
export function TakeBack(props: {
  readonly slip: Slip<Order>;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element | null {
  const { slip, sight, actions } = props;
  const back = takeBackOf(slip, sight.room, sight.nowMs);
  if (back === null) return null;
  return (
    <PassingButton
      class="take-back"
      text={deskTexts(sight).takeBack(Math.ceil(back.leftMs / 1_000))}
      disabled={!sight.canWrite}
      press={() => actions.give(back.order)}
    />
  );
}
