import type { JSX } from "preact";
import type { CrewMissionRow, Resteer } from "../../site/views/board-site-view.ts";
import { ageSince, nameOf } from "../shell/sight.ts";
import { useId } from "../shell/use-id.ts";
import { driveText, requestSaid, silentSaid } from "./announcement.ts";
import { focusDestination } from "./destination.tsx";
import { destinationOrder, type Order } from "./orders.ts";
import { personText } from "./person.ts";
import { SaidLine } from "./said-line.tsx";
import type { Sight } from "./speech.ts";

/** What the centre confirmed: old and new side by side. One tap makes it our destination. */
export function ResteerCard(props: {
  readonly row: CrewMissionRow;
  readonly resteer: Resteer;
  readonly isWriting: boolean;
  readonly sight: Sight;
  readonly give: (order: Order) => void;
}): JSX.Element {
  const { row, resteer, isWriting, sight, give } = props;
  const { texts, language } = sight;
  const title = useId();
  const hospital = nameOf(sight, resteer.new.hospital);
  const centre = nameOf(sight, resteer.centre);
  return (
    <section class="resteer" aria-labelledby={title}>
      <h2 id={title}>{resteer.old === null ? texts.firstDestination : texts.resteer}</h2>
      <p class="facts">
        {texts.byCentre(centre, personText(resteer.by, undefined, sight), ageSince(sight, resteer.saidMs))}
      </p>
      <div class="sides">
        {resteer.old !== null && <Side label={texts.old} side={resteer.old} sight={sight} />}
        <Side label={texts.fresh} side={resteer.new} sight={sight} />
      </div>
      {resteer.forced && <p class="warned">{texts.forced}</p>}
      {resteer.newSilentSinceMs !== undefined && (
        <SaidLine said={silentSaid(resteer.newSilentSinceMs, sight)} />
      )}
      <SaidLine said={requestSaid(resteer.request, sight, resteer.newSilentSinceMs !== undefined)} />
      <button
        type="button"
        class="main-button big wide"
        disabled={!sight.canWrite || isWriting}
        onClick={() => {
          give(destinationOrder(row, resteer.new.hospital));
          focusDestination(row);
        }}
      >
        {texts.understood(hospital)}
      </button>
      <h3>{texts.readOut}</h3>
      <p class="radio">{resteer.radio[language]}</p>
    </section>
  );
}

function Side(props: { readonly label: string; readonly side: Resteer["new"]; readonly sight: Sight }) {
  const { label, side, sight } = props;
  const isNew = label === sight.texts.fresh;
  return (
    <div class={isNew ? "side side-new" : "side"}>
      <small>{label}</small>
      <p class="place">{nameOf(sight, side.hospital)}</p>
      <p>{driveText(side.driveMinTenths, sight)}</p>
    </div>
  );
}
