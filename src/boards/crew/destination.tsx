import type { JSX } from "preact";
import { secondMs } from "../../basics/time.ts";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";
import { positionOldAfterMs } from "../shell/age.ts";
import type { Outbox } from "../shell/outbox.ts";
import { PassingButton } from "../shell/passing-button.tsx";
import { ageSince, nameOf, timeText } from "../shell/sight.ts";
import { announcementOf, arrivalText } from "./announcement.ts";
import { type Order, takeBackOf } from "./orders.ts";
import { SaidLine } from "./said-line.tsx";
import type { Sight } from "./speech.ts";

const headingOf = ({ mission }: Pick<CrewMissionRow, "mission">) => `destination-${mission}`;

/** After our word: here stands what became of it, and the way back. */
export function focusDestination(row: CrewMissionRow): void {
  document.getElementById(headingOf(row))?.focus();
}

/** Where we drive, by our own word, and who has heard it. */
export function Destination(props: {
  readonly row: CrewMissionRow;
  readonly outbox: Outbox<Order>;
  readonly sight: Sight;
  readonly give: (order: Order) => void;
}): JSX.Element {
  const { row, outbox, sight, give } = props;
  const { texts } = sight;
  const { destination, otherDestinations, owners, apart = [] } = row;
  const title = headingOf(row);
  const isOld = row.step !== "arrived" && sight.nowMs - row.position.saidMs > positionOldAfterMs;
  const takeBack = takeBackOf(outbox, row, sight.nowMs);
  return (
    <section class="destination" aria-labelledby={title}>
      <h2 id={title} tabIndex={-1}>
        {texts.destination}
      </h2>
      {destination === null ? (
        <p class="place">{texts.noDestination}</p>
      ) : (
        <>
          <p class="place">{nameOf(sight, destination.hospital)}</p>
          <p class={isOld ? "arrival aged" : "arrival"}>{arrivalText(destination, sight)}</p>
          {destination.forced && <p class="warned">{texts.forced}</p>}
          {isOld && <p class="facts">{texts.fromOldPlace(ageSince(sight, row.position.saidMs))}</p>}
          {announcementOf(destination, sight).map((said) => (
            <SaidLine key={said.word} said={said} />
          ))}
          {destination.spoken && <p class="facts">{texts.spoken}</p>}
        </>
      )}
      {takeBack !== null && (
        <PassingButton
          class="big"
          text={texts.takeBack(Math.ceil(takeBack.leftMs / secondMs))}
          disabled={!sight.canWrite}
          press={() => give(takeBack.order)}
        />
      )}
      {otherDestinations.length > 0 && (
        <p class="warned">
          {texts.otherTablet(otherDestinations.map((site) => nameOf(sight, site)).join(", "))}
        </p>
      )}
      {apart.length > 0 && (
        <p class="warned">
          {texts.apart(
            apart
              .map(({ hospital, centre }) => `${nameOf(sight, hospital)} (${nameOf(sight, centre)})`)
              .join(", "),
            destination !== null,
          )}
        </p>
      )}
      {owners.length > 1 && (
        <p class="warned">{texts.ownedTwice(owners.map((site) => nameOf(sight, site)).join(", "))}</p>
      )}
      <TakenBack row={row} sight={sight} />
    </section>
  );
}

function TakenBack({ row, sight }: { readonly row: CrewMissionRow; readonly sight: Sight }): JSX.Element {
  const { texts } = sight;
  return (
    <>
      {(row.takenBack ?? []).map(({ what, hospital, saidMs }) => (
        <p key={`${what} ${saidMs}`} class="facts">
          {(what === "steered" ? texts.proposalTakenBack : texts.takenBack)(
            nameOf(sight, hospital),
            timeText(sight, saidMs),
          )}
        </p>
      ))}
    </>
  );
}
