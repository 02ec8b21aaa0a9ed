import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { CapabilityRow } from "../../site/board-site-view.ts";
import { Mark } from "../shell/mark.tsx";
import type { PartProps } from "./capabilities.tsx";
import { Confirm, Written } from "./confirm.tsx";
import { isUnderWay, itFailureOrders, itFailureRows, slipOf, stateOrder } from "./orders.ts";
import { StateForm } from "./state-form.tsx";

/** What can be said about one capability, and how far the last word came. */
export function Hands({
  row,
  view,
  outbox,
  sight,
  actions,
}: PartProps & { readonly row: CapabilityRow }): JSX.Element {
  const slip = slipOf(outbox, row.capability);
  return (
    <>
      <StateForm
        row={row}
        sight={sight}
        isBusy={isUnderWay(slip)}
        choose={(choice) => actions.give([stateOrder(row, view.own.site, choice)])}
      />
      <Written slip={slip} view={view} sight={sight} actions={actions} />
    </>
  );
}

/** One button, one confirmation: everything that relies on IT is *limited, being checked*. */
export function ItFailure({ view, sight, actions }: PartProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const { texts } = sight;
  const count = itFailureRows(view.capabilities).length;
  if (!isAsking) {
    return (
      <p class="buttons">
        <button type="button" class="it-failure" disabled={!sight.canWrite} onClick={() => setAsking(true)}>
          <Mark shape="silent" /> {texts.itFailure}
        </button>
      </p>
    );
  }
  const confirm = () => {
    setAsking(false);
    actions.give(itFailureOrders(view.capabilities, view.own.site));
  };
  return (
    <Confirm
      sentence={count === 0 ? texts.itNothing : texts.itConfirm(count)}
      note={texts.everyoneSees}
      button={texts.itButton}
      sight={sight}
      confirm={confirm}
      back={() => setAsking(false)}
    />
  );
}
