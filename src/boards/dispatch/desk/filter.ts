import type { Name } from "../../../basics/name.ts";
import { taskAbout } from "../../../region/task.ts";
import type { BoardNeed, MissionRow } from "../../../site/views/board-view.ts";
import { positionOldAfterMs } from "../../shell/age.ts";
import { columnsOf, isFresh, shownForNeed } from "../hospital-words.ts";
import type { Known } from "../hospitals.tsx";
import { aimOf, isOverdue } from "../mission-order.ts";
import type { Sight } from "../sight.ts";
import type { Filter } from "../state.ts";
import { openTasks } from "./tasks.tsx";

export type Filtered = {
  readonly hospitals: readonly Known[];
  readonly missions: readonly MissionRow[];
  readonly hiddenHospitals: number;
  readonly hiddenMissions: number;
};

export function isFiltering({ town, exceptions, missionNeed }: Filter): boolean {
  return town !== null || exceptions || missionNeed !== null;
}

/** What a filter leaves. Whatever waits for a person stays in sight: the mission, and the hospital it is about. */
export function filtered(
  all: { readonly hospitals: readonly Known[]; readonly missions: readonly MissionRow[] },
  filter: Filter,
  need: BoardNeed,
  sight: Sight,
): Filtered {
  if (!isFiltering(filter)) return { ...all, hiddenHospitals: 0, hiddenMissions: 0 };
  const tasks = new Set<string>(openTasks(sight).map(taskAbout));
  const known = new Map(all.hospitals.map((one) => [one.hospital.hospital, one]));
  const waiting = new Set(all.missions.filter(({ mission }) => tasks.has(mission)).map(aimOf));
  const hospitals = all.hospitals.filter(
    (one) =>
      tasks.has(one.hospital.hospital) ||
      waiting.has(one.hospital.hospital) ||
      ((filter.town === null || one.hospital.town === filter.town) &&
        (!filter.exceptions || isHospitalException(one, need, sight))),
  );
  const missions = all.missions.filter(
    (row) =>
      tasks.has(row.mission) ||
      ((filter.missionNeed === null || row.need === filter.missionNeed) &&
        (filter.town === null || townOf(row, known) === filter.town) &&
        (!filter.exceptions || isMissionException(row, known, sight))),
  );
  return {
    hospitals,
    missions,
    hiddenHospitals: all.hospitals.length - hospitals.length,
    hiddenMissions: all.missions.length - missions.length,
  };
}

function townOf(row: MissionRow, known: ReadonlyMap<Name, Known>): string | null {
  const aim = aimOf(row);
  return aim === null ? null : (known.get(aim)?.hospital.town ?? null);
}

/** Not heard, in doubt, or for this need anything but open. What it never has is no exception. */
function isHospitalException({ hospital, row }: Known, need: BoardNeed, sight: Sight): boolean {
  const { contact } = row;
  const isDoubtful =
    !isFresh(contact, sight) ||
    contact.verdict === "late" ||
    contact.storing === false ||
    contact.via !== null ||
    contact.clockOffMs !== null ||
    contact.flaps !== undefined ||
    sight.room.centre.noSound.some(({ site }) => site === hospital.hospital);
  const { shape } = shownForNeed(hospital, need, row, sight);
  const isDisputed = columnsOf(need).some(({ capability }) => row.cells[capability]?.disputed === true);
  return isDoubtful || isDisputed || (shape !== "open" && shape !== "absent");
}

/** Without a destination, with a word that is not there or not good, two owners, or lost from sight. */
function isMissionException(row: MissionRow, known: ReadonlyMap<Name, Known>, sight: Sight): boolean {
  const { request, owners, position, steered, destination } = row;
  const aim = aimOf(row);
  const hospital = aim === null ? undefined : known.get(aim);
  return (
    destination === null ||
    steered !== null ||
    owners.length !== 1 ||
    !(request.step === "answered" && request.answer === "ready") ||
    isOverdue(row, sight.nowMs) ||
    sight.nowMs - position.saidMs > positionOldAfterMs ||
    (hospital !== undefined && !isFresh(hospital.row.contact, sight))
  );
}
