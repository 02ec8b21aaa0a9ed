import type { JSX } from "preact";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";
import { patientText } from "../shell/fact-words.ts";
import type { Outbox } from "../shell/outbox.ts";
import { nameOf } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { useId } from "../shell/use-id.ts";
import { cabPart } from "./cab-part.ts";
import { Destination } from "./destination.tsx";
import { isDestinationUnderWay, type Order } from "./orders.ts";
import { Proposals } from "./proposals.tsx";
import { ResteerCard } from "./resteer.tsx";
import type { Sight } from "./speech.ts";
import { Steps } from "./steps.tsx";

const Position = cabPart((cab) => cab.Position);

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
