import type { JSX } from "preact";
import type { Name } from "../../../basics/name.ts";
import { type Channel, channels } from "../../../region/choices.ts";
import type { DoorRow } from "../../../site/views/board-desk-view.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { Mark } from "../../shell/mark.tsx";
import { nameOf, timeText } from "../../shell/sight.ts";
import { aimOf } from "../mission-order.ts";
import { onMission } from "../orders.ts";
import { Phone } from "../phone.tsx";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { isWriting, taskOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { TaskLine } from "./tasks.tsx";

type CallProps = { readonly row: MissionRow; readonly sight: Sight; readonly actions: Actions };

/**
 * Number and radio group of a silent hospital; close to its door, or at it, the order to call at once. What came of it
 * is a fact, and the order stands until somebody there was reached.
 */
export function CallNote({ row, sight, actions }: CallProps): JSX.Element | null {
  const { texts } = sight;
  const isSilent = row.decide?.cause === "destination-silent";
  const hospital = row.door?.hospital ?? (isSilent ? aimOf(row) : null);
  if (hospital === null) return null;
  const isNow = row.door !== undefined || row.decide?.call === true;
  return (
    <div class={isNow ? "call call-now" : "call"}>
      <p>
        {isNow && (
          <b class="call-order">
            <Mark shape="late" /> {texts.callNow}{" "}
          </b>
        )}
        {texts.callNumber(nameOf(sight, hospital))} <Ways hospital={hospital} sight={sight} />
      </p>
      {isNow && <p class="call-order">{deskTexts(sight).toTheDoor}</p>}
      {row.door !== undefined && row.door.tries > 0 && <Tries door={row.door} sight={sight} />}
      <Outcome {...{ row, hospital, sight, actions }} />
      {isNow && <TaskLine task={taskOf("call", row.mission)} sight={sight} actions={actions} />}
    </div>
  );
}

/** By which a hospital can be called beside the network. */
export function Ways({ hospital, sight }: { readonly hospital: Name; readonly sight: Sight }): JSX.Element {
  const { phone = "", radioGroup } = sight.places.hospitals.get(hospital) ?? {};
  return (
    <>
      <Phone number={phone} />
      {radioGroup !== undefined && ` · ${deskTexts(sight).radioGroup(radioGroup)}`}
    </>
  );
}

function Tries({ door, sight }: { readonly door: DoorRow; readonly sight: Sight }): JSX.Element {
  const { tries, lastTryMs = door.silentSinceMs } = door;
  return <p class="facts">{deskTexts(sight).triedInVain(tries, timeText(sight, lastTryMs))}</p>;
}

/** What came of a call, by which way. */
export function Outcome({
  row,
  hospital,
  sight,
  actions,
}: CallProps & { readonly hospital: Name }): JSX.Element {
  const texts = deskTexts(sight);
  const isOff = !sight.canWrite || isWriting(sight.room.outbox, row.mission);
  const called = (channel: Channel, reached: boolean) => () =>
    actions.give({ ...onMission(row, hospital), what: "called", channel, reached });
  return (
    <p class="buttons">
      {texts.reachedBy}
      {(["telephone", "radio"] as const).map((channel) => (
        <button key={channel} type="button" disabled={isOff} onClick={called(channel, true)}>
          {channels[channel][sight.language]}
        </button>
      ))}
      <button type="button" disabled={isOff} onClick={called("telephone", false)}>
        {texts.notReached}
      </button>
    </p>
  );
}
