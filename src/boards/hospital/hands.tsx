import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { CapabilityRow } from "../../site/views/board-site-view.ts";
import { Mark } from "../shell/mark.tsx";
import type { Outbox } from "../shell/outbox.ts";
import { PassingButton } from "../shell/passing-button.tsx";
import { takeFocus } from "../shell/take-focus.ts";
import type { PartProps } from "./capabilities.tsx";
import { Confirm, Written } from "./confirm.tsx";
import {
  isUnderWay,
  itFailureBack,
  itFailureOrders,
  itFailureRows,
  type Order,
  slipOf,
  stateOrder,
} from "./orders.ts";
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
  const written = useRef<HTMLDivElement>(null);
  return (
    <>
      <StateForm
        row={row}
        sight={sight}
        isBusy={isUnderWay(slip)}
        choose={(choice) => {
          actions.give([stateOrder(row, view.own.site, choice)]);
          written.current?.focus();
        }}
      />
      <Written slip={slip} view={view} sight={sight} actions={actions} self={written} />
    </>
  );
}

/** One button, one confirmation: everything that relies on IT is *limited, being checked*. */
export function ItFailure({ view, outbox, sight, actions }: PartProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const [hasLeft, setLeft] = useState(false);
  const [given, setGiven] = useState<readonly string[]>([]);
  const progress = useRef<HTMLDivElement>(null);
  const { texts } = sight;
  const rows = itFailureRows(view.capabilities);
  const confirm = () => {
    setAsking(false);
    setLeft(false);
    setGiven(rows.map(({ capability }) => capability));
    actions.give(itFailureOrders(view.capabilities, view.own.site));
    progress.current?.focus();
  };
  const back = () => {
    setAsking(false);
    setLeft(true);
  };
  return (
    <>
      {isAsking ? (
        <Confirm
          sentence={rows.length === 0 ? texts.itNothing : texts.itConfirm(rows.length)}
          note={rows.length === 0 ? "" : texts.everyoneSees}
          button={texts.itButton}
          sight={sight}
          confirm={rows.length === 0 ? null : confirm}
          back={back}
        />
      ) : (
        <p class="buttons">
          <button
            type="button"
            class="it-failure"
            ref={hasLeft ? takeFocus : null}
            disabled={!sight.canWrite}
            onClick={() => setAsking(true)}
          >
            <Mark shape="silent" /> {texts.itFailure}
          </button>
        </p>
      )}
      <div role="status" tabIndex={-1} ref={progress}>
        {given.length > 0 && <ItProgress given={given} outbox={outbox} sight={sight} />}
      </div>
      <ItBack {...{ given, view, outbox, sight, actions }} />
    </>
  );
}

/** One way back for the whole, beside those of each row. */
function ItBack(props: PartProps & { readonly given: readonly string[] }): JSX.Element | null {
  const { given, view, outbox, sight, actions } = props;
  const back = itFailureBack(given, outbox, view, sight.nowMs);
  if (back === null) return null;
  return (
    <PassingButton
      text={sight.texts.itBack(back.orders.length, Math.ceil(back.leftMs / 1_000))}
      disabled={!sight.canWrite}
      press={() => actions.give(back.orders)}
    />
  );
}

/** How many of them came into the anchor's store, and the way to what is asked of each now; or how many of them were taken back. */
function ItProgress(
  props: Pick<PartProps, "outbox" | "sight"> & { readonly given: readonly string[] },
): JSX.Element | null {
  const { given, outbox, sight } = props;
  const { texts } = sight;
  const slips = given.flatMap((capability) => slipOf(outbox, capability) ?? []);
  // When their slips have gone, this has been said for long enough.
  if (slips.length === 0) return null;
  const taken = slips.filter(({ order }) => order.what === "state-taken-back");
  if (taken.length > 0) return <p>{texts.itBackWritten(writtenOf(taken), taken.length)}</p>;
  return (
    <p class="buttons">
      {texts.itWritten(writtenOf(slips), given.length)}
      <button type="button" onClick={() => document.getElementById("asks")?.focus()}>
        {texts.itCheck}
      </button>
    </p>
  );
}

function writtenOf(slips: Outbox<Order>): number {
  return slips.filter(({ state }) => state.step === "written").length;
}
