import "./missions.css";
import type { JSX } from "preact";
import type { Name } from "../../basics/name.ts";
import type { ContactCell, HospitalRow, MissionRow } from "../../site/views/board-view.ts";
import { patientText } from "../shell/fact-words.ts";
import { useHeldRows } from "../shell/held-rows.ts";
import { Mark, toneOf } from "../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { isFresh, shownContact } from "./hospital-words.ts";
import { arrivalOf, keptText, shownRequestOf, stepText } from "./mission-words.ts";
import type { Sight } from "./sight.ts";
import type { Actions, Filter } from "./state.ts";

/** Every mission that runs, with what is known of its way and what its hospital said. */
export function Missions(props: {
  readonly missions: readonly MissionRow[];
  readonly rows: ReadonlyMap<Name, HospitalRow>;
  readonly filter: Filter;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { missions, rows, filter, sight, actions } = props;
  const { texts, room } = sight;
  const held = useHeldRows<HTMLUListElement>(missions.map(({ mission }) => mission));
  return (
    <section class="missions" aria-labelledby="missions">
      <h2 id="missions">
        {texts.missions} {missions.length > 0 && `(${missions.length})`}
      </h2>
      {room.tools !== null && <room.tools.MissionFilter {...{ filter, sight, actions }} />}
      {missions.length === 0 && <p class="empty">{texts.noMissions}</p>}
      {sight.room.tools !== null && <sight.room.tools.FreshNote {...held} sight={sight} />}
      <ul ref={held.list} {...held.holders}>
        {held.order.map((mission) => {
          const row = room.missions.get(mission);
          return row === undefined ? (
            <li key={mission} class="mission left">
              {texts.missionOver}
            </li>
          ) : (
            <li key={mission} class="mission" data-mission={row.vehicle}>
              <Who row={row} sight={sight} />
              <Whereto row={row} rows={rows} sight={sight} />
              <When row={row} rows={rows} sight={sight} />
              {room.tools !== null && <room.tools.MissionTools {...{ row, sight, actions }} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type RowProps = { readonly row: MissionRow; readonly sight: Sight };
type WayProps = RowProps & { readonly rows: ReadonlyMap<Name, HospitalRow> };

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

function Whereto({ row, rows, sight }: WayProps): JSX.Element {
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
      {destination !== null && <Unheard contact={rows.get(destination.hospital)?.contact} sight={sight} />}
      {steered !== null && (
        <p class="proposal">
          <Mark shape="unheard" /> <b>{texts.proposed(nameOf(sight, steered.hospital))}</b>{" "}
          {steered.heldByCrew !== undefined && (
            <small>{steered.heldByCrew ? texts.proposedHeld : texts.proposedHere}</small>
          )}
        </p>
      )}
      {kept !== null && <p class="facts">{kept}</p>}
    </div>
  );
}

function When({ row, rows, sight }: WayProps): JSX.Element {
  const { texts } = sight;
  const arrival = arrivalOf(row, sight);
  const owners = row.owners.map((owner) => nameOf(sight, owner));
  const isOwn = owners.length === 1 && row.owners[0] === sight.places.region.site;
  const asked = row.request.step === "none" ? undefined : rows.get(row.request.hospital);
  const request = shownRequestOf(row, asked !== undefined && isFresh(asked.contact, sight), sight);
  return (
    <div>
      <p class={`tone-${toneOf(request.shape)} ${request.shape === "old" ? "word-old" : ""}`}>
        <span class="word">
          <Mark shape={request.shape} /> {request.word}
        </span>
        {request.notes.map((note) => (
          <small key={note}>{note}</small>
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

/** What is wrong with the contact to a destination; nothing while it is heard. */
function Unheard(props: {
  readonly contact: ContactCell | undefined;
  readonly sight: Sight;
}): JSX.Element | null {
  const { contact, sight } = props;
  if (contact === undefined || isFresh(contact, sight)) return null;
  const { shape, word } = shownContact(contact, sight);
  return (
    <p class={`tone-${toneOf(shape)}`}>
      <span class="word">
        <Mark shape={shape} /> {word}
      </span>
    </p>
  );
}
