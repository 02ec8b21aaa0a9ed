import type { JSX } from "preact";
import type { MissionRow } from "../../site/board-view.ts";
import { Mark } from "../shell/mark.tsx";
import { arrivalOf, keptText, patientText, requestText, stepText } from "./mission-words.ts";
import { ageSince, nameOf, type Sight, timeText } from "./sight.ts";
import { UrgencySign } from "./urgency.tsx";

/** Every mission that runs, with what is known of its way and what its hospital said. */
export function Missions(props: {
  readonly missions: readonly MissionRow[];
  readonly sight: Sight;
}): JSX.Element {
  const { missions, sight } = props;
  const { texts } = sight;
  return (
    <section class="missions" aria-labelledby="missions">
      <h2 id="missions">
        {texts.missions} {missions.length > 0 && `(${missions.length})`}
      </h2>
      {missions.length === 0 && <p class="empty">{texts.noMissions}</p>}
      <ul>
        {missions.map((row) => (
          <li key={row.mission} class="mission" data-mission={row.vehicle}>
            <Who row={row} sight={sight} />
            <Whereto row={row} sight={sight} />
            <When row={row} sight={sight} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type RowProps = { readonly row: MissionRow; readonly sight: Sight };

function Who({ row, sight }: RowProps): JSX.Element {
  return (
    <div>
      <h3 class="mission-title">{nameOf(sight, row.vehicle)}</h3>
      <p>
        <UrgencySign urgency={row.urgency} sight={sight} />
      </p>
      <p>{patientText(row, sight)}</p>
      <p class="facts">
        {stepText(row, sight)} · {sight.texts.call(timeText(sight, row.callAtMs))}
      </p>
    </div>
  );
}

function Whereto({ row, sight }: RowProps): JSX.Element {
  const { texts } = sight;
  const { destination, steered } = row;
  const kept = keptText(row, sight);
  return (
    <div>
      {destination === null ? (
        <p class="target">{texts.noDestination}</p>
      ) : (
        <p class="target">
          {texts.destination(nameOf(sight, destination.hospital))}
          <small> {texts.crewSaid(ageSince(sight, destination.saidMs))}</small>
        </p>
      )}
      {steered !== null && (
        <p class="proposal">
          <Mark shape="unheard" /> <b>{texts.proposed(nameOf(sight, steered.hospital))}</b>{" "}
          <small>{steered.heldByCrew ? texts.proposedHeld : texts.proposedHere}</small>
        </p>
      )}
      {kept !== null && <p class="facts">{kept}</p>}
    </div>
  );
}

function When({ row, sight }: RowProps): JSX.Element {
  const { texts } = sight;
  const arrival = arrivalOf(row, sight);
  const owners = row.owners.map((owner) => nameOf(sight, owner));
  const isOwn = owners.length === 1 && row.owners[0] === sight.places.region.site;
  const [request = "", ...more] = requestText(row.request, sight);
  return (
    <div>
      <p class={`request-${requestTone(row)}`}>
        <Mark shape={requestMark(row)} /> {request}
        {more.map((note) => (
          <small key={note}> {note}</small>
        ))}
      </p>
      <p>
        {arrival.text} · <span class={arrival.isOld ? "aged" : ""}>{arrival.position}</span>
      </p>
      {owners.length > 1 ? (
        <p class="warned">{texts.ownedTwice(owners.join(", "))}</p>
      ) : (
        !isOwn && <p class="facts">{texts.owner(owners.join(", "))}</p>
      )}
    </div>
  );
}

function requestTone({ request }: MissionRow): string {
  return request.step === "answered" ? request.answer : request.step;
}

function requestMark({ request }: MissionRow) {
  if (request.step === "none") return "absent" as const;
  if (request.step === "asked") return "late" as const;
  return request.answer === "ready" ? ("heard" as const) : ("cannot" as const);
}
