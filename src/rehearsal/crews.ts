import type { Name } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { minuteMs, secondMs } from "../basics/time.ts";
import { cellAt, cellMiddle } from "../region/cell.ts";
import { type Step, steps } from "../region/choices.ts";
import type { Cell } from "../region/fields.ts";
import type { Hospital } from "../region/region-data.ts";
import type { Position } from "../roads/plane.ts";
import type { CrewBoardView, CrewMissionRow } from "../site/views/board-site-view.ts";
import type { Desk } from "./desk.ts";
import type { DrawnMission } from "./generator.ts";
import { lookAt } from "./live-stream.ts";

export type CrewsOptions = {
  readonly hospitals: readonly Hospital[];
  readonly deskOf: (vehicle: Name) => Desk;
  readonly urlOf: (vehicle: Name) => string;
  /** A person plays this crew: its ambulance only says where it is. */
  readonly isLeft?: (vehicle: Name) => boolean;
  /** The person even says where it is. */
  readonly isPlaced?: (vehicle: Name) => boolean;
  /** How often, on average, a crew under way looks at its tablet. */
  readonly lookEveryMs: number;
  /** Told what each look shows. */
  readonly onLook?: (view: CrewBoardView) => void;
  readonly random: Random;
};

/** The way to a hospital that a crew is driving now. */
type Leg = {
  readonly hospital: Name;
  readonly from: Position;
  readonly to: Position;
  readonly departMs: number;
  readonly driveMs: number;
};

type Trip = {
  readonly drawn: DrawnMission;
  /** Where the script sends it first; null: the first line of the tablet's advice. */
  readonly destination: Name | null;
  leg: Leg | null;
  said: Cell;
  arrivedMs: number | null;
  /** The tablet has shown the mission. */
  seen: boolean;
  nextLookMs: number;
  busy: boolean;
};

const tenthMs = minuteMs / 10;
const tickMs = 250;
const stepOrder = Object.keys(steps);

/**
 * The crews of all ambulances. Each reads and writes only at its own tablet: it says its steps and where it is, names
 * a destination, and confirms what the centre steers it to.
 */
export class Crews {
  readonly #options: CrewsOptions;
  readonly #trips = new Map<Name, Trip>();
  readonly #places: ReadonlyMap<Name, Position>;
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  constructor(options: CrewsOptions) {
    this.#options = options;
    this.#places = new Map(options.hospitals.map(({ id, latE3, lonE3 }) => [id, { latE3, lonE3 }]));
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  isFree(vehicle: Name): boolean {
    return !this.#trips.has(vehicle);
  }

  /** The ambulance is sent: its crew will find the mission on its tablet. */
  send(vehicle: Name, drawn: DrawnMission, destination: Name | null = null): void {
    this.#trips.set(vehicle, {
      drawn,
      destination,
      leg: null,
      said: drawn.call.cell,
      arrivedMs: null,
      seen: false,
      nextLookMs: Date.now(),
      busy: false,
    });
  }

  /** The tablet has signalled something. */
  ring(vehicle: Name): void {
    const trip = this.#trips.get(vehicle);
    if (trip !== undefined) trip.nextLookMs = Math.min(trip.nextLookMs, Date.now() + secondMs);
  }

  #tick(): void {
    const nowMs = Date.now();
    for (const [vehicle, trip] of this.#trips) {
      if (trip.busy || trip.nextLookMs > nowMs) continue;
      trip.busy = true;
      // Crews do not look in step, even if the script sent them in one moment.
      trip.nextLookMs = nowMs + this.#options.lookEveryMs * (0.75 + this.#options.random.below(500) / 1_000);
      void this.#look(vehicle, trip).finally(() => {
        trip.busy = false;
      });
    }
  }

  async #look(vehicle: Name, trip: Trip): Promise<void> {
    const view = await lookAt<CrewBoardView>(`${this.#options.urlOf(vehicle)}/board/events`);
    if (view !== null) this.#options.onLook?.(view);
    const row = view?.missions.find((one) => one.callAtMs === trip.drawn.call.callAtMs);
    // What was there and is there no longer has been ended by the centre.
    if (view !== null && row === undefined && trip.seen) this.#trips.delete(vehicle);
    if (row === undefined || this.#stopped) return;
    trip.seen = true;
    const desk = this.#options.deskOf(vehicle);
    const isLeft = this.#options.isLeft?.(vehicle) === true;
    if (!isLeft) {
      await this.#sayStep(vehicle, trip, row, desk);
      await this.#sayDestination(trip, row, desk);
    }
    if (this.#options.isPlaced?.(vehicle) === true) return;
    const isOnBoard = isLeft ? row.step === "patient-on-board" : Date.now() >= trip.drawn.onBoardMs;
    if (isOnBoard) await this.#drive(trip, row, desk);
  }

  async #sayStep(vehicle: Name, trip: Trip, row: CrewMissionRow, desk: Desk): Promise<void> {
    const step = dueStep(trip, Date.now());
    if (step === null || stepOrder.indexOf(step) <= stepOrder.indexOf(row.step ?? "")) return;
    await desk.write("mission.step/1", { mission: row.ref, step });
    if (step === "ended") this.#trips.delete(vehicle);
  }

  /** What the centre steers it to goes before everything else. Without a word of the centre the tablet's best line. */
  async #sayDestination(trip: Trip, row: CrewMissionRow, desk: Desk): Promise<void> {
    if (row.step === "arrived" || row.step === "ended") return;
    const own = trip.destination ?? row.lines[0]?.hospital;
    const named = row.destination === null && Date.now() >= trip.drawn.onSceneMs ? own : undefined;
    const hospital = row.resteer?.new.hospital ?? named;
    if (hospital === undefined || hospital === row.destination?.hospital) return;
    await desk.write("mission.destination/1", { mission: row.ref, hospital, over: row.over }, row.seen);
  }

  async #drive(trip: Trip, row: CrewMissionRow, desk: Desk): Promise<void> {
    const nowMs = Date.now();
    const { destination } = row;
    if (destination === null || destination.driveMinTenths === null) return;
    const here = placeAt(trip, nowMs);
    if (trip.leg?.hospital !== destination.hospital) {
      const to = this.#places.get(destination.hospital) ?? here;
      const driveMs = destination.driveMinTenths * tenthMs;
      trip.leg = { hospital: destination.hospital, from: here, to, departMs: nowMs, driveMs };
    }
    if (nowMs >= trip.leg.departMs + trip.leg.driveMs) trip.arrivedMs ??= nowMs;
    const cell = cellAt(here.latE3, here.lonE3);
    if (cell.latE2 === trip.said.latE2 && cell.lonE2 === trip.said.lonE2) return;
    trip.said = cell;
    await desk.write("mission.position/1", { mission: row.ref, cell: { ...cell }, ageS: 0 });
  }
}

function dueStep({ drawn, arrivedMs }: Trip, nowMs: number): Step | null {
  if (arrivedMs !== null) return nowMs >= arrivedMs + drawn.handoverMs ? "ended" : "arrived";
  if (nowMs >= drawn.onBoardMs) return "patient-on-board";
  if (nowMs >= drawn.onSceneMs) return "on-scene";
  return nowMs >= drawn.setOutMs ? "on-the-way" : null;
}

/** On the straight line of its leg, as far as its share of the driving time: good enough for cells of 1 km. */
function placeAt({ drawn, leg }: Trip, nowMs: number): Position {
  if (leg === null) return cellMiddle(drawn.call.cell);
  const share = Math.min(1, (nowMs - leg.departMs) / leg.driveMs);
  const between = (from: number, to: number): number => Math.round(from + (to - from) * share);
  return { latE3: between(leg.from.latE3, leg.to.latE3), lonE3: between(leg.from.lonE3, leg.to.lonE3) };
}
