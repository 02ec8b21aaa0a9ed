import type { JSX } from "preact";
import type { Slip } from "../shell/outbox.ts";
import { nameOf } from "../shell/sight.ts";
import { SlipNote } from "../shell/slip-note.tsx";
import type { Order } from "./orders.ts";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

type SlipProps = { readonly slip: Slip<Order>; readonly sight: Sight; readonly actions: Actions };

/** One thing that was confirmed here, how far it came, and for ten seconds the way back. */
export function SlipLine({ slip, sight, actions }: SlipProps): JSX.Element {
  const { post, order } = slip;
  const { tools } = sight.room;
  return (
    <>
      <SlipNote
        slip={slip}
        text={orderText(order, sight)}
        sight={sight}
        sendAgain={() => actions.sendAgain(post, order)}
        discard={() => actions.discard(post.request)}
      />
      {tools !== null && <tools.TakeBack slip={slip} sight={sight} actions={actions} />}
    </>
  );
}

function orderText(order: Order, sight: Sight): string {
  const { texts, room } = sight;
  if ("kind" in order) return room.tools?.orderText(order, sight) ?? "";
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
    case "agreement-asked":
      return texts.slipAsked(vehicle, nameOf(sight, order.from ?? order.hospital));
  }
}
