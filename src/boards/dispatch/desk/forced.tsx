import type { JSX } from "preact";
import { assignReasons } from "../../../region/assign-reasons.ts";
import type { ForcedRow } from "../../../site/views/board-desk-view.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { patientText } from "../../shell/fact-words.ts";
import { Mark } from "../../shell/mark.tsx";
import { nameOf, timeText } from "../../shell/sight.ts";
import { personAt } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { Outcome, Ways } from "./call-note.tsx";
import { taskOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { TaskLine } from "./tasks.tsx";

export type Forced = MissionRow & { readonly forced: ForcedRow };
export type ForcedToCall = Forced & { readonly forced: { readonly call: NonNullable<ForcedRow["call"]> } };

export function isForcedToCall(row: MissionRow): row is ForcedToCall {
  return row.forced?.call !== undefined;
}

/** Which hospital was assigned by force, why, by whom and when. */
export function ForcedNote({ row, sight }: { readonly row: MissionRow; readonly sight: Sight }) {
  const { forced } = row;
  return forced === undefined ? null : <p class="warned">{forcedText(forced, sight)}</p>;
}

export function forcedText({ hospital, reason, centre, by, saidMs }: ForcedRow, sight: Sight): string {
  const why = assignReasons[reason][sight.language];
  const person = personAt(centre, by, sight);
  return deskTexts(sight).forcedBy(nameOf(sight, hospital), why, person, timeText(sight, saidMs));
}

/** A hospital that is assigned by force is told so by voice: its home centre's task, for all to see. */
export function ForcedCard(props: {
  readonly row: ForcedToCall;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { row, sight, actions } = props;
  const { hospital, call, saidMs } = row.forced;
  const texts = deskTexts(sight);
  const title = `forced-${row.mission}`;
  return (
    <article class={`card urgency-${row.urgency}`} aria-labelledby={title} data-forced={row.vehicle}>
      <h3 id={title} class="card-title">
        <span class="vehicle">{nameOf(sight, row.vehicle)}</span>
        <span class="why tone-cannot">
          <Mark shape="cannot" /> {texts.tellForced(nameOf(sight, hospital))}
        </span>
      </h3>
      <p class="patient">{patientText(row, sight)}</p>
      <p>{forcedText(row.forced, sight)}</p>
      {call.centre !== sight.places.region.site && (
        <p class="facts">{texts.theirTask(nameOf(sight, call.centre))}</p>
      )}
      <div class="call call-now">
        <p>
          <Ways hospital={hospital} sight={sight} />
        </p>
        {call.tries > 0 && (
          <p class="facts">{texts.triedInVain(call.tries, timeText(sight, call.lastTryMs ?? saidMs))}</p>
        )}
        <Outcome {...{ row, hospital, sight, actions }} />
      </div>
      <TaskLine task={taskOf("call", row.mission)} sight={sight} actions={actions} />
    </article>
  );
}
