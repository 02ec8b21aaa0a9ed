import { present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { type Random, seededRandom } from "../basics/random.ts";
import { secondMs } from "../basics/time.ts";
import { formatVkey } from "../log/vkey.ts";
import type { LogAppend, Submission, SubmitAnswer } from "../site/effects.ts";
import type { House } from "../site/state.ts";
import { acknowledgedStays } from "./check-acknowledged.ts";
import { contactIsTrue } from "./check-contact.ts";
import { nothingEarly } from "./check-early.ts";
import { nothingForged } from "./check-forged.ts";
import { forksAreKnown } from "./check-forks.ts";
import { receiptsAreTrue } from "./check-receipts.ts";
import { nothingInTheClear } from "./check-sealed.ts";
import { nobodyIsSilent } from "./check-silence.ts";
import { snapshotIsFold } from "./check-snapshot.ts";
import { foldIsOrderless, ownFoldText, vectorIsStore } from "./check-state.ts";
import { staysStill } from "./check-still.ts";
import { unionIsEqual } from "./check-union.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import { missingToAgree, missingToConverge } from "./convergence.ts";
import { enrolmentOf, importRun, writeCharter } from "./enrolment.ts";
import { drawFaults, drawWeather, type FaultGround, lossyWeather, planFaults } from "./fault-plan.ts";
import { FaultCounts, type FaultKind } from "./faults.ts";
import { ed25519Keys, type Keys, keyedHashKeys } from "./keys.ts";
import { drawKnobs, eventsMax, type Knobs, lossyKnobs, withinBudget } from "./knobs.ts";
import { drawLiars, type Liars } from "./liars.ts";
import { Network } from "./network.ts";
import { SimulatedProcess, wallStartMs } from "./process.ts";
import { twinsMax } from "./put-back.ts";
import { replayAll, replayFromSnapshot } from "./replay.ts";
import {
  devicesOf,
  drawRoster,
  newDevice,
  type Roster,
  type SimulatedHouse,
  sizeOf,
  withRecipients,
} from "./roster.ts";
import { drawRecipient, Sealing } from "./sealing.ts";
import { StoreBooks } from "./store-books.ts";
import { Timeline } from "./timeline.ts";
import { Workload } from "./workload.ts";

/** What came of one seed. */
export type SeedReport = {
  readonly seed: number;
  readonly processes: number;
  readonly events: number;
  readonly virtualMs: number;
  /** Entries in each store at the end. */
  readonly facts: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** Of how many stores a snapshot was opened at the end. */
  readonly snapshots: number;
  /** Null: every promise was kept. */
  readonly failure: { readonly checker: string; readonly atMs: number; readonly message: string } | null;
};

/** Every so many seeds sign with real Ed25519. */
const realKeysEvery = 20;
/** In as many others an enrolled device lies; where somebody lies, nothing but real keys will do. */
const [lyingEvery, lyingAt] = [20, 10];
/** In every so many, people seal what they say of persons, share it and erase it. */
const [sealingEvery, sealingAt] = [5, 3];
/** In every so many, a process of several devices looks after them in turns. */
const [turnsEvery, turnsAt] = [4, 2];
/** In every so many, one hospital is reached through another one alone. */
const [relayedEvery, relayedAt] = [7, 6];
const convergeWithinMs = 90 * secondMs;
/** What was sent before all agreed may still be under way for so long. */
const underWayMs = 6 * secondMs;
const stillForMs = 12 * secondMs;

/** One seed, so many virtual hours of a network that loses packets, and nothing else. */
export function runLossyHours(seed: number, hours: number): SeedReport {
  return runWorld(new World(seed, hours));
}

/** One seed, one run: a region under faults, watched all the time, then calm until all have converged. */
export function runSeed(seed: number): SeedReport {
  return runWorld(new World(seed, null));
}

function runWorld(world: World): SeedReport {
  try {
    world.run();
    return world.report(null);
  } catch (error) {
    const checker = error instanceof CheckFailure ? error.checker : "no-throw";
    const message = error instanceof CheckFailure ? error.message : String((error as Error).stack);
    return world.report({ checker, atMs: world.timeline.nowMs, message });
  }
}

class World {
  readonly timeline = new Timeline();
  readonly #seed: number;
  readonly #random: Random;
  readonly #keys: Keys;
  readonly #counts = new FaultCounts();
  readonly #drawn: ReadonlySet<FaultKind>;
  readonly #isLossy: boolean;
  readonly #takesTurns: boolean;
  readonly #knobs: Knobs;
  readonly #roster: Roster;
  readonly #sealing: Sealing | null;
  readonly #liars: Liars | null;
  readonly #books: StoreBooks;
  readonly #network: Network;
  readonly #workload: Workload;
  readonly #processes: readonly SimulatedProcess[];
  /** Second machines, until all that they hold is elsewhere too. */
  readonly #twins: SimulatedProcess[] = [];
  readonly #anew = new Map<SimulatedProcess, House>();
  readonly #still = staysStill();
  readonly #snapshots = snapshotIsFold(
    (process, snapshot) => {
      const house = process.newHouse();
      const { wallMs } = process.now();
      return replayFromSnapshot(house, process.store, snapshot, this.#random, wallMs) ?? house;
    },
    { found: ownFoldText, anew: (process) => ownFoldText(this.#foldedAnew(process)) },
  );
  readonly #checkers: readonly Checker[];
  readonly #untilMs: number;

  /** @param lossyHours so long a lossy network and no other fault; null: what the seed draws */
  constructor(seed: number, lossyHours: number | null) {
    const random = seededRandom(seed);
    this.#seed = seed;
    this.#random = random;
    const isLying = lossyHours === null && seed % lyingEvery === lyingAt;
    const isReal = isLying || (lossyHours === null && seed % realKeysEvery === 0);
    this.#keys = isReal ? ed25519Keys(isLying) : keyedHashKeys;
    this.#isLossy = lossyHours !== null;
    const knobs = lossyHours === null ? drawKnobs(random) : lossyKnobs(lossyHours);
    this.#drawn = lossyHours === null ? drawFaults(random) : new Set();
    const isRelayed = lossyHours === null && seed % relayedEvery === relayedAt;
    const roster = drawRoster(random, this.#keys, knobs, isRelayed);
    const twins = this.#drawn.has("twin") ? twinsMax : 0;
    this.#takesTurns = lossyHours === null && seed % turnsEvery === turnsAt;
    this.#knobs = lossyHours === null ? withinBudget(knobs, sizeOf(roster, this.#takesTurns, twins)) : knobs;
    const isSealing = lossyHours === null && seed % sealingEvery === sealingAt;
    this.#roster = isSealing ? withRecipients(roster, () => drawRecipient(random)) : roster;
    this.#sealing = isSealing ? new Sealing(random, this.#keys.crypto.sha256, devicesOf(this.#roster)) : null;
    this.#liars = isLying ? drawLiars(random, this.#keys, this.#roster) : null;
    this.#books = new StoreBooks(this.#keys);
    this.#network = new Network(
      this.timeline,
      random,
      this.#counts,
      this.#isLossy ? lossyWeather(random) : drawWeather(random, this.#drawn),
    );
    const { factEveryMaxMs } = this.#knobs;
    const devices = devicesOf(this.#roster);
    this.#workload = new Workload(this.timeline, random, devices, factEveryMaxMs, this.#sealing);
    for (const { id } of this.#liars?.devices ?? []) this.#books.expectForks(id);
    this.#checkers = this.#newCheckers();
    this.#processes = this.#roster.houses.map((plan) => this.#newProcess(plan));
    this.#untilMs = this.#knobs.faultsLastMs;
  }

  run(): void {
    this.#open();
    this.timeline.runUntil(this.#untilMs);
    this.#calm();
    this.#retireTwins();
    this.#converge();
    this.timeline.runUntil(this.timeline.nowMs + underWayMs);
    this.#still.begin();
    this.timeline.runUntil(this.timeline.nowMs + stillForMs);
    for (const checker of this.#checkers) checker.ended?.(this.#processes);
    this.#checkFaults();
  }

  report(failure: SeedReport["failure"]): SeedReport {
    const [first] = this.#processes;
    const logs = first?.store.storedLogs();
    return {
      seed: this.#seed,
      processes: this.#processes.length,
      events: this.timeline.events,
      virtualMs: this.timeline.nowMs,
      facts: logs?.ok ? logs.value.reduce((sum, { checkpoint }) => sum + checkpoint.size, 0) : 0,
      faults: this.#counts.all(),
      snapshots: this.#snapshots.used(),
      failure,
    };
  }

  #newCheckers(): readonly Checker[] {
    const books = this.#books;
    const keeper: Checker = {
      name: "stored-logs",
      started: (process) => books.update(process),
      durable: (process) => books.update(process),
      putBack: (process) => books.putBack(process),
    };
    return [
      keeper,
      nothingEarly(books),
      nothingForged(this.#liars?.keyless ?? new Set()),
      receiptsAreTrue(books, () => this.#processes),
      unionIsEqual(books),
      vectorIsStore(books),
      acknowledgedStays(books, () => [...this.#processes, ...this.#twins]),
      forksAreKnown(books),
      this.#still,
      contactIsTrue(),
      ...(this.#isLossy ? [nobodyIsSilent()] : []),
      ...(this.#sealing === null ? [] : [nothingInTheClear(this.#sealing)]),
      foldIsOrderless((process) => this.#foldedAnew(process)),
      this.#snapshots,
    ];
  }

  /** At the end, when nothing is stored any more: once for each store, however many checkers ask. */
  #foldedAnew(process: SimulatedProcess): House {
    const known = this.#anew.get(process);
    if (known !== undefined) return known;
    const house = process.newHouse();
    replayAll(house, process.store, this.#random);
    this.#anew.set(process, house);
    return house;
  }

  #newProcess(plan: SimulatedHouse, isPlaced = true): SimulatedProcess {
    const { region, authority } = this.#roster;
    const ports = {
      timeline: this.timeline,
      network: this.#network,
      random: this.#random,
      counts: this.#counts,
      keys: this.#keys,
      region,
      authority: authority.signer.vkey,
      checkers: this.#checkers,
      takesTurns: this.#takesTurns,
      sealing: this.#sealing,
      answered: (_: SimulatedProcess, submission: Submission, answer: SubmitAnswer) =>
        this.#workload.answered(submission, answer),
    };
    return new SimulatedProcess(plan, ports, isPlaced);
  }

  #newTwin({ name, devices }: SimulatedProcess): SimulatedProcess {
    const twin = this.#newProcess({ name: `${name}, twin ${this.#twins.length + 1}`, devices }, false);
    twin.commitTakesMs = this.#knobs.commitTakesMs;
    this.#twins.push(twin);
    this.#workload.begin([twin]);
    return twin;
  }

  /** The charter comes first, into every store; then the processes start, one a moment later than the other. */
  #open(): void {
    const charter = this.#writeCharter();
    for (const process of this.#processes) {
      importRun(process.store, charter, process.now().wallMs);
      process.commitTakesMs = this.#knobs.commitTakesMs;
      this.timeline.after(this.#random.below(secondMs), () => process.start());
    }
    if (!this.#isLossy) planFaults(this.#ground(), this.#drawn);
    this.#planLateEnrolment();
    this.#workload.begin(this.#processes);
    this.#liars?.begin({
      timeline: this.timeline,
      network: this.#network,
      random: this.#random,
      counts: this.#counts,
      sha256: this.#keys.crypto.sha256,
    });
  }

  #ground(): FaultGround {
    return {
      timeline: this.timeline,
      random: this.#random,
      counts: this.#counts,
      network: this.#network,
      processes: this.#processes,
      untilMs: this.#untilMs,
      commitTakesMs: this.#knobs.commitTakesMs,
      newTwin: (process) => this.#newTwin(process),
      write: (process) => this.#workload.write(process),
    };
  }

  #writeCharter(): LogAppend {
    const { authority } = this.#roster;
    const spare = newDevice(this.#random, this.#keys, {
      site: "authority",
      device: "spare",
      type: "authority",
    });
    const enrolled = devicesOf(this.#roster).filter((device) => !device.late && device.id !== authority.id);
    const liars = this.#liars?.devices ?? [];
    const all = [...enrolled, ...liars];
    return writeCharter(this.#keys, authority, all, formatVkey(spare.signer.vkey), wallStartMs);
  }

  #planLateEnrolment(): void {
    const late = devicesOf(this.#roster).filter((device) => device.late);
    const desk = present(this.#processes[0], "the first process keeps the authority's log");
    for (const device of late) {
      this.timeline.after(this.#untilMs / 2, () => {
        this.#workload.enrol(desk, this.#roster.authority, enrolmentOf(device));
        this.#counts.add("late-enrolment");
      });
    }
  }

  /** Faults stop here: paths and disks work, clocks stay as wrong as they are, and everybody runs. */
  #calm(): void {
    this.#network.calm();
    this.#liars?.end();
    this.#workload.end();
    for (const process of [...this.#processes, ...this.#twins]) {
      process.store.fail(null);
      process.commitTakesMs = this.#knobs.commitTakesMs;
      if (process.up) process.resumeNow();
      else process.start();
    }
  }

  /** A second machine is found out and taken away, when nothing lies on it alone. */
  #retireTwins(): void {
    if (this.#twins.length === 0) return;
    this.#waitUntil(() => missingToAgree([...this.#processes, ...this.#twins], this.#books));
    for (const twin of this.#twins.splice(0)) {
      this.#workload.forget(twin);
      twin.crash();
    }
  }

  #converge(): void {
    this.#waitUntil(() => {
      const { waiting } = this.#workload;
      return waiting > 0
        ? `${waiting} facts wait`
        : missingToConverge(this.#processes, this.#books, this.#lyingSites);
    });
    const [first] = this.#processes;
    if (first !== undefined && this.#books.of(first).commons.size > 0) this.#counts.add("fork");
  }

  get #lyingSites(): ReadonlySet<Name> {
    return new Set(this.#liars?.devices.map(({ site }) => site));
  }

  #waitUntil(lacking: () => string | null): void {
    const untilMs = this.timeline.nowMs + convergeWithinMs;
    let missing: string | null = "nothing yet";
    while (missing !== null && this.timeline.nowMs < untilMs) {
      this.timeline.runUntil(this.timeline.nowMs + secondMs);
      missing = lacking();
      if (!this.#isLossy && this.timeline.events > eventsMax)
        throw new CheckFailure("events", `over ${eventsMax} events`);
    }
    if (missing !== null) throw new CheckFailure("convergence", missing);
  }

  /** A run whose faults did not happen shows nothing. */
  #checkFaults(): void {
    const absent = [...this.#drawn, ...(this.#liars?.lies ?? [])].filter(
      (kind) => this.#counts.of(kind) === 0,
    );
    if (absent.length > 0)
      throw new CheckFailure("faults", `drawn, but never happened: ${absent.join(", ")}`);
  }
}
