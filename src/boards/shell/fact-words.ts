import { ageGroups, type StatusReason, statusReasons } from "../../region/choices.ts";
import type { MissionRow } from "../../site/views/board-view.ts";
import type { Language } from "./language.ts";
import { type BoardSight, nameOf, needName } from "./sight.ts";

/** Who the patient is, as far as a decision hangs on it: `Schlaganfall, 65–79 Jahre, beatmet`. */
export function patientText(
  row: Pick<MissionRow, "need" | "ageGroup" | "flags" | "from">,
  sight: BoardSight,
): string {
  const age = row.ageGroup in ageGroups ? ageGroups[row.ageGroup as keyof typeof ageGroups] : null;
  const flags = row.flags.map((flag) => sight.say.flags[flag]);
  const from = row.from === undefined ? [] : [sight.say.transferFrom(nameOf(sight, row.from))];
  return [...from, needName(sight, row.need), ...(age === null ? [] : [age[sight.language]]), ...flags].join(
    ", ",
  );
}

export function reasonText(reason: string, language: Language): string {
  return reason in statusReasons ? statusReasons[reason as StatusReason][language] : reason;
}
