import type { JSX } from "preact";
import { Mark } from "../shell/mark.tsx";
import { nameOf } from "../shell/sight.ts";
import type { Deciding } from "./mission-order.ts";
import { aimOf } from "./mission-words.ts";
import { onMission } from "./orders.ts";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

/** The number of a silent hospital; close to its door, the order to call at once. What came of it is a fact. */
export function CallNote(props: {
  readonly row: Deciding;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element | null {
  const { row, sight, actions } = props;
  const { texts, places, room } = sight;
  const aim = aimOf(row);
  if (aim === null || row.decide.cause !== "destination-silent") return null;
  const phone = places.hospitals.get(aim)?.phone ?? "";
  const called = (reached: boolean) => actions.give({ ...onMission(row, aim), what: "called", reached });
  return (
    <div class={row.decide.call ? "call call-now" : "call"}>
      <p>
        {row.decide.call && (
          <b class="call-order">
            <Mark shape="late" /> {texts.callNow}{" "}
          </b>
        )}
        {texts.callNumber(nameOf(sight, aim))}{" "}
        <a class="phone" href={`tel:${phone.replaceAll(" ", "")}`}>
          {phone}
        </a>
      </p>
      <p class="buttons">
        {texts.called}
        <button type="button" disabled={!sight.canWrite} onClick={() => called(true)}>
          {texts.reached}
        </button>
        <button type="button" disabled={!sight.canWrite} onClick={() => called(false)}>
          {texts.notReached}
        </button>
      </p>
      {row.decide.call && room.tools !== null && (
        <room.tools.TaskLine task={`call:${row.mission}`} sight={sight} actions={actions} />
      )}
    </div>
  );
}
