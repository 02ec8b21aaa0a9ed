import { type AdviceBase, setHospitalLoad } from "../../advice/base.ts";
import { assert, present } from "../../basics/assert.ts";
import { wallMs } from "./wall.ts";
import type { Mission } from "./world.ts";

type Load = {
  inbound: number;
  inboundUrgent: number;
  freePlaces: number | null;
  fullerSinceMs: number | null;
  freerSinceMs: number | null;
  readonly declines: Map<string, number>;
};

/** Who is on the way to each house, of all centres, and what it declined; advice's base is kept equal to it. */
export type Loads = { readonly base: AdviceBase; readonly loads: readonly Load[] };

export function newLoads(base: AdviceBase): Loads {
  const loads = base.hospitals.map(
    (): Load => ({
      ...{ inbound: 0, inboundUrgent: 0, freePlaces: null, fullerSinceMs: null, freerSinceMs: null },
      declines: new Map(),
    }),
  );
  return { base, loads };
}

export function setsOutFor(all: Loads, house: number, { urgency }: Mission, nowMs: number): void {
  change(all, house, (load) => {
    load.inbound += 1;
    if (urgency === 1) load.inboundUrgent += 1;
    load.fullerSinceMs = wallMs(nowMs);
  });
}

/** Arrived, or drives elsewhere. */
export function comesNoMore(all: Loads, house: number, { urgency }: Mission, nowMs: number): void {
  change(all, house, (load) => {
    load.inbound -= 1;
    if (urgency === 1) load.inboundUrgent -= 1;
    load.freerSinceMs = wallMs(nowMs);
  });
}

export function declines(all: Loads, house: number, needId: string, nowMs: number): void {
  change(all, house, (load) => load.declines.set(needId, wallMs(nowMs)));
}

export function reportsPlaces(all: Loads, house: number, free: number, nowMs: number): void {
  change(all, house, (load) => {
    load.freePlaces = Math.max(0, free);
    load.fullerSinceMs = wallMs(nowMs);
    load.freerSinceMs = wallMs(nowMs);
  });
}

function change({ base, loads }: Loads, house: number, how: (load: Load) => void): void {
  const load = present(loads[house], "a load for every house");
  how(load);
  const hospital = present(base.hospitals[house], "a house of the region").id;
  assert(setHospitalLoad(base, { hospital, ...load }).ok, "it is listed");
}
