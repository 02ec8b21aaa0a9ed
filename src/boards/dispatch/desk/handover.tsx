import type { JSX } from "preact";
import { states } from "../../../region/choices.ts";
import { capabilities } from "../../../region/vocabulary.ts";
import type { RunsOutRow } from "../../../site/views/board-desk-view.ts";
import { nameOf, timeText } from "../../shell/sight.ts";
import { Phone } from "../phone.tsx";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { isWriting, taskOf, taskOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { leftTasks, openTasks, TaskLine } from "./tasks.tsx";
import { aboutText } from "./words.ts";

type HandoverProps = { readonly sight: Sight; readonly actions: Actions };

/** What the next shift takes over: tasks with their owners, and what ends by itself unless somebody asks. */
export function Handover({ sight, actions }: HandoverProps): JSX.Element {
  const texts = deskTexts(sight);
  const tasks = openTasks(sight);
  const { runsOut } = sight.room.centre;
  return (
    <div class="handover">
      <LeftTasks sight={sight} actions={actions} />
      <h3>
        {texts.openTasks} {tasks.length > 0 && `(${tasks.length})`}
      </h3>
      {tasks.length === 0 && <p class="empty">{texts.noTasks}</p>}
      <ul>
        {tasks.map((task) => (
          <li key={task}>
            <b>{aboutText(task, sight)}</b>
            <TaskLine task={task} sight={sight} actions={actions} />
          </li>
        ))}
      </ul>
      <h3>
        {texts.runsOut} {runsOut.length > 0 && `(${runsOut.length})`}
      </h3>
      {runsOut.length === 0 && <p class="empty">{texts.noneRunsOut}</p>}
      <ul>
        {runsOut.map((row) => (
          <RunsOut key={`${row.hospital}/${row.capability}`} row={row} sight={sight} actions={actions} />
        ))}
      </ul>
    </div>
  );
}

/** What those who left had taken: one tap takes all of it, or sets all of it free. */
function LeftTasks({ sight, actions }: HandoverProps): JSX.Element | null {
  const texts = deskTexts(sight);
  const tasks = leftTasks(sight);
  if (tasks.length === 0) return null;
  const isOff = !sight.canWrite || tasks.some(({ task }) => isWriting(sight.room.outbox, task));
  const giveAll = (what: "task-taken" | "task-released") => () => {
    for (const row of tasks) actions.give(taskOrder(what, row.task, row));
  };
  return (
    <div class="left-tasks">
      <p class="warned">{texts.leftTasks(tasks.length)}</p>
      <p class="buttons">
        <button type="button" class="main-button" disabled={isOff} onClick={giveAll("task-taken")}>
          {texts.takeAll}
        </button>
        <button type="button" disabled={isOff} onClick={giveAll("task-released")}>
          {texts.releaseAll}
        </button>
      </p>
    </div>
  );
}

/** A state that ends soon: whom to call, who does, and where to write down what was said. */
function RunsOut({ row, sight, actions }: HandoverProps & { readonly row: RunsOutRow }): JSX.Element {
  const texts = deskTexts(sight);
  const { language, places } = sight;
  const { hospital, capability, state, endsMs, centre } = row;
  const phone = places.hospitals.get(hospital)?.phone ?? "";
  const name = nameOf(sight, hospital);
  return (
    <li data-runs-out={`${hospital}/${capability}`}>
      <b>{name}</b> <Phone number={phone} />
      <br />
      {texts.endsAt(capabilities[capability][language], states[state][language], timeText(sight, endsMs))}
      {centre !== undefined && ` · ${texts.theirTask(nameOf(sight, centre))}`}
      <p class="task">
        <button
          type="button"
          class="small-button"
          onClick={() => actions.open({ what: "voice", hospital, capability })}
        >
          {texts.voiceNew}
          <span class="unseen"> ({name})</span>
        </button>
      </p>
      <TaskLine task={taskOf("confirm", hospital)} sight={sight} actions={actions} />
    </li>
  );
}
