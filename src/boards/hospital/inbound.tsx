import type { JSX } from "preact";
import type { HospitalBoardView, InboundRow } from "../../site/views/board-site-view.ts";
import { patientText } from "../shell/fact-words.ts";
import { FreshNote } from "../shell/fresh-note.tsx";
import { useHeldRows } from "../shell/held-rows.ts";
import { Mark, type MarkShape } from "../shell/mark.tsx";
import { ageSince, nameOf } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { ForcedNote } from "./forced.tsx";
import { Mates } from "./mates.tsx";
import type { Sight } from "./speech.ts";
import { arrivalText, compareInbound } from "./words.ts";

const shapes: { readonly [state in InboundRow["state"]]: MarkShape } = {
  inbound: "heard",
  announced: "unheard",
  diverted: "absent",
  "taken-back": "absent",
  "broken-off": "absent",
};

/** Who truly comes to us, and nobody else, by arrival as clock time. */
export function Inbound({
  view,
  sight,
}: {
  readonly view: HospitalBoardView;
  readonly sight: Sight;
}): JSX.Element {
  const { texts } = sight;
  const rows = new Map(view.inbound.map((row) => [row.mission, row]));
  const held = useHeldRows<HTMLUListElement>(
    [...view.inbound].sort(compareInbound).map(({ mission }) => mission),
  );
  return (
    <section class="inbound" aria-labelledby="inbound">
      <h2 id="inbound">{texts.inbound}</h2>
      {held.order.length === 0 && <p class="empty">{texts.noInbound}</p>}
      <ul class="rows" ref={held.list} {...held.holders}>
        {held.order.map((mission) => {
          const row = rows.get(mission);
          if (row !== undefined) return <Coming key={mission} row={row} sight={sight} />;
          return (
            <li key={mission} class="facts">
              {texts.inboundGone}
            </li>
          );
        })}
      </ul>
      <FreshNote {...held} textOf={texts.fresh} />
    </section>
  );
}

function Coming({ row, sight }: { readonly row: InboundRow; readonly sight: Sight }): JSX.Element {
  const { texts } = sight;
  const isOld = row.positionOld || sight.gone || sight.cutOffSinceMs !== null;
  const isComing = row.state === "inbound" || row.state === "announced";
  const age = ageSince(sight, row.positionSaidMs);
  return (
    <li class={`coming coming-${row.state}`} data-inbound={row.mission} data-state={row.state}>
      <h3 class={isOld && row.state === "inbound" ? "aged" : ""}>
        <Mark shape={isOld && isComing ? "old" : shapes[row.state]} /> {arrivalText(row, sight)}
      </h3>
      <p class="patient">
        {nameOf(sight, row.vehicle)} · <UrgencySign urgency={row.urgency} sight={sight} /> ·{" "}
        {patientText(row, sight)}
      </p>
      <Mates row={row} sight={sight} />
      {isComing && (
        <p class={isOld ? "warned" : "facts"}>{isOld ? texts.positionOld(age) : texts.position(age)}</p>
      )}
      {isComing && <ForcedNote forced={row.forced} sight={sight} />}
      {row.spoken && <p class="facts">{texts.spoken}</p>}
      {row.disputed && <p class="warned">{texts.disputed}</p>}
    </li>
  );
}
