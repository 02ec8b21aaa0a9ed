import { type AdviceBase, setHospitalLoad } from "../advice/base.ts";
import type { Name } from "../basics/name.ts";
import { aimsOf, refusalsOf } from "../region/mission-aims.ts";
import type { ViewContext } from "../region/view-context.ts";
import type { HospitalWords } from "./known-hospitals.ts";

type Load = { inbound: number; inboundUrgent: number; readonly declines: Map<string, number> };

/**
 * Advice reads from then on who is on the way to each hospital, by whatever centre, and what it declined. Refusals are
 * known of missions that still run. Every board's advice needs all missions: so no view of them is made for it.
 */
export function takeLoads(base: AdviceBase, hospitals: readonly HospitalWords[], region: ViewContext): void {
  const loads = new Map<Name, Load>();
  const loadOf = (hospital: Name): Load => {
    const load = loads.get(hospital) ?? { inbound: 0, inboundUrgent: 0, declines: new Map() };
    loads.set(hospital, load);
    return load;
  };
  for (const id of region.fold.running) {
    const mission = region.fold.missions.get(id);
    if (mission === undefined || mission.opened === null) continue;
    const { need, urgency } = mission.opened.fact;
    for (const hospital of aimsOf(mission)) countInbound(loadOf(hospital), urgency);
    for (const { hospital, sinceMs } of refusalsOf(region, mission))
      noteDecline(loadOf(hospital), need, sinceMs);
  }
  for (const { hospital, beds } of hospitals) {
    const freePlaces = beds.find(({ ward }) => ward === "emergency-department")?.free ?? null;
    setHospitalLoad(base, { hospital, ...loadOf(hospital), freePlaces });
  }
}

function countInbound(load: Load, urgency: number): void {
  load.inbound += 1;
  if (urgency === 1) load.inboundUrgent += 1;
}

function noteDecline({ declines }: Load, need: string, atMs: number): void {
  declines.set(need, Math.max(declines.get(need) ?? 0, atMs));
}
