import { join } from "node:path";
import type { Visit } from "../anchor/boards/visits.ts";
import { assert } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { hourMs, minuteMs } from "../basics/time.ts";
import type { RegionData } from "../region/region-data.ts";
import type { Words } from "../region/words.ts";
import type { OrderAnswer, RehearsalOrder, RehearsalView } from "../site/views/rehearsal-view.ts";
import { Crowd } from "./crowd.ts";
import { scriptMark } from "./desk.ts";
import { Ledger } from "./ledger.ts";
import { Persons } from "./persons.ts";
import { nightHospital, nightProcess } from "./plan.ts";
import { preparedCentre } from "./prepared.ts";
import { Processes } from "./processes.ts";
import { boardLinks, processRows, type RowsContext } from "./rows.ts";
import { emptyRehearsal, isSetUp, type RehearsalOptions, setUpRehearsal } from "./setup.ts";
import { type Pace, Show } from "./show.ts";
import { isUnderWayTo } from "./sights.ts";
import { Walk } from "./walk.ts";
import { WalkWatch } from "./walk-watch.ts";
import { Ways } from "./ways.ts";

export type LiveOptions = Omit<RehearsalOptions, "policy" | "doors"> & {
  readonly doors: ReadonlyMap<string, number>;
  readonly root: string;
  readonly data: RegionData;
  /** False: the region without people, calls and the night. */
  readonly withNight: boolean;
  /** Whether somebody has the rehearsal's page open: then the night waits for the walk. */
  readonly isPageOpen: () => boolean;
  readonly say: (line: string) => void;
};

/** Hospitals say their states again well before an *open* of the region's policy runs out. */
const confirmEveryMs = 30 * minuteMs;
/** Of the life of an *open*, where that is short. */
const confirmWithin = 0.6;
/** The seed of what happens: everybody who starts the rehearsal sees the same calls. */
const seed = 4710;
const tickMs = 250;

/** What one night needs; another begins with others. */
type Night = { readonly crowd: Crowd; readonly show: Show; readonly watch: WalkWatch };

/** The region as a rehearsal on this machine: its processes, ways and people, and what a page orders. */
export class Live {
  readonly #options: LiveOptions;
  readonly #processes: Processes;
  readonly #ways = new Ways();
  readonly #persons = new Persons();
  readonly #walk = new Walk();
  readonly #timer: NodeJS.Timeout;
  #phase: RehearsalView["phase"] = "starting";
  #failure: Words | null = null;
  #openLivesMin: number | null = null;
  #night: Night | null = null;
  #isEnding = false;
  /** The first board is up before the night begins: whoever opens it then has opened it. */
  #isBoardOpened = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    const { dir, root } = options;
    this.#processes = new Processes({
      dir,
      root,
      onDied: (id, how) => this.#died(id, how),
      onVisit: (visit) => this.#visited(visit),
    });
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** Resolves when every process serves its boards: null, or why one does not. */
  async start(firstIsUp: () => void = () => undefined): Promise<string | null> {
    const { plan, ports, doors } = this.#options;
    await this.#ways.open(plan, (id) => {
      const port = ports.get(id) ?? doors.get(id);
      assert(port !== undefined, `${id} has a port`);
      return port;
    });
    return this.#begin(isSetUp(this.#settings()), firstIsUp);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    clearInterval(this.#timer);
    this.#night?.crowd.leave();
    await this.#processes.stopAll();
    this.#ways.close();
  }

  view(): RehearsalView {
    const { data, zone, name } = this.#options;
    const usualOpenLivesMin = data.policy.openRunsOutMin.value;
    const context = this.#rowsContext();
    const nowMs = Date.now();
    return {
      regionName: name,
      zone,
      phase: this.#phase,
      failure: this.#failure,
      night: this.#night?.show.row(this.#pace()) ?? { stage: "off", sinceMs: 0, nextMs: null },
      openLivesMin: this.#openLivesMin ?? usualOpenLivesMin,
      usualOpenLivesMin,
      processes: processRows(context, nowMs),
      ways: this.#ways.rows(),
      silentPeople: this.#night?.crowd.hospitals.left ?? [],
      // There a person decides all the time.
      persons: this.#persons.now(nowMs).filter(({ site }) => site !== preparedCentre),
      walk: this.#walk.steps,
      walkAt: this.#walk.current,
      walks: this.#walk.walks,
      boards: boardLinks(context),
    };
  }

  /** Carries out what a page orders, or says why not. */
  async obey(order: RehearsalOrder): Promise<OrderAnswer> {
    if (this.#isEnding) return refused(texts.ending);
    if (order.order === "start-over") return this.#startOver(order.openLivesMin);
    if (this.#phase === "starting") return refused(texts.starting);
    switch (order.order) {
      case "kill":
      case "start":
      case "freeze":
      case "thaw":
        return this.#handle(order.order, order.process);
      case "stand":
        return this.#ways.stand(order.way, order.standing) ? done : refused(texts.noSuchWay);
      case "restore":
        return this.#ways.restore(order.way) ? done : refused(texts.noSuchWay);
      case "leave":
      case "return":
        return this.#movePeople(order.order, order.hospital);
      case "onward":
        this.#walk.onward(order.step);
        return done;
      case "walk":
        this.#walk.want(order.walks);
        return done;
      case "next":
        this.#night?.show.call();
        return done;
    }
  }

  #settings(): RehearsalOptions {
    const policy = this.#openLivesMin === null ? {} : { openRunsOutMs: this.#openLivesMin * minuteMs };
    return { ...this.#options, policy };
  }

  async #begin(isReady: boolean, firstIsUp: () => void): Promise<string | null> {
    const settings = this.#settings();
    if (!isReady) {
      const emptied = emptyRehearsal(settings.dir);
      const made = emptied.ok ? setUpRehearsal(settings) : emptied;
      if (!made.ok) return this.#fail(made.error);
    }
    const failed = await this.#startAll(firstIsUp);
    if (failed !== null) return this.#fail(failed);
    this.#phase = "running";
    if (this.#options.withNight) this.#beginNight();
    return null;
  }

  /** The first board before everything else. Null, or why a process did not come up. */
  async #startAll(firstIsUp: () => void): Promise<string | null> {
    const [first = "", ...others] = this.#options.plan.processes.map(({ id }) => id);
    try {
      await this.#processes.start(first);
      firstIsUp();
      await Promise.all(others.map((id) => this.#processes.start(id)));
      return null;
    } catch (error) {
      return sentenceOf(error);
    }
  }

  #fail(sentence: string): string {
    this.#phase = "failed";
    this.#failure = { de: sentence, en: sentence };
    return sentence;
  }

  /** Everything from the beginning, with empty stores and new keys, at the same addresses. */
  async #startOver(openLivesMin: number | null): Promise<OrderAnswer> {
    if (this.#phase === "starting") return refused(texts.starting);
    this.#phase = "starting";
    this.#failure = null;
    this.#openLivesMin = openLivesMin;
    this.#night?.crowd.leave();
    this.#night = null;
    this.#persons.clear();
    this.#walk.startOver();
    this.#ways.restoreAll();
    await this.#processes.killEvery();
    const failed = await this.#begin(false, () => undefined);
    return failed === null ? done : refused({ de: failed, en: failed });
  }

  async #handle(what: "kill" | "start" | "freeze" | "thaw", id: string): Promise<OrderAnswer> {
    if (!this.#options.plan.processes.some((process) => process.id === id)) return refused(texts.noProcess);
    const state = this.#processes.stateOf(id);
    if (!possible[what].includes(state)) return refused(texts.notNow);
    try {
      if (what === "kill") await this.#processes.kill(id);
      else if (what === "freeze") this.#processes.freeze(id);
      else if (what === "thaw") this.#processes.thaw(id);
      else await this.#processes.start(id);
    } catch (error) {
      const sentence = sentenceOf(error);
      return refused({ de: sentence, en: sentence });
    }
    if (what === "start" && id === nightProcess) this.#night?.show.broughtBack(Date.now());
    return done;
  }

  #movePeople(what: "leave" | "return", hospital: Name): OrderAnswer {
    const isHospital = this.#options.data.hospitals.some(({ id }) => id === hospital);
    if (!isHospital || this.#night === null) return refused(texts.noHospital);
    const { hospitals } = this.#night.crowd;
    if (what === "leave") hospitals.leave(hospital);
    else hospitals.comeBack(hospital);
    return done;
  }

  /** Brings people and the night to the boards. */
  #beginNight(): void {
    const openLivesMs = (this.#openLivesMin ?? Number.POSITIVE_INFINITY) * minuteMs;
    const crowd = new Crowd({
      ...this.#options,
      seed,
      ledger: new Ledger(),
      watched: [],
      // In Düsseldorf the person at the board decides.
      decides: (centre) => centre !== preparedCentre,
      isLeft: (site) => this.#isLeft(site),
      isPlaced: (site) => this.#persons.places(site, Date.now()),
      personMs: (site) => this.#persons.lastMs(site),
      confirmEveryMs: Math.min(confirmEveryMs, openLivesMs * confirmWithin),
      aheadMs: 24 * hourMs,
    });
    crowd.sitDown();
    const watch = new WalkWatch(crowd.board(preparedCentre));
    if (this.#isBoardOpened) watch.opened();
    this.#night = { crowd, watch, show: new Show(this.#showPorts(crowd), Date.now()) };
    this.#attempt(crowd, () => beginCalls(crowd));
  }

  #showPorts(crowd: Crowd): ConstructorParameters<typeof Show>[0] {
    return {
      setOut: () => this.#attempt(crowd, () => crowd.openPrepared()),
      areUnderWay: () => arePreparedUnderWay(crowd),
      lose: () => {
        crowd.hospitals.leave(nightHospital);
        if (possible.kill.includes(this.#processes.stateOf(nightProcess)))
          this.#attempt(crowd, () => this.#processes.kill(nightProcess));
        this.#options.say(texts.silent);
      },
      bringBack: () => {
        if (possible.start.includes(this.#processes.stateOf(nightProcess)))
          this.#attempt(crowd, () => this.#processes.start(nightProcess));
        this.#options.say(texts.back);
      },
    };
  }

  /** What goes wrong in a night that is over already concerns nobody. */
  #attempt(crowd: Crowd, act: () => Promise<void>): void {
    act().catch((error) => {
      if (this.#night?.crowd === crowd && !this.#isEnding) this.#options.say(sentenceOf(error));
    });
  }

  #tick(): void {
    if (this.#night === null) return;
    this.#walk.look(this.#night.watch.sight());
    this.#night.show.tick(Date.now(), this.#pace());
  }

  /** Null: nobody wants to be walked through it, the night keeps its own time. */
  #pace(): Pace | null {
    if (!this.#walk.isUnderWay) return null;
    return {
      isAttended: this.#options.isPageOpen(),
      isRead: this.#walk.steps.some(({ step, state }) => step === "read" && state !== "open"),
      mayLose: this.#walk.isPast("read"),
      mayBringBack: this.#walk.isPast("answer"),
    };
  }

  #visited(visit: Visit): void {
    if (visit.what === "opened" && visit.site === preparedCentre) {
      this.#isBoardOpened = true;
      this.#night?.watch.opened();
    }
    const isPersons = visit.what === "began-shift" || (visit.what === "wrote" && !isScript(visit));
    const kind = visit.what === "wrote" ? visit.kind : null;
    if (isPersons) this.#persons.wrote(visit.site, kind, Date.now());
  }

  #isLeft(site: Name): boolean {
    const home = this.#options.plan.processes.find(({ hosted }) => hosted.some((one) => one.site === site));
    const isUp = home !== undefined && this.#processes.stateOf(home.id) === "running";
    return !isUp || this.#persons.isAt(site, Date.now());
  }

  #rowsContext(): RowsContext {
    const { plan, ports, data } = this.#options;
    const hospitals = data.hospitals;
    const crowd = this.#night?.crowd;
    const centres = crowd === undefined ? [] : data.region.controlCentres.map(({ id }) => crowd.board(id));
    const stateOf = (id: string) => this.#processes.stateOf(id);
    return { plan, ports, hospitals, centres, stateOf };
  }

  #died(id: string, how: string): void {
    if (!this.#isEnding) this.#options.say(texts.died(id, how, join(this.#options.dir, id, "diary.txt")));
  }
}

const done: OrderAnswer = { ok: true };

function refused(sentence: Words): OrderAnswer {
  return { ok: false, sentence };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** In which states of a process each order makes sense. */
const possible: { readonly [order in "kill" | "start" | "freeze" | "thaw"]: readonly string[] } = {
  kill: ["running", "frozen", "starting"],
  start: ["killed", "died"],
  freeze: ["running"],
  thaw: ["frozen"],
};

/** The board tells by itself whether somebody listens; that is no word of a person. */
const toldByBoards = "board.sound/1";

function isScript(visit: Extract<Visit, { readonly what: "wrote" }>): boolean {
  return visit.request.startsWith(scriptMark) || visit.kind === toldByBoards;
}

async function beginCalls(crowd: Crowd): Promise<void> {
  for (const [centre, dispatcher] of crowd.dispatchers) {
    const board = crowd.board(centre);
    await board.until(({ own }) => own !== null, minuteMs);
    // What an earlier rehearsal left under way has no crew any more.
    for (const row of [...board.missions.values()]) {
      if (row.owners.includes(centre)) await dispatcher.close(row);
    }
  }
  await crowd.hospitals.reportAll();
  crowd.hospitals.startConfirming();
  await crowd.startCalls();
}

function arePreparedUnderWay(crowd: Crowd): boolean {
  const { missions } = crowd.board(preparedCentre);
  const prepared = [...crowd.parts].filter(([part]) => part !== "taken-over");
  const isUnderWay = isUnderWayTo(nightHospital);
  return (
    prepared.length > 0 &&
    prepared.every(([, id]) => {
      const row = missions.get(id);
      return row !== undefined && isUnderWay(row) && row.request.step === "answered";
    })
  );
}

const texts = {
  starting: {
    de: "Die Probe fährt gerade hoch. Bitte gleich noch einmal.",
    en: "The rehearsal is starting. Please try again in a moment.",
  },
  ending: { de: "Die Probe endet gerade.", en: "The rehearsal is ending." },
  noSuchWay: { de: "Diese Strecke gibt es nicht.", en: "There is no such way." },
  noProcess: { de: "Diesen Prozess gibt es nicht.", en: "There is no such process." },
  noHospital: { de: "Dieses Haus hat hier keine Leute.", en: "This hospital has no people here." },
  notNow: {
    de: "So, wie dieser Prozess gerade steht, geht das nicht.",
    en: "As this process stands now, that cannot be done.",
  },
  silent:
    "Die Uniklinik Düsseldorf ist gerade ausgefallen. / Düsseldorf University Hospital has just failed.",
  back: "Die Uniklinik Düsseldorf ist wieder gestartet. / Düsseldorf University Hospital has started again.",
  died: (id: string, how: string, diary: string): string =>
    `Der Prozess „${id}“ ist unerwartet beendet (${how}); siehe ${diary}. / The process "${id}" ended unexpectedly (${how}); see ${diary}.`,
};
