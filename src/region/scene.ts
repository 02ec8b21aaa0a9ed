import { refKey } from "../basics/name.ts";
import type { Fold } from "./fold.ts";
import type { MissionFold } from "./mission-fold.ts";
import { compareReports } from "./report.ts";

/** The running missions of one scene: the one that the others name comes first, then in an order all compute alike. */
export function missionsOfScene({ missions, running }: Fold, id: string): readonly MissionFold[] {
  const scene = sceneOf(missions.get(id));
  const all = [...running].flatMap((one) => {
    const mission = missions.get(one);
    return mission !== undefined && sceneOf(mission) === scene ? [mission] : [];
  });
  const rank = (mission: MissionFold) => (mission.id === scene ? 0 : 1);
  return all.sort((a, b) => rank(a) - rank(b) || compareOpened(a, b));
}

function sceneOf(mission: MissionFold | undefined): string | undefined {
  const scene = mission?.opened?.fact.scene;
  return scene === undefined ? mission?.id : refKey(scene);
}

function compareOpened({ opened: a }: MissionFold, { opened: b }: MissionFold): number {
  return a === null || b === null ? 0 : compareReports(a, b);
}
