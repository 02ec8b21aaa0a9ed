import { type DeviceId, deviceOf, type FactRef, type Name, refKey, siteOf } from "../basics/name.ts";
import type { Fold, SoundFact } from "./fold.ts";
import { compareTexts } from "./log-order.ts";
import { compareReports, type Report, refOf } from "./report.ts";
import { type Said, said } from "./said.ts";
import { missionOfTask, type TaskId, taskAbout } from "./task.ts";
import type { ViewContext } from "./view-context.ts";

/** A task that somebody has taken upon themselves. */
export type TaskView = {
  readonly task: TaskId;
  /** The mission or hospital it is about. */
  readonly about: string;
  /** The desk (`by`) of the centre (`site`) that has it; several that did not know of each other: both are shown. */
  readonly owners: readonly Said[];
  /** What taking it over or releasing it is made against. */
  readonly over: readonly FactRef[];
};

/** Tasks that somebody has, by their ids. */
export function takenTasks(context: ViewContext): readonly TaskView[] {
  const tasks: TaskView[] = [];
  for (const [task, { heads }] of context.fold.tasks) {
    const mission = missionOfTask(task);
    if (mission !== null && !context.fold.missions.get(refKey(mission))?.opened) continue;
    const ordered = heads.toSorted(compareReports);
    const owners = ordered.filter(({ fact }) => fact.kind === "task.taken/1");
    if (owners.length === 0) continue;
    tasks.push({
      task,
      about: taskAbout(task),
      owners: owners.map((report) => said(context, report)),
      over: ordered.map(refOf),
    });
  }
  return tasks.sort((a, b) => compareTexts(a.task, b.task));
}

/** A site where no board can be heard, by the last word of each of its devices, since the last of these words. */
export type SoundlessView = {
  readonly site: Name;
  readonly sinceMs: number;
  /** None is even open: nobody would see it either. */
  readonly isClosed: boolean;
};

/** What this device last said of the sound of its boards; null: nothing. */
export function lastSound({ sounds }: Fold, device: DeviceId): Report<SoundFact> | null {
  return sounds.get(siteOf(device))?.find(({ log }) => deviceOf(log) === device) ?? null;
}

/** Sites whose boards have spoken of their sound and of which none has it on, by name. */
export function soundlessSites(context: ViewContext): readonly SoundlessView[] {
  const soundless: SoundlessView[] = [];
  for (const [site, newest] of context.fold.sounds) {
    if (newest.some(({ fact }) => fact.sound === "on")) continue;
    const sinceMs = Math.max(...newest.map((report) => said(context, report).sinceMs));
    soundless.push({ site, sinceMs, isClosed: newest.every(({ fact }) => fact.sound === "closed") });
  }
  return soundless.sort((a, b) => compareTexts(a.site, b.site));
}
