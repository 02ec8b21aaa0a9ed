import { assert, present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { minuteMs, secondMs } from "../basics/time.ts";
import { BusyCore } from "./busy-core.ts";
import { Crowd } from "./crowd.ts";
import type { Written } from "./desk.ts";
import { lastWordsUnmet } from "./last-words.ts";
import { Ledger } from "./ledger.ts";
import type { LiveBoard } from "./live-board.ts";
import { Meter } from "./meter.ts";
import type { Pace } from "./pace.ts";
import { neighbourHospital, nightHospital, nightProcess } from "./plan.ts";
import { closingHospital, preparedCentre } from "./prepared.ts";
import type { Seen } from "./seen.ts";
import {
  atLossOf,
  cellsAt,
  centreIs,
  heardBy,
  isAcceptedElsewhere,
  isDecided,
  isUnderWayTo,
  verdictAt,
} from "./sights.ts";
import { Stage, type StageOptions } from "./stage.ts";
import type { Fault } from "./verdict.ts";
import { Watch } from "./watch.ts";

export type NightOptions = Omit<StageOptions, "openRunsOutMs" | "cutOff"> & {
  readonly fault: Fault;
  readonly seed: number;
  readonly pace: Pace;
  /** A process beside it keeps one core busy while latencies are measured. */
  readonly loadCore: boolean;
  /** A line of what happens, for the one who watches. */
  readonly say: (line: string) => void;
};

/** Its box lives while nobody answers: what it said runs out. Far from where the night happens. */
const emptyHospital: Name = "kempen-geist";
/** Hospitals, besides the neighbour, before whose boards somebody sits and whose receipts are timed. */
const timedHospitals: readonly Name[] = [
  neighbourHospital,
  "krefeld-helios",
  "essen-elisabeth",
  "solingen-klinikum",
  "gladbach-maria-hilf",
  "moers-bethanien",
];
/** What the hospital of the night says before its loss that does not end by itself. */
const fullThere = "psychiatry";

/** The centre that is lost and cut off in turn, and the one that takes its missions over. */
export const firstCentre = preparedCentre;
export const otherCentre: Name = "wuppertal";
const pauseMs = 6 * secondMs;
/** A cut-off centre stays so for a while after it has said so. */
const cutOffForMs = 5 * secondMs;
const settleMs = 6 * secondMs;
/** Patience for what must happen soon; a machine with other work may be slow. */
const soonMs = 30 * secondMs;
const longMs = 60 * secondMs;

/** Plays one night from its first to its last line. Every process has ended when this returns, or throws. */
export async function playNight(options: NightOptions): Promise<Seen> {
  const { openRunsOutMs } = options.pace;
  const stage = await Stage.build({ ...options, openRunsOutMs, cutOff: [nightProcess, firstCentre] });
  const night = new Night(options, stage);
  try {
    await stage.start();
    await night.play();
    return night.seen;
  } finally {
    night.leave();
    await stage.end();
  }
}

class Night {
  readonly seen: Seen;
  readonly #options: NightOptions;
  readonly #stage: Stage;
  readonly #crowd: Crowd;
  readonly #beganMs = Date.now();
  readonly #timers: NodeJS.Timeout[] = [];
  #busy: BusyCore | null = null;
  #bedReports = 0;

  constructor(options: NightOptions, stage: Stage) {
    const { pace } = options;
    const ledger = new Ledger();
    this.#options = options;
    this.#stage = stage;
    this.#crowd = new Crowd({
      ...options,
      ports: stage.ports,
      ledger,
      watched: [nightHospital, ...timedHospitals],
      decides: () => true,
      confirmEveryMs: pace.confirmEveryMs,
      aheadMs: 10 * minuteMs,
      onSaying: (hospital, capability, sentMs) => this.seen.meter.sent(hospital, capability, sentMs),
      onSaid: ({ hospital, written }) => this.#timeReceipt(hospital, written),
      onLook: ({ own }) => this.seen.watch.seeCentres(own),
    });
    const { boards, hospitalBoards, hospitals } = this.#crowd;
    const watch = new Watch({
      centres: [this.#first, this.#other],
      boards: [...boards.values(), ...hospitalBoards.values()],
      hospitals,
      openRunsOutMs: pace.openRunsOutMs,
    });
    for (const board of hospitalBoards.values())
      board.listen(() => board.own !== null && watch.seeCentres(board.own));
    this.seen = {
      crowd: this.#crowd,
      ledger,
      meter: new Meter(this.#first),
      watch,
      died: stage.died,
      hospitals: 0,
      faultMs: 0,
      inbound: new Map(),
      adviceMs: Number.POSITIVE_INFINITY,
      firstCentreLostMs: 0,
      cutOff: { fromMs: 0, toMs: 0 },
      restartedHeardMs: 0,
      watchedMs: 0,
      busyPercent: null,
      unmet: [],
    };
  }

  get #first(): LiveBoard {
    return this.#crowd.board(firstCentre);
  }

  get #other(): LiveBoard {
    return this.#crowd.board(otherCentre);
  }

  async play(): Promise<void> {
    await this.#begin();
    const watchedFromMs = Date.now();
    await this.#loseHospital();
    await Promise.all([this.#decideAll(), wait(this.#options.pace.lostForMs)]);
    await this.#bringHospitalBack();
    await this.#holdItsWays();
    await this.#loseFirstCentre();
    await this.#cutFirstCentreOff();
    await this.#seeRunOut();
    await wait(Math.max(0, watchedFromMs + this.#options.pace.nightMs - Date.now()));
    this.seen.watchedMs = Date.now() - watchedFromMs;
    await this.#end();
  }

  leave(): void {
    void this.#busy?.stop();
    for (const timer of this.#timers) clearInterval(timer);
    this.seen.watch.stop();
    this.#crowd.leave();
  }

  /** Everybody sits down, every hospital reports, missions run, and the prepared ones are under way. */
  async #begin(): Promise<void> {
    const { hospitals } = this.#crowd;
    this.#crowd.sitDown();
    const all = this.#options.data.hospitals.length;
    const isWhole = (board: LiveBoard): boolean => heardBy(board) === all && this.#isCentreHeard(board);
    await this.#must("all sites heard by both centres", this.#first.until(isWhole, longMs));
    await this.#must("all sites heard by both centres", this.#other.until(isWhole, longMs));
    this.seen.hospitals = heardBy(this.#first);
    this.#say(`${all} hospitals heard`);
    await hospitals.reportAll();
    await hospitals.say({ hospital: nightHospital, capability: fullThere }, "full", "no-beds");
    hospitals.leave(emptyHospital);
    hospitals.startConfirming();
    await this.#crowd.startCalls();
    this.#say("all have reported; missions run");
    await this.#openPrepared();
    if (this.#options.loadCore) this.#busy = new BusyCore();
    this.seen.meter.begin();
    const everyMs = this.#options.pace.bedsEveryMs / timedHospitals.length;
    this.#timers.push(setInterval(() => this.#reportBeds(), everyMs));
    await wait(this.#options.pace.calmMs);
  }

  async #openPrepared(): Promise<void> {
    const { hospitals } = this.#crowd;
    await this.#crowd.openPrepared();
    hospitals.leaveUnanswered(nightHospital, this.#crowd.part("asked"));
    const requests = { asked: "asked", accepted: "ready", near: "ready", declined: "ready" } as const;
    const isReady = (): boolean =>
      Object.entries(requests).every(([part, request]) => {
        const row = this.#first.missions.get(this.#crowd.part(part as keyof typeof requests));
        return row?.destination?.hospital === nightHospital && atLossOf(row).request === request;
      });
    await this.#must("the prepared missions under way", this.#first.until(isReady, longMs));
    // Only now: its first answer was the lost hospital's own.
    hospitals.declineFirst(this.#crowd.part("declined"));
    this.#say("the prepared missions are under way");
  }

  /** One hospital after the other: nurses in different houses do not tap in the same millisecond. */
  #reportBeds(): void {
    const site = present(timedHospitals[this.#bedReports % timedHospitals.length], "some are timed");
    this.#bedReports += 1;
    const body = { ward: "general", free: 1 + (Date.now() % 20), over: [] };
    void this.#crowd
      .nurseAt(site)
      .write("hospital.beds/1", body)
      .then((written) => written && this.#timeReceipt(site, written));
  }

  #timeReceipt(site: Name, written: Written): void {
    if (timedHospitals.includes(site)) this.seen.meter.answered(this.#crowd.hospitalBoard(site), written);
  }

  async #loseHospital(): Promise<void> {
    const { fault, seed } = this.#options;
    this.#crowd.hospitals.leave(nightHospital);
    const stop = this.#first.listen((_push, receivedMs) => this.#watchAdvice(receivedMs));
    this.seen.watch.begin(nightHospital);
    this.seen.faultMs = Date.now();
    if (fault === "kill") await this.#stage.processes.kill(nightProcess);
    else if (fault === "freeze") this.#stage.processes.freeze(nightProcess);
    else this.#stage.cutOff(nightProcess, isOneWay(seed) ? "what-it-sends" : "both");
    this.#say(`${nightHospital} lost: ${fault}${fault === "cut" && isOneWay(seed) ? ", one way" : ""}`);
    await this.#must("both centres find it silent", this.#bothSee(nightHospital, "silent"));
    await this.#must(
      "advice for every mission under way there",
      this.#first.until(() => Number.isFinite(this.seen.adviceMs), soonMs),
    );
    stop();
    this.#say(`silent; ${this.seen.inbound.size} missions under way there`);
  }

  #watchAdvice(receivedMs: number): void {
    const { seen } = this;
    if (verdictAt(this.#first, nightHospital) !== "silent") return;
    if (seen.inbound.size === 0) {
      const there = [...this.#first.missions.values()].filter(isUnderWayTo(nightHospital));
      seen.inbound = new Map(there.map((row) => [row.mission, atLossOf(row)]));
    }
    const isAdvised = [...seen.inbound.keys()].every((mission) => {
      const row = this.#first.missions.get(mission);
      return row === undefined || row.kept !== null || isDecided(row);
    });
    if (isAdvised) seen.adviceMs = Math.min(seen.adviceMs, receivedMs);
  }

  /** Every mission that was under way there is kept, or steered elsewhere and accepted there. */
  async #decideAll(): Promise<void> {
    const isSettled = (mission: string): boolean => {
      const row = this.#first.missions.get(mission);
      if (row === undefined || row.kept !== null) return true;
      const { destination, request } = row;
      return (
        destination !== null &&
        destination.hospital !== nightHospital &&
        request.step === "answered" &&
        request.answer === "ready" &&
        request.hospital === destination.hospital
      );
    };
    const knows = this.#hospitalKnows();
    const all = this.#first.until(() => [...this.seen.inbound.keys()].every(isSettled), longMs);
    this.#expect(await all, "not every mission under way to the lost hospital was settled");
    this.#say("every mission under way there is kept or accepted elsewhere");
    this.#expect(await knows, "the hospital that was cut off did not say so on its own board");
  }

  /** Of the way on which it only hears, others let go after a while: then it is cut off in both directions. */
  async #hospitalKnows(): Promise<boolean> {
    if (this.#options.fault !== "cut") return true;
    const board = this.#crowd.hospitalBoard(nightHospital);
    return isOneWay(this.#options.seed)
      ? board.until(({ own }) => own?.notHeard === true, soonMs)
      : board.until(({ own }) => own?.cutOffSinceMs != null, soonMs);
  }

  async #bringHospitalBack(): Promise<void> {
    const { fault } = this.#options;
    const before = cellsAt(this.#first, nightHospital);
    const backMs = Date.now();
    if (fault === "kill") await this.#stage.processes.start(nightProcess);
    else if (fault === "freeze") this.#stage.processes.thaw(nightProcess);
    else this.#stage.restoreAll();
    await this.#must("the hospital heard again", this.#bothSee(nightHospital, "heard"));
    this.#countHeard(backMs);
    this.seen.watch.end(nightHospital);
    this.#say("the hospital is heard again");
    const wordOn = (capability: string) => this.#crowd.hospitals.wordOn(nightHospital, capability);
    const people = { backMs, full: fullThere, wordOn } as const;
    this.seen.unmet.push(...lastWordsUnmet(before, cellsAt(this.#first, nightHospital), people));
  }

  /** Six seconds without a byte on any of its ways are no silence: nobody knows of it meanwhile, only the limit keeps it heard. */
  async #holdItsWays(): Promise<void> {
    this.#stage.standStill(nightProcess);
    const isLate = (board: LiveBoard): boolean => verdictAt(board, nightHospital) === "late";
    const late = await Promise.all([
      this.#first.until(isLate, pauseMs),
      this.#other.until(isLate, pauseMs),
      wait(pauseMs),
    ]);
    this.#stage.restoreAll();
    this.#expect(!late.includes(false), "a hospital whose ways all stood still was heard on another");
    await this.#must("the hospital heard again", this.#bothSee(nightHospital, "heard"));
    this.#say(`all ways of ${nightHospital} stood still for 6 s`);
  }

  /** The other centre writes the loss, takes the missions over and steers one of them, until the first is back. */
  async #loseFirstCentre(): Promise<void> {
    const { seen } = this;
    seen.meter.suspend();
    seen.watch.begin(firstCentre);
    seen.firstCentreLostMs = Date.now();
    await this.#stage.processes.kill(firstCentre);
    this.#say(`${firstCentre} lost`);
    await this.#must(
      "the other centre finds it silent",
      this.#other.until(centreIs(firstCentre, "silent"), soonMs),
    );
    const isTakenOver = ({ missions }: LiveBoard): boolean =>
      [...missions.values()].every(({ owners }) => !owners.includes(firstCentre));
    this.#expect(
      await this.#other.until(isTakenOver, soonMs),
      "the other centre did not take over all missions",
    );
    const { hospitals } = this.#crowd;
    const emergency = { hospital: closingHospital, capability: "emergency-department" } as const;
    await hospitals.say(emergency, "cannot", "it-failure");
    const part = this.#crowd.part("taken-over");
    const isSteered = await this.#other.until(
      ({ missions }) => isAcceptedElsewhere(missions.get(part)),
      soonMs,
    );
    this.#expect(isSteered, "the other centre steered no mission that it had taken over");
    this.#say(`${otherCentre} has taken over and steered`);
    await hospitals.say(emergency, "open", null);
    const backMs = Date.now();
    await this.#stage.processes.start(firstCentre);
    await this.#must("the centre heard again", this.#other.until(centreIs(firstCentre, "heard"), soonMs));
    this.#countHeard(backMs);
    await this.#firstCentreIsBack();
    this.#say(`${firstCentre} is back`);
  }

  /** Nobody is accused by a centre that hears nobody: its board says that it is cut off. */
  async #cutFirstCentreOff(): Promise<void> {
    const { seen } = this;
    seen.meter.suspend();
    seen.watch.begin(firstCentre);
    seen.cutOff = { fromMs: Date.now(), toMs: 0 };
    this.#stage.cutOff(firstCentre, "both");
    const isShown = await this.#first.until(({ own }) => own?.cutOffSinceMs != null, soonMs);
    this.#expect(isShown, "the board of the centre that was cut off did not say so");
    this.#say(`${firstCentre} knows that it is cut off`);
    await wait(cutOffForMs);
    this.#stage.restoreAll();
    await this.#must(
      "the centre is no longer cut off",
      this.#first.until(({ own }) => own?.cutOffSinceMs === null, soonMs),
    );
    seen.cutOff.toMs = Date.now();
    await this.#must("the centre heard again", this.#other.until(centreIs(firstCentre, "heard"), soonMs));
    await this.#firstCentreIsBack();
    this.#say(`${firstCentre} hears the region again`);
  }

  async #firstCentreIsBack(): Promise<void> {
    const all = this.#options.data.hospitals.length;
    await this.#must(
      "all sites heard again",
      this.#first.until((board) => heardBy(board) === all, longMs),
    );
    this.seen.watch.end(firstCentre);
    this.seen.meter.resume();
  }

  /** What the hospital said for which nobody answers any more has run out on both centres' boards. */
  async #seeRunOut(): Promise<void> {
    for (const board of [this.#first, this.#other]) {
      const hasRunOut = await board.until(
        () =>
          [...cellsAt(board, emptyHospital).values()].every(
            ({ state }) => state === "unconfirmed" || state === "full",
          ),
        this.#options.pace.openRunsOutMs + soonMs,
      );
      this.#expect(hasRunOut && cellsAt(board, emptyHospital).size > 0, `${emptyHospital} did not run out`);
    }
    this.#say(`nobody answers in ${emptyHospital}: its states have run out`);
  }

  /** Nobody begins anything new, everything sent is answered, and the boards come to rest. */
  async #end(): Promise<void> {
    this.#crowd.stop();
    for (const timer of this.#timers) clearInterval(timer);
    const untilMs = Date.now() + longMs;
    while (Date.now() < untilMs && this.#crowd.unanswered > 0) await wait(100);
    // Beats tell who lacks what, one a second; an exchange begins when they differ twice.
    await wait(settleMs);
    this.#expect(this.#crowd.unanswered === 0, `${this.#crowd.unanswered} facts were never answered`);
    this.seen.meter.finish(Date.now());
    this.seen.busyPercent = (await this.#busy?.stop()) ?? null;
    this.#say("the night is over");
  }

  #isCentreHeard(board: LiveBoard): boolean {
    return board.own?.centres.every(({ contact }) => contact.verdict === "heard") ?? false;
  }

  async #bothSee(hospital: Name, verdict: string): Promise<boolean> {
    const isSeen = (board: LiveBoard): boolean => verdictAt(board, hospital) === verdict;
    const both = await Promise.all([this.#first.until(isSeen, soonMs), this.#other.until(isSeen, soonMs)]);
    return both.every((seen) => seen);
  }

  #countHeard(fromMs: number): void {
    this.seen.restartedHeardMs = Math.max(this.seen.restartedHeardMs, Date.now() - fromMs);
  }

  /** Without this the script cannot go on. */
  async #must(what: string, happens: Promise<boolean>): Promise<void> {
    assert(await happens, `the night goes on: ${what}`);
  }

  #expect(holds: boolean, otherwise: string): void {
    if (!holds) this.seen.unmet.push(otherwise);
  }

  #say(line: string): void {
    const { fault, seed } = this.#options;
    this.#options.say(
      `${fault} ${seed} ${((Date.now() - this.#beganMs) / secondMs).toFixed(1).padStart(6)} s  ${line}`,
    );
  }
}

/** Of the seeds 1, 2 and 3 one: what the hospital sends vanishes, and it still hears everybody. */
export function isOneWay(seed: number): boolean {
  return seed % 3 === 2;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
