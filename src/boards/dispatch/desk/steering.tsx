import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { MissionRow } from "../../../site/views/board-view.ts";
import type { Choice } from "../choice.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { ChoiceConfirm, choiceOrder } from "./choice-confirm.tsx";
import { deskTexts } from "./speech.ts";
import { SteerForm } from "./steer-form.tsx";

/** Another destination for a mission that waits for no decision: the same choice, confirmed in the same words. */
export function Steering(props: {
  readonly row: MissionRow;
  readonly sight: Sight;
  readonly actions: Actions;
  readonly done: () => void;
}): JSX.Element {
  const { row, sight, actions, done } = props;
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  if (choice !== null && isConfirming) {
    const confirm = (chosen: Choice) => {
      const order = choiceOrder(chosen, row, sight.nowMs);
      if (order !== null) actions.give(order);
      done();
    };
    return (
      <ChoiceConfirm
        {...{ choice, row, sight, actions, confirm }}
        lines={null}
        back={() => setConfirming(false)}
      />
    );
  }
  const choose = (chosen: Choice) => {
    setChoice(chosen);
    setConfirming(true);
  };
  return (
    <>
      <SteerForm {...{ row, sight, choose }} lines={null} before={choice} />
      <button type="button" onClick={done}>
        {deskTexts(sight).back}
      </button>
    </>
  );
}
