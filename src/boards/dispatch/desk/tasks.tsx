import type { JSX } from "preact";
import { taskTopics } from "../../../region/desk-choices.ts";
import type { TaskId } from "../../../region/task.ts";
import type { TaskRow } from "../../../site/views/board-desk-view.ts";
import { timeText } from "../../shell/sight.ts";
import { asksOf, isAtDoor, isOverdue } from "../mission-order.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { isWriting, taskOf, taskOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { hasLeft, isMine, ownersText, taskText, topicOf } from "./words.ts";

export type TaskProps = {
  readonly task: TaskId;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** Who has taken a task upon themselves, and the button to take it or to let it go. Seen at every desk. */
export function TaskLine({ task, sight, actions }: TaskProps): JSX.Element {
  const texts = deskTexts(sight);
  const row = sight.room.centre.tasks.find((taken) => taken.task === task);
  const all = row?.owners ?? [];
  const owners = all.filter((owner) => !hasLeft(owner, sight));
  const mine = owners.find((owner) => isMine(owner, sight));
  const isOnlyMine = mine !== undefined && all.length === 1;
  const what = isOnlyMine ? "task-released" : "task-taken";
  const free = owners.length === 0 ? texts.take : texts.takeFrom;
  const noOwner = all.length === 0 ? texts.taskFree : texts.taskLeft(ownersText(all, sight));
  return (
    <p class="task" data-task={task}>
      <span>{taskTopics[topicOf(task)][sight.language]}:</span>
      <span class={owners.length === 0 ? "task-owner facts" : "task-owner"}>
        {isOnlyMine
          ? texts.taskMine(timeText(sight, mine.sinceMs))
          : owners.length === 0
            ? noOwner
            : texts.taskTheirs(ownersText(owners, sight))}
      </span>
      {owners.length > 1 && <b class="task-two">{texts.ownedByTwo}</b>}
      <button
        type="button"
        class="small-button"
        disabled={!sight.canWrite || isWriting(sight.room.outbox, task)}
        onClick={() => actions.give(taskOrder(what, task, row))}
      >
        {isOnlyMine ? texts.release : free}
        <span class="unseen"> ({taskText(task, sight)})</span>
      </button>
    </p>
  );
}

/** In words, before a decision that somebody else has taken upon themselves is confirmed. */
export function TakenNote({ task, sight }: Omit<TaskProps, "actions">): JSX.Element | null {
  const row = sight.room.centre.tasks.find((taken) => taken.task === task);
  const others = row?.owners.filter((owner) => !isMine(owner, sight) && !hasLeft(owner, sight)) ?? [];
  if (others.length === 0) return null;
  return <p class="warned">{deskTexts(sight).takenByOther(ownersText(others, sight))}</p>;
}

/** Taken, and everybody who took it has left: offered to whoever comes. */
export function leftTasks(sight: Sight): readonly TaskRow[] {
  return sight.room.centre.tasks.filter(
    ({ owners }) => owners.length > 0 && owners.every((owner) => hasLeft(owner, sight)),
  );
}

/** Everything that waits for a person: decisions, requests without an answer, and whatever a desk has taken. */
export function openTasks({ room, nowMs }: Sight): readonly TaskId[] {
  const rows = [...room.missions.values()];
  const waiting = rows.flatMap((row): readonly TaskId[] => [
    ...(row.decide === null ? [] : [taskOf("decide", row.mission)]),
    ...(row.decide?.call === true || isAtDoor(row) ? [taskOf("call", row.mission)] : []),
    ...(asksOf(row).some((one) => isOverdue(one.row, nowMs)) ? [taskOf("escalate", row.mission)] : []),
  ]);
  const { rounds, voices, tasks } = room.centre;
  const calls = rounds.map(({ hospital }) => taskOf("call", hospital));
  const asks = voices.filter(({ inVain }) => inVain).map(({ hospital }) => taskOf("confirm", hospital));
  return [...new Set([...waiting, ...calls, ...asks, ...tasks.map(({ task }) => task)])];
}
