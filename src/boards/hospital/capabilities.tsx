import type { JSX } from "preact";
import type { Name } from "../../basics/name.ts";
import type { CapabilityRow, HospitalBoardView } from "../../site/views/board-site-view.ts";
import { later } from "../shell/later.tsx";
import { Mark, toneOf } from "../shell/mark.tsx";
import type { Outbox } from "../shell/outbox.ts";
import { nameOf } from "../shell/sight.ts";
import type { Order } from "./orders.ts";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";
import { capabilityName, shownCapability } from "./words.ts";

const Hands = later(async () => (await import("./hands.tsx")).Hands);
const ItFailure = later(async () => (await import("./hands.tsx")).ItFailure);

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
      <h2 id="capabilities" tabIndex={-1}>
        {sight.texts.capabilities}
      </h2>
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
      <Hands {...{ row, view, outbox, sight, actions }} />
    </>
  );
}

/** Whether a control centre holds it: what it does not hold yet nobody can mistake. */
export function Held({
  held,
  at,
  sight,
}: {
  readonly held: boolean | null;
  /** One that does not lead the mission. */
  readonly at?: Name | undefined;
  readonly sight: Sight;
}) {
  if (held === null) return null;
  const { texts } = sight;
  return held ? (
    <small class="held">{at === undefined ? texts.heldByCentre : texts.heldAt(nameOf(sight, at))}</small>
  ) : (
    <p class="unheld">
      <Mark shape="late" /> {texts.notHeldByCentre}
    </p>
  );
}
