import { type AdviceBase, setHospitalLoad } from "../advice/base.ts";
import type { Name } from "../basics/name.ts";
import type { MissionView } from "../region/mission-view.ts";
import type { HospitalWords } from "./known-hospitals.ts";

/**
 * The hospitals that have to reckon with this mission: where its crew drives, where a centre steers it, and whom a
 * centre asks and has no answer from. None once it has arrived.
 */
export function aimsOf({ step, destination, proposals, requests }: MissionView): readonly Name[] {
  if (step?.step === "arrived" || step?.step === "ended") return [];
  const steered = proposals.filter(({ decision, crew }) => decision === "steered" && crew === "open");
  const asked = requests.filter(({ answer, takenBack }) => answer === null && takenBack === null);
  const aims = [...(destination === null ? [] : [destination]), ...steered, ...asked];
  return [...new Set(aims.map(({ hospital }) => hospital))];
}

type Load = { inbound: number; inboundUrgent: number; readonly declines: Map<string, number> };

/**
 * Advice reads from then on who is on the way to each hospital, by whatever centre, and what it declined. Refusals are
 * known of missions that still run.
 */
export function takeLoads(
  base: AdviceBase,
  hospitals: readonly HospitalWords[],
  running: readonly MissionView[],
): void {
  const loads = new Map<Name, Load>();
  const loadOf = (hospital: Name): Load => {
    const load = loads.get(hospital) ?? { inbound: 0, inboundUrgent: 0, declines: new Map() };
    loads.set(hospital, load);
    return load;
  };
  for (const mission of running) {
    for (const hospital of aimsOf(mission)) countInbound(loadOf(hospital), mission);
    for (const { hospital, answer } of mission.requests) {
      if (answer?.answer === "cannot") noteDecline(loadOf(hospital), mission.need, answer.sinceMs);
    }
  }
  for (const { hospital, beds } of hospitals) {
    const freePlaces = beds.find(({ ward }) => ward === "emergency-department")?.free ?? null;
    setHospitalLoad(base, { hospital, ...loadOf(hospital), freePlaces });
  }
}

function countInbound(load: Load, { urgency }: MissionView): void {
  load.inbound += 1;
  if (urgency === 1) load.inboundUrgent += 1;
}

function noteDecline({ declines }: Load, need: string, atMs: number): void {
  declines.set(need, Math.max(declines.get(need) ?? 0, atMs));
}
