import { assert, present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { type Random, seededRandom } from "../basics/random.ts";
import { hourMs, minuteMs, secondMs } from "../basics/time.ts";
import type { RegionData } from "../region/region-data.ts";
import { Crews, type CrewsOptions } from "./crews.ts";
import { Desk } from "./desk.ts";
import { Dispatcher } from "./dispatcher.ts";
import { type DrawnMission, drawMissions } from "./generator.ts";
import { Hospitals, type HospitalsOptions } from "./hospitals.ts";
import type { Ledger } from "./ledger.ts";
import { LiveBoard } from "./live-board.ts";
import { LiveHospitalBoard } from "./live-hospital-board.ts";
import { ambulancesOf, type RehearsalPlan, vehicleOf } from "./plan.ts";
import {
  type Part,
  type PreparedMission,
  preparedCentre,
  preparedCount,
  prepareMissions,
} from "./prepared.ts";
import { host } from "./setup.ts";

export type CrowdOptions = Pick<HospitalsOptions, "confirmEveryMs" | "onSaying" | "onSaid" | "personMs"> &
  Pick<CrewsOptions, "onLook"> & {
    readonly plan: RehearsalPlan;
    readonly data: RegionData;
    readonly ports: ReadonlyMap<string, number>;
    readonly seed: number;
    readonly ledger: Ledger;
    /** Hospitals whose boards somebody sits before all the time. */
    readonly watched: readonly Name[];
    /** Whether the script also takes this centre's decisions; otherwise a person at its board does. */
    readonly decides: (centre: Name) => boolean;
    /** Sites that the script leaves alone now: a person plays them, or their process is gone. Without it: none. */
    readonly isLeft?: (site: Name) => boolean;
    /** Ambulances of which a person says where they are. */
    readonly isPlaced?: (vehicle: Name) => boolean;
    /** How far ahead missions are drawn. */
    readonly aheadMs: number;
  };

/** The local hour whose calls are drawn: the night of 10 September began to go wrong at about three. */
const nightHour = 3;
/** Desks of people get their numbers from 1 on: who opens a board must not read the script's word as their own. */
const scriptedDispatcher = "dispatcher#99";
const bellEveryMs = 500;
const crewsLookEveryMs = 4 * secondMs;

/** Everybody who takes part in a rehearsal: each sits before the board of one site and knows only what it shows. */
export class Crowd {
  /** Of the control centres. */
  readonly boards: ReadonlyMap<Name, LiveBoard>;
  readonly hospitalBoards: ReadonlyMap<Name, LiveHospitalBoard>;
  readonly hospitals: Hospitals;
  readonly crews: Crews;
  readonly dispatchers: ReadonlyMap<Name, Dispatcher>;
  /** Missions of the script by their part; filled by {@link openPrepared}. */
  readonly parts = new Map<Part, string>();
  readonly #options: CrowdOptions;
  readonly #random: Random;
  readonly #desks = new Map<Name, Desk>();
  readonly #homes: ReadonlyMap<Name, string>;
  readonly #waiting: DrawnMission[];
  readonly #timers: NodeJS.Timeout[] = [];
  #isOver = false;
  #haveLeft = false;

  constructor(options: CrowdOptions) {
    const { plan, data } = options;
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#homes = new Map(plan.processes.flatMap(({ id, hosted }) => hosted.map(({ site }) => [site, id])));
    const centres = data.region.controlCentres.map(({ id }) => id);
    this.boards = new Map(centres.map((site) => [site, new LiveBoard(site, this.urlOf(site))]));
    this.hospitalBoards = new Map(
      options.watched.map((site) => [site, new LiveHospitalBoard(site, this.urlOf(site))]),
    );
    const common = { hospitals: data.hospitals, urlOf: (site: Name) => this.urlOf(site) };
    this.hospitals = new Hospitals({
      ...options,
      ...common,
      random: this.#random,
      deskOf: (site) => this.nurseAt(site),
    });
    this.crews = new Crews({
      ...options,
      ...common,
      isLeft: (site) => this.#isLeft(site),
      isPlaced: (site) => options.isPlaced?.(site) === true,
      deskOf: (site) => this.#deskOf(site, "paramedic#1"),
      lookEveryMs: crewsLookEveryMs,
      // Its own: how often crews look must not change what happens.
      random: seededRandom(options.seed + 1),
    });
    this.dispatchers = new Map(centres.map((centre) => [centre, this.#dispatcher(centre)]));
    const nowMs = Date.now();
    this.#waiting = drawMissions(data, this.#random, {
      fromMs: nowMs - hourMs,
      toMs: nowMs + options.aheadMs,
      hour: nightHour,
    }).filter(({ onBoardMs }) => onBoardMs > nowMs - 5 * minuteMs);
  }

  /** Path of a site's board. */
  urlOf(site: Name): string {
    const home = present(this.#homes.get(site), `${site} lives in a process`);
    return `http://${host}:${this.#options.ports.get(home)}/api/${site}`;
  }

  board(site: Name): LiveBoard {
    return present(this.boards.get(site), `somebody sits before the board of ${site}`);
  }

  hospitalBoard(site: Name): LiveHospitalBoard {
    return present(this.hospitalBoards.get(site), `somebody sits before the board of ${site}`);
  }

  dispatcher(centre: Name): Dispatcher {
    return present(this.dispatchers.get(centre), `${centre} has a dispatcher`);
  }

  /** How a person of this hospital writes. */
  nurseAt(site: Name): Desk {
    return this.#deskOf(site, "nurse#1");
  }

  /** Everybody sits down before their boards. */
  sitDown(): void {
    for (const board of this.boards.values()) {
      board.open();
      board.listen((push) => {
        if (push.type === "alive" || push.type === "loading") return;
        const rows = push.type === "all" ? push.view.missions : (push.missions ?? []);
        for (const row of rows) this.#options.ledger.see(row);
      });
    }
    for (const board of this.hospitalBoards.values()) {
      board.open();
      board.listen(() => {
        if (board.own !== null) this.#options.ledger.seeOwn(board.own);
        for (const row of board.inbound.values()) this.#options.ledger.seeInbound(board.site, row);
      });
    }
    this.#timers.push(setInterval(() => this.#bell(), bellEveryMs));
    for (const dispatcher of this.dispatchers.values()) dispatcher.start();
  }

  /** The day's calls: those under way already, and from now on each when its time comes. */
  async startCalls(): Promise<void> {
    await this.#openDue();
    if (this.#isOver) return;
    this.#timers.push(setInterval(() => void this.#openDue(), secondMs));
  }

  /** Opens the missions that the script needs. */
  async openPrepared(): Promise<void> {
    const missions = prepareMissions(this.#options.data, this.#random, Date.now());
    await Promise.all(
      missions.map((mission, i) => this.#openPart(mission, vehicleOf(preparedCentre, i + 1))),
    );
  }

  part(part: Part): string {
    return present(this.parts.get(part), `the mission ${part} was opened`);
  }

  /** Nobody begins anything new; what is being written is still answered. */
  stop(): void {
    this.#isOver = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const dispatcher of this.dispatchers.values()) dispatcher.stop();
    this.hospitals.stop();
    this.crews.stop();
  }

  /** Facts that are sent and not answered yet. */
  get unanswered(): number {
    return [...this.#desks.values()].reduce((sum, desk) => sum + desk.open, 0);
  }

  /** Everybody leaves; no answer is waited for any more. */
  leave(): void {
    this.stop();
    this.#haveLeft = true;
    for (const desk of this.#desks.values()) desk.leave();
    for (const board of [...this.boards.values(), ...this.hospitalBoards.values()]) board.close();
  }

  #dispatcher(centre: Name): Dispatcher {
    return new Dispatcher({
      board: this.board(centre),
      desk: this.#deskOf(centre, scriptedDispatcher),
      decides: () => this.#options.decides(centre) && !this.#isLeft(centre),
    });
  }

  #isLeft(site: Name): boolean {
    return this.#options.isLeft?.(site) === true;
  }

  #deskOf(site: Name, by: string): Desk {
    const known = this.#desks.get(site);
    if (known !== undefined) return known;
    const desk = new Desk(this.urlOf(site), by, this.#options.ledger);
    this.#desks.set(site, desk);
    // Whoever would sit down only now goes on trying for ever at an anchor that has ended.
    if (this.#haveLeft) desk.leave();
    return desk;
  }

  async #openPart(mission: PreparedMission, vehicle: Name): Promise<void> {
    this.crews.send(vehicle, mission, mission.destination);
    const id = await this.dispatcher(mission.centre).open(vehicle, mission.call);
    assert(id !== null, "the centre opened the mission");
    this.parts.set(mission.part, id);
  }

  async #openDue(): Promise<void> {
    const nowMs = Date.now();
    while (this.#waiting[0] !== undefined && this.#waiting[0].alarmMs <= nowMs) {
      const drawn = this.#waiting.shift();
      const vehicle = drawn && this.#freeVehicle(drawn.centre);
      // More calls than this rehearsal has ambulances: in reality one would come from farther away.
      if (drawn === undefined || vehicle === undefined) continue;
      this.crews.send(vehicle, drawn);
      await this.dispatcher(drawn.centre).open(vehicle, drawn.call);
    }
  }

  #freeVehicle(centre: Name): Name | undefined {
    const first = centre === preparedCentre ? preparedCount + 1 : 1;
    for (let number = first; number <= (ambulancesOf[centre] ?? 0); number += 1) {
      const vehicle = vehicleOf(centre, number);
      if (this.crews.isFree(vehicle)) return vehicle;
    }
    return undefined;
  }

  /** What a centre's board shows, the board of the hospital or crew concerned signals too, if it got there. */
  #bell(): void {
    for (const { id } of this.#options.data.region.controlCentres) {
      for (const row of this.board(id).missions.values()) {
        if (row.request.step === "asked") this.hospitals.ring(row.request.hospital);
        if (row.steered !== null) this.crews.ring(row.vehicle);
      }
    }
  }
}
