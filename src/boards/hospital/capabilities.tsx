import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { states } from "../../region/choices.ts";
import type { CapabilityRow, HospitalBoardView } from "../../site/board-site-view.ts";
import { Mark, toneOf } from "../shell/mark.tsx";
import type { Outbox } from "../shell/outbox.ts";
import { timeText } from "../shell/sight.ts";
import { Confirm, Written } from "./confirm.tsx";
import {
  asksOf,
  isUnderWay,
  itFailureOrders,
  itFailureRows,
  type Order,
  slipOf,
  stateOrder,
} from "./orders.ts";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";
import { StateForm } from "./state-form.tsx";
import { capabilityName, shownCapability } from "./words.ts";

export type PartProps = {
  readonly view: HospitalBoardView;
  readonly outbox: Outbox<Order>;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What we can take, capability by capability, in an order that never changes. */
export function Capabilities(props: PartProps): JSX.Element {
  const { view, sight } = props;
  const absent = view.capabilities.filter(({ principle }) => principle === "no");
  return (
    <section class="capabilities" aria-labelledby="capabilities">
      <h2 id="capabilities">{sight.texts.capabilities}</h2>
      <ItFailure {...props} />
      <ul class="rows">
        {view.capabilities
          .filter(({ principle }) => principle !== "no")
          .map((row) => (
            <li key={row.capability} class="capability" data-capability={row.capability}>
              <Capability {...props} row={row} />
            </li>
          ))}
      </ul>
      {absent.length > 0 && (
        <p class="facts">
          {sight.texts.absent} {absent.map((row) => capabilityName(row, sight)).join(", ")}
        </p>
      )}
    </section>
  );
}

function Capability({ row, view, outbox, sight, actions }: PartProps & { readonly row: CapabilityRow }) {
  const shown = shownCapability(row, view.own, sight);
  const slip = slipOf(outbox, row.capability);
  return (
    <>
      <h3>{capabilityName(row, sight)}</h3>
      <div class={`word tone-${toneOf(shown.shape)}`} data-shape={shown.shape}>
        <b>
          <Mark shape={shown.shape} /> {shown.word}
        </b>
        <small>{shown.notes.join(" · ")}</small>
        <Held held={shown.held} sight={sight} />
      </div>
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

/** Whether a control centre holds it: what it does not hold yet nobody can mistake. */
export function Held({ held, sight }: { readonly held: boolean | null; readonly sight: Sight }) {
  if (held === null) return null;
  return held ? (
    <small class="held">{sight.texts.heldByCentre}</small>
  ) : (
    <p class="unheld">
      <Mark shape="late" /> {sight.texts.notHeldByCentre}
    </p>
  );
}

/** One button, one confirmation: everything that relies on IT is *limited, being checked*. */
function ItFailure({ view, sight, actions }: PartProps): JSX.Element {
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

/** One question at a time: what an IT failure left open, and what will soon end by itself. */
export function Asks(props: PartProps): JSX.Element | null {
  const { view, outbox, sight, actions } = props;
  const [later, setLater] = useState<readonly string[]>([]);
  const all = asksOf(view.capabilities).filter(({ capability }) => !isUnderWay(slipOf(outbox, capability)));
  const rank = ({ capability }: CapabilityRow) => later.indexOf(capability);
  const row = [...all].sort((a, b) => rank(a) - rank(b))[0];
  if (row === undefined) return null;
  const { texts } = sight;
  return (
    <section class="asks" aria-labelledby="asks">
      <h2 id="asks">
        {texts.askTitle} <small class="count">{texts.askCount(all.length)}</small>
      </h2>
      <p class="sentence">{question(row, sight)}</p>
      <StateForm
        key={row.capability}
        row={row}
        sight={sight}
        isBusy={false}
        choose={(choice) => actions.give([stateOrder(row, view.own.site, choice)])}
      />
      {all.length > 1 && (
        <button
          type="button"
          onClick={() => setLater([...later.filter((one) => one !== row.capability), row.capability])}
        >
          {texts.later}
        </button>
      )}
    </section>
  );
}

function question(row: CapabilityRow, sight: Sight): string {
  const { texts, language } = sight;
  const name = capabilityName(row, sight);
  const { cell } = row;
  if (cell === null || cell.reason === "it-check" || cell.state === "unconfirmed")
    return texts.askChecked(name);
  return texts.askAgain(name, states[cell.state][language], timeText(sight, cell.untilMs ?? sight.nowMs));
}
