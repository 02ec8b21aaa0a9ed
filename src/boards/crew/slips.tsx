import type { JSX } from "preact";
import { steps } from "../../region/choices.ts";
import type { OwnRow } from "../../site/board-view.ts";
import type { Outbox } from "../shell/outbox.ts";
import { nameOf, timeText } from "../shell/sight.ts";
import { type CrewSlip, isHeld, type Order } from "./orders.ts";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";

type SlipsProps = {
  readonly slips: Outbox<Order>;
  readonly own: OwnRow;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What was written here and how far it came: *written here* and *the centre has it* are two things. */
export function Slips({ slips, ...rest }: SlipsProps): JSX.Element {
  return (
    <div role="status" aria-label={rest.sight.texts.slips} class="slips">
      {slips.map((slip) => (
        <SlipLine key={slip.post.request} slip={slip} {...rest} />
      ))}
    </div>
  );
}

function SlipLine({ slip, own, sight, actions }: Omit<SlipsProps, "slips"> & { readonly slip: CrewSlip }) {
  const { post, order, state } = slip;
  const { say } = sight;
  const isOpen = state.step === "refused" || state.step === "unsure";
  return (
    <div class={`slip slip-${state.step}`} data-slip={state.step}>
      <p>
        {orderText(order, sight)}: <b>{stateText(slip, own, sight)}</b>
      </p>
      {state.step === "refused" && <p>{state.sentence[sight.language]}</p>}
      {isOpen && (
        <p class="buttons">
          <button
            type="button"
            class="big"
            disabled={!sight.canWrite}
            onClick={() => actions.sendAgain(post, order)}
          >
            {say.sendAgain}
          </button>
          <button type="button" class="big" onClick={() => actions.discard(post.request)}>
            {say.discard}
          </button>
        </p>
      )}
    </div>
  );
}

function stateText(slip: CrewSlip, own: OwnRow, sight: Sight): string {
  const { say, texts } = sight;
  const { state } = slip;
  if (state.step !== "written") return say[state.step];
  const written = say.writtenHere(timeText(sight, state.atMs));
  return isHeld(slip, own) ? `${written}, ${texts.centreHolds}` : `${written}, ${texts.notHeldYet}`;
}

function orderText(order: Order, sight: Sight): string {
  const { texts, language } = sight;
  switch (order.what) {
    case "step":
      return texts.slipStep(steps[order.step][language]);
    case "position":
      return texts.slipPosition(order.town.name);
    case "destination":
      return texts.slipDestination(nameOf(sight, order.hospital));
    case "taken-back":
      return texts.slipTakenBack(nameOf(sight, order.hospital));
  }
}
