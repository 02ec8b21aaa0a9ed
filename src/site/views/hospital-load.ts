import { type AdviceBase, setHospitalLoad } from "../../advice/base.ts";
import type { Name } from "../../basics/name.ts";
import { assignedTo } from "../../region/assigned.ts";
import { aimsOf, refusalsOf } from "../../region/mission-aims.ts";
import type { MissionFold } from "../../region/mission-fold.ts";
import { type Move, movesOf } from "../../region/mission-moves.ts";
import type { ViewContext } from "../../region/view-context.ts";
import type { HospitalWords } from "./known-hospitals.ts";

type Load = {
  inbound: number;
  inboundUrgent: number;
  fullerSinceMs: number | null;
  freerSinceMs: number | null;
  readonly declines: Map<string, number>;
  readonly assigned: Map<string, number>;
};

/**
 * Advice reads from then on who is on the way to each hospital, by whatever centre, and what it declined, also of missions
 * that have ended since: that the patient is elsewhere by now gives nobody a bed. Forced assignments are known of those that
 * have ended, too. Every board's advice needs all missions: so no view of them is made for it.
 */
export function takeLoads(base: AdviceBase, hospitals: readonly HospitalWords[], region: ViewContext): void {
  const loads = new Map<Name, Load>();
  const loadOf = (hospital: Name): Load => {
    const load = loads.get(hospital) ?? newLoad();
    loads.set(hospital, load);
    return load;
  };
  const { running, endedLately, forced } = region.fold;
  for (const [mission, { urgency }] of opened(region, running)) {
    for (const hospital of aimsOf(mission)) countInbound(loadOf(hospital), urgency);
    for (const move of movesOf(region, mission)) noteMove(loadOf(move.hospital), move);
  }
  for (const [mission, { need }] of opened(region, [...running, ...endedLately.keys()]))
    for (const { hospital, sinceMs } of refusalsOf(region, mission))
      noteDecline(loadOf(hospital), need, sinceMs);
  for (const [mission] of opened(region, forced))
    for (const [hospital, atMs] of assignedTo(region, mission))
      loadOf(hospital).assigned.set(mission.id, atMs);
  for (const { hospital, beds } of hospitals) {
    const said = beds.find(({ ward }) => ward === "emergency-department");
    const load = loadOf(hospital);
    if (said !== undefined) {
      noteMove(load, { hospital, what: "set-out", sinceMs: said.sinceMs });
      noteMove(load, { hospital, what: "left", sinceMs: said.sinceMs });
    }
    setHospitalLoad(base, { hospital, ...load, freePlaces: said?.free ?? null });
  }
}

/** Of these missions those whose opening is known, with what it says. */
function* opened(
  { fold }: ViewContext,
  ids: Iterable<string>,
): Iterable<readonly [MissionFold, NonNullable<MissionFold["opened"]>["fact"]]> {
  for (const id of ids) {
    const mission = fold.missions.get(id);
    if (mission !== undefined && mission.opened !== null) yield [mission, mission.opened.fact];
  }
}

function newLoad(): Load {
  const moments = { fullerSinceMs: null, freerSinceMs: null };
  return { inbound: 0, inboundUrgent: 0, ...moments, declines: new Map(), assigned: new Map() };
}

function countInbound(load: Load, urgency: number): void {
  load.inbound += 1;
  if (urgency === 1) load.inboundUrgent += 1;
}

function noteMove(load: Load, { what, sinceMs }: Move): void {
  if (what === "set-out") load.fullerSinceMs = Math.max(load.fullerSinceMs ?? sinceMs, sinceMs);
  else load.freerSinceMs = Math.max(load.freerSinceMs ?? sinceMs, sinceMs);
}

function noteDecline({ declines }: Load, need: string, atMs: number): void {
  declines.set(need, Math.max(declines.get(need) ?? 0, atMs));
}
