import type { JSX } from "preact";
import type { CapabilityRow, HospitalBoardView } from "../../site/views/board-site-view.ts";
import { Mark, toneOf } from "../shell/mark.tsx";
import type { Outbox } from "../shell/outbox.ts";
import { Held } from "./held.tsx";
import type { Order } from "./orders.ts";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";
import { wardPart } from "./ward-part.ts";
import { capabilityName, shownCapability } from "./words.ts";

const Hands = wardPart((ward) => ward.Hands);
const ItFailure = wardPart((ward) => ward.ItFailure);

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
