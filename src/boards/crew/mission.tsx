import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { CrewMissionRow } from "../../site/board-site-view.ts";
import { patientText } from "../shell/fact-words.ts";
import { nearest } from "../shell/finding.ts";
import type { Outbox } from "../shell/outbox.ts";
import { ageSince, nameOf } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { Destination } from "./destination.tsx";
import { Finder } from "./finder.tsx";
import { isDestinationUnderWay, type Order, positionOrder } from "./orders.ts";
import { Proposals } from "./proposals.tsx";
import { ResteerCard } from "./resteer.tsx";
import type { Sight } from "./speech.ts";
import { Steps } from "./steps.tsx";

type MissionProps = {
  readonly row: CrewMissionRow;
  readonly outbox: Outbox<Order>;
  readonly sight: Sight;
  readonly give: (order: Order) => void;
};

/** One mission, the most urgent to know on top. */
export function Mission({ row, outbox, sight, give }: MissionProps): JSX.Element {
  const { texts, language } = sight;
  const title = useId();
  const isWriting = isDestinationUnderWay(outbox, row.mission);
  const { resteer } = row;
  return (
    <article aria-labelledby={title} data-mission={row.mission}>
      {resteer !== null && <ResteerCard {...{ row, resteer, isWriting, sight, give }} />}
      <section class="patient">
        <h2 id={title}>
          <small>{nameOf(sight, row.vehicle)}</small>
          {patientText(row, sight)}
        </h2>
        <UrgencySign urgency={row.urgency} sight={sight} />
      </section>
      <Destination row={row} outbox={outbox} sight={sight} give={give} />
      <Steps row={row} sight={sight} give={give} />
      <Proposals row={row} isWriting={isWriting} sight={sight} give={give} />
      {resteer === null && (
        <section>
          <h2>{texts.readOut}</h2>
          <p class="radio">{row.radio[language]}</p>
        </section>
      )}
      <Position row={row} sight={sight} give={give} />
    </article>
  );
}

/** A town is enough: nobody types coordinates in a moving vehicle. */
function Position({ row, sight, give }: Omit<MissionProps, "outbox">): JSX.Element {
  const { texts, places } = sight;
  const title = useId();
  const { towns } = places.region;
  const town = nearest(towns, row.position);
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{texts.position}</h2>
      {town !== null && <p>{texts.near(town.name, ageSince(sight, row.position.saidMs))}</p>}
      <Finder
        label={texts.chooseTown}
        items={towns}
        textOf={({ name }) => name}
        keyOf={({ name }) => name}
        sight={sight}
        choose={(chosen) => give(positionOrder(row, chosen))}
      />
    </section>
  );
}
