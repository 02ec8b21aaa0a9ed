import type { JSX } from "preact";
import { steps } from "../../region/choices.ts";
import type { OwnRow } from "../../site/views/board-view.ts";
import type { Outbox } from "../shell/outbox.ts";
import { nameOf } from "../shell/sight.ts";
import { SlipNote } from "../shell/slip-note.tsx";
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
  const { texts } = sight;
  return (
    <div>
      <SlipNote
        slip={slip}
        text={orderText(order, sight)}
        sight={sight}
        sendAgain={() => actions.sendAgain(post, order)}
        discard={() => actions.discard(post.request)}
      />
      {state.step === "written" && (
        <p class="slip">{isHeld(slip, own) ? texts.centreHolds : <b>{texts.notHeldYet}</b>}</p>
      )}
    </div>
  );
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
