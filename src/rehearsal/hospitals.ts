import { present } from "../basics/assert.ts";
import { type Name, refKey } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { secondMs } from "../basics/time.ts";
import { type State, type StatusReason, statusReasons } from "../region/choices.ts";
import { type CapabilityId, capabilityIds, type Hospital } from "../region/region-data.ts";
import type { RequestRow } from "../site/views/board-site-view.ts";
import type { Desk, Written } from "./desk.ts";
import { lookAtHospital } from "./live-hospital-board.ts";
import { nightHospital } from "./plan.ts";

/** A state that a hospital's people said, and when its anchor had it for certain. */
export type Word = {
  readonly hospital: Name;
  readonly capability: CapabilityId;
  readonly state: State;
  readonly written: Written;
};

export type HospitalsOptions = {
  readonly hospitals: readonly Hospital[];
  readonly deskOf: (hospital: Name) => Desk;
  readonly urlOf: (hospital: Name) => string;
  readonly random: Random;
  /** Every hospital says each of its states again within this time. */
  readonly confirmEveryMs: number;
  /** When a person last wrote at the board of this hospital; its people leave it to the person for a while. */
  readonly personMs?: (hospital: Name) => number | undefined;
  /** Whether nobody of this hospital writes now: a person does, or its box is gone. */
  readonly isLeft?: (hospital: Name) => boolean;
  /** Told before a word is sent and when it is answered. */
  readonly onSaying?: (hospital: Name, capability: CapabilityId, sentMs: number) => void;
  readonly onSaid?: (word: Word) => void;
};

/** Nurses and physicians need a moment between the board's signal and their word. */
const thinkFromMs = 500;
const thinkSpreadMs = 1_000;
const lookAgainMs = 2 * secondMs;
const reportersAtOnce = 8;
/** One in so many cells is not open when the night begins. */
const notOpenOneIn = 12;

type Cell = { readonly hospital: Name; readonly capability: CapabilityId };

/** The people of all hospitals: they say what they can take, say it again, and answer requests for acceptance. */
export class Hospitals {
  readonly #options: HospitalsOptions;
  readonly #cells: readonly Cell[];
  readonly #states = new Map<string, { readonly state: State; readonly reason: StatusReason | null }>();
  readonly #words = new Map<string, Word>();
  readonly #nobodyThere = new Set<Name>();
  readonly #unanswered = new Set<string>();
  readonly #declineFirst = new Set<string>();
  readonly #looking = new Map<Name, number>();
  readonly #answered = new Set<string>();
  /** Up to which word of a person each hospital's people have taken over what was said, and when they know it. */
  readonly #takenOver = new Map<Name, { readonly personMs: number; readonly known: Promise<void> }>();
  #isOver = false;
  #next = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: HospitalsOptions) {
    this.#options = options;
    this.#cells = options.hospitals.flatMap(({ id, capabilities }) =>
      capabilityIds
        .filter((capability) => capabilities[capability].value === "yes")
        .map((capability) => ({ hospital: id, capability })),
    );
    for (const cell of this.#cells) {
      // The hospital of the night takes everything until it falls silent, and every emergency department is open.
      const isOpen = cell.hospital === nightHospital || cell.capability === "emergency-department";
      this.#states.set(keyOf(cell), isOpen ? open : drawState(options.random));
    }
  }

  /** Every hospital says for each thing it has what it can take of it now. */
  async reportAll(): Promise<void> {
    const byHospital = [...Map.groupBy(this.#cells, ({ hospital }) => hospital).values()];
    const report = async (): Promise<void> => {
      for (let cells = byHospital.pop(); cells !== undefined; cells = byHospital.pop()) {
        for (const cell of cells) await this.#sayAgain(cell);
      }
    };
    await Promise.all(Array.from({ length: reportersAtOnce }, report));
  }

  /** From now on everything is said again in turn, evenly over the time. */
  startConfirming(): void {
    if (this.#isOver) return;
    const everyMs = this.#options.confirmEveryMs / this.#cells.length;
    this.#timer = setInterval(() => {
      const cell = present(this.#cells[this.#next % this.#cells.length], "hospitals have capabilities");
      this.#next += 1;
      if (this.#isStaffed(cell.hospital)) void this.#confirm(cell);
    }, everyMs);
  }

  /** For good. */
  stop(): void {
    this.#isOver = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** A new word of this hospital; it will be the one that is said again. */
  async say(cell: Cell, state: State, reason: StatusReason | null): Promise<void> {
    this.#states.set(keyOf(cell), { state, reason });
    await this.#sayAgain(cell);
  }

  /** Nobody of this hospital reads or writes any more: the box beside the door may live on. */
  leave(hospital: Name): void {
    this.#nobodyThere.add(hospital);
  }

  /** Its people are there again; what ran out meanwhile they say when its turn comes. */
  comeBack(hospital: Name): void {
    this.#nobodyThere.delete(hospital);
  }

  /** Hospitals whose people have left. */
  get left(): readonly Name[] {
    return [...this.#nobodyThere];
  }

  /** The request about this mission stays without an answer at this hospital. */
  leaveUnanswered(hospital: Name, mission: string): void {
    this.#unanswered.add(`${hospital} ${mission}`);
  }

  /** The next hospital that is asked about this mission cannot take it. */
  declineFirst(mission: string): void {
    this.#declineFirst.add(mission);
  }

  /** The last word of a hospital on a capability. */
  wordOn(hospital: Name, capability: string): Word | undefined {
    return this.#words.get(keyOf({ hospital, capability }));
  }

  /** The board of this hospital has signalled a request: somebody goes there and looks. */
  ring(hospital: Name): void {
    const nowMs = Date.now();
    if (!this.#isStaffed(hospital) || (this.#looking.get(hospital) ?? 0) > nowMs) return;
    this.#looking.set(hospital, nowMs + lookAgainMs);
    setTimeout(() => void this.#look(hospital), thinkFromMs + this.#options.random.below(thinkSpreadMs));
  }

  async #look(hospital: Name): Promise<void> {
    const view = await lookAtHospital(this.#options.urlOf(hospital));
    for (const row of view?.requests ?? []) await this.#answer(hospital, row);
  }

  async #answer(hospital: Name, row: RequestRow): Promise<void> {
    const { asked, mission, from } = row;
    // Who speaks here is a nurse; a transfer is agreed by a physician, whom the newcomer plays.
    if (from !== undefined || row.state !== "open" || !this.#isStaffed(hospital)) return;
    const key = refKey(asked);
    if (this.#unanswered.has(`${hospital} ${mission}`) || this.#answered.has(key)) return;
    this.#answered.add(key);
    const declines = this.#declineFirst.delete(mission);
    const answer = declines ? { answer: "cannot", reason: "in-use" } : { answer: "ready" };
    await this.#options
      .deskOf(hospital)
      .write("mission.answered/1", { mission: row.ref, asked, ...answer, over: row.over });
  }

  #isStaffed(hospital: Name): boolean {
    return !this.#nobodyThere.has(hospital) && this.#options.isLeft?.(hospital) !== true;
  }

  async #confirm(cell: Cell): Promise<void> {
    await this.#takeOver(cell.hospital);
    await this.#sayAgain(cell);
  }

  /** What a person said at this hospital's board since we last looked is what its people say from now on. */
  #takeOver(hospital: Name): Promise<void> {
    const personMs = this.#options.personMs?.(hospital);
    if (personMs === undefined) return Promise.resolve();
    const before = this.#takenOver.get(hospital);
    if (before?.personMs === personMs) return before.known;
    const known = this.#readOwnBoard(hospital);
    this.#takenOver.set(hospital, { personMs, known });
    return known;
  }

  async #readOwnBoard(hospital: Name): Promise<void> {
    const view = await lookAtHospital(this.#options.urlOf(hospital));
    for (const { capability } of this.#cells.filter((cell) => cell.hospital === hospital)) {
      const row = view?.capabilities.find((one) => one.capability === capability);
      const { state = "unconfirmed", reason = null } = row?.cell ?? {};
      if (state === "unconfirmed") continue;
      this.#states.set(keyOf({ hospital, capability }), { state, reason: knownReason(reason) });
    }
  }

  async #sayAgain(cell: Cell): Promise<void> {
    const { hospital, capability } = cell;
    const { state, reason } = this.#states.get(keyOf(cell)) ?? open;
    this.#options.onSaying?.(hospital, capability, Date.now());
    const why = reason === null ? {} : { reason };
    const written = await this.#options
      .deskOf(hospital)
      .write("hospital.status/1", { capability, state, ...why, over: [] });
    if (written === null) return;
    const word: Word = { hospital, capability, state, written };
    this.#words.set(keyOf(cell), word);
    this.#options.onSaid?.(word);
  }
}

const open = { state: "open", reason: null } as const;

function knownReason(reason: string | null): StatusReason | null {
  // Its own keys, nothing else.
  return reason !== null && Object.hasOwn(statusReasons, reason) ? (reason as StatusReason) : null;
}

function drawState(random: Random): { readonly state: State; readonly reason: StatusReason | null } {
  if (random.oneIn(notOpenOneIn)) return { state: "limited", reason: "no-staff" };
  if (random.oneIn(notOpenOneIn)) return { state: "full", reason: "no-beds" };
  return open;
}

function keyOf({ hospital, capability }: { readonly hospital: Name; readonly capability: string }): string {
  return `${hospital} ${capability}`;
}
