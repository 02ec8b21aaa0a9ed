import type { JSX } from "preact";
import type { Name } from "../../basics/name.ts";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";
import { nearest } from "../shell/finding.ts";
import { ageSince } from "../shell/sight.ts";
import { useId } from "../shell/use-id.ts";
import { hospitalText } from "./announcement.ts";
import { transferNote } from "./elsewhere-texts.ts";
import { Finder } from "./finder.tsx";
import { type Order, positionOrder } from "./orders.ts";
import type { Sight } from "./speech.ts";

// What is looked for among all hospitals and towns: it comes after the rows, as they do.

/** Any hospital that is not among the first three; of a transfer, when to set out. */
export function Elsewhere(props: {
  readonly row: CrewMissionRow;
  readonly sight: Sight;
  readonly choose: (hospital: Name) => void;
}): JSX.Element {
  const { row, sight, choose } = props;
  return (
    <>
      {row.from !== undefined && <p class="warned">{transferNote[sight.language]}</p>}
      <Finder
        label={sight.texts.elsewhere}
        items={sight.places.region.hospitals}
        textOf={({ hospital }) => hospitalText(sight, hospital)}
        keyOf={({ hospital }) => hospital}
        sight={sight}
        choose={({ hospital }) => choose(hospital)}
      />
    </>
  );
}

/** A town is enough: nobody types coordinates in a moving vehicle. */
export function Position(props: {
  readonly row: CrewMissionRow;
  readonly sight: Sight;
  readonly give: (order: Order) => void;
}): JSX.Element {
  const { row, sight, give } = props;
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
        choose={(chosen) => give(positionOrder(row, chosen, sight.nowMs))}
      />
    </section>
  );
}
