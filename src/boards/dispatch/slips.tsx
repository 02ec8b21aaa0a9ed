import type { JSX } from "preact";
import type { Outbox, Slip } from "../shell/outbox.ts";
import { nameOf } from "../shell/sight.ts";
import { SlipNote } from "../shell/slip-note.tsx";
import type { Order } from "./orders.ts";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

type SlipProps = { readonly slip: Slip<Order>; readonly sight: Sight; readonly actions: Actions };

/** What this desk wrote, with how far each came. *Written here* stands only on the anchor's own answer. */
export function Slips(props: {
  readonly slips: Outbox<Order>;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { slips, sight, actions } = props;
  return (
    <div role="status" aria-label={sight.texts.slips}>
      {slips.length > 0 && (
        <ul class="slips">
          {slips.map((slip) => (
            <li key={slip.post.request}>
              <SlipLine slip={slip} sight={sight} actions={actions} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function SlipLine({ slip, sight, actions }: SlipProps): JSX.Element {
  const { post, order } = slip;
  return (
    <SlipNote
      slip={slip}
      text={orderText(order, sight)}
      sight={sight}
      sendAgain={() => actions.sendAgain(post, order)}
      discard={() => actions.discard(post.request)}
    />
  );
}

function orderText(order: Order, sight: Sight): string {
  const { texts } = sight;
  const vehicle = nameOf(sight, order.vehicle);
  const hospital = nameOf(sight, order.hospital);
  switch (order.what) {
    case "steered":
      return texts.slipSteered(vehicle, hospital);
    case "kept":
      return texts.slipKept(vehicle, hospital);
    case "called":
      return texts.slipCalled(vehicle, hospital, order.reached);
    case "asked":
      return texts.slipAsked(vehicle, hospital);
  }
}
