import { type FactRef, isLogId, isName } from "../basics/name.ts";
import { type TaskTopic, taskTopics } from "./desk-choices.ts";

/**
 * What a desk can take upon itself: `decide:lst-d/box/1-00000001#7` is the destination of that mission (its opening's
 * log and position), `confirm:ukd` the states of that hospital.
 */
export type TaskId = `${TaskTopic}:${string}`;

const indexPattern = /^(0|[1-9][0-9]{0,14})$/;

export function isTaskId(text: string): text is TaskId {
  const colon = text.indexOf(":");
  if (!Object.hasOwn(taskTopics, text.slice(0, Math.max(0, colon)))) return false;
  const [about = "", index, ...more] = text.slice(colon + 1).split("#");
  if (more.length > 0) return false;
  return index === undefined ? isName(about) : isLogId(about) && indexPattern.test(index);
}

/** The mission or hospital that a task is about. */
export function taskAbout(task: TaskId): string {
  return task.slice(task.indexOf(":") + 1);
}

/** The opening of the mission that a task is about; null: it is about a hospital. */
export function missionOfTask(task: TaskId): FactRef | null {
  const [log = "", index] = taskAbout(task).split("#");
  return index === undefined ? null : [log, Number(index)];
}
