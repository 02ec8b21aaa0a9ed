import type { JSX } from "preact";
import type { HospitalBoardView } from "../../site/views/board-site-view.ts";
import { patientText } from "../shell/fact-words.ts";
import { nameOf } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import type { Sight } from "./speech.ts";

/** Our own patients who are to be moved elsewhere, while there are any. */
export function Outgoing({
  view,
  sight,
}: {
  readonly view: HospitalBoardView;
  readonly sight: Sight;
}): JSX.Element | null {
  const { texts } = sight;
  if (view.outgoing.length === 0) return null;
  return (
    <section class="inbound" aria-labelledby="outgoing">
      <h2 id="outgoing">{texts.outgoing}</h2>
      <ul class="rows">
        {view.outgoing.map((row) => (
          <li key={row.mission} class="coming" data-outgoing={row.mission}>
            <h3>{row.to === null ? texts.outgoingNowhere : texts.outgoingTo(nameOf(sight, row.to))}</h3>
            <p class="patient">
              {nameOf(sight, row.vehicle)} · <UrgencySign urgency={row.urgency} sight={sight} /> ·{" "}
              {patientText(row, sight)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
