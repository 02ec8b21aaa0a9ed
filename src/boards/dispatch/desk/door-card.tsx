import type { JSX } from "preact";
import { patientText } from "../../shell/fact-words.ts";
import { Mark } from "../../shell/mark.tsx";
import { nameOf } from "../../shell/sight.ts";
import { UrgencySign } from "../../shell/urgency.tsx";
import { useId } from "../../shell/use-id.ts";
import type { AtDoor } from "../mission-order.ts";
import { arrivalOf } from "../mission-words.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { CallNote } from "./call-note.tsx";
import { doorText } from "./words.ts";

/** A crew at a silent hospital's door, or close to one that is silent or unconfirmed, and nothing to decide: somebody is called to let them in. */
export function DoorCard(props: {
  readonly row: AtDoor;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { row, sight } = props;
  const { door } = row;
  const title = useId();
  const arrival = arrivalOf(row, sight);
  return (
    <article class={`card urgency-${row.urgency}`} aria-labelledby={title} data-door={row.vehicle}>
      <h3 id={title} class="card-title">
        <span class="vehicle">{nameOf(sight, row.vehicle)}</span>
        <span class={`why tone-${sight.gone ? "soft" : "silent"}`}>
          <Mark shape={sight.gone ? "old" : door.unconfirmed ? "unconfirmed" : "silent"} />
          {doorText(door, sight)}
        </span>
      </h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      {!door.arrived && (
        <p class="facts">
          {arrival.text} · <span class={arrival.isOld ? "aged" : ""}>{arrival.position}</span>
        </p>
      )}
      <CallNote {...props} />
    </article>
  );
}
