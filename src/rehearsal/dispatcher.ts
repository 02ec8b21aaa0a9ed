import type { JsonObject } from "../basics/canonical-json.ts";
import { type FactRef, type Name, refKey } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { KeptReason } from "../region/desk-choices.ts";
import type { MissionRow } from "../site/views/board-view.ts";
import type { Desk } from "./desk.ts";
import type { Call } from "./generator.ts";
import type { LiveBoard } from "./live-board.ts";

export type DispatcherOptions = {
  readonly board: LiveBoard;
  readonly desk: Desk;
  /** Asked each time. False: a person decides at this board; the script only does the routine. */
  readonly decides: () => boolean;
};

/** So near the door nobody is steered away any more: the dispatcher calls and keeps the destination. */
export const keepWithinMinTenths = 40;
/** For fewer minutes, or from a hospital that expects the patient, this dispatcher turns nobody who has a destination (C). */
const turnForMin = 15;
const tickMs = 100;
/** A word shows on the own board within moments; before that nothing more is said on this mission. */
const shownWithinMs = 2 * secondMs;
/** Where a person decides, the routine waits for so long: their board asks the hospital that they steer to. */
const leftToPersonMs = 3 * secondMs;

/**
 * The dispatcher of one control centre, who sees the centre's board and writes at it: opens missions, asks hospitals,
 * and, where the script decides, steers, keeps, and takes over from a centre that has fallen silent.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #escalated = new Set<string>();
  readonly #busy = new Set<string>();
  /** Since when a mission's hospital is to be asked, by mission and hospital. */
  readonly #toAskMs = new Map<string, number>();
  /** Who fell silent in this shift: its box may be back, but nobody has spoken for it since. */
  readonly #wasSilent = new Set<Name>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#work(), tickMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Opens a mission; its id, or null when the anchor did not take it. */
  async open(vehicle: Name, call: Call): Promise<string | null> {
    const written = await this.#options.desk.write("mission.opened/1", {
      vehicle,
      ...call,
      cell: { ...call.cell },
    });
    return written === null ? null : refKey(written.ref);
  }

  /** Ends a mission that nobody drives any more. */
  async close(row: MissionRow): Promise<void> {
    await this.#say("mission.closed/1", row, { reason: "cancelled", over: row.centreOver });
  }

  #work(): void {
    const { board } = this.#options;
    if (!board.isAlive(Date.now())) return;
    for (const { hospital, contact } of board.hospitals.values()) {
      if (contact.verdict === "silent") this.#wasSilent.add(hospital);
    }
    for (const row of board.missions.values()) {
      if (this.#busy.has(row.mission)) continue;
      const act = this.#next(row);
      if (act === null) continue;
      this.#busy.add(row.mission);
      void act().finally(() => this.#busy.delete(row.mission));
    }
  }

  /** What is to be done about this mission now, the most urgent first. */
  #next(row: MissionRow): (() => Promise<void>) | null {
    const { board } = this.#options;
    const decides = this.#options.decides();
    const isOurs = row.owners.includes(board.site);
    if (decides && this.#mustTakeOver(row)) return () => this.#takeOver(row);
    if (!isOurs || row.step === "arrived" || row.step === "ended") return null;
    if (decides && isForDispatcher(row)) return () => this.#decide(row);
    return this.#routine(row);
  }

  /** From a silent centre; or, of two centres that both lead it after a partition, the later in the alphabet. */
  #mustTakeOver({ owners }: MissionRow): boolean {
    const { board } = this.#options;
    const [owner] = owners;
    if (owners.length > 1) return owners.at(-1) === board.site;
    if (owner === undefined || owner === board.site || board.own?.cutOffSinceMs != null) return false;
    return (
      board.own?.centres.some(({ site, contact }) => site === owner && contact.verdict === "silent") ?? false
    );
  }

  async #takeOver(row: MissionRow): Promise<void> {
    const { site } = this.#options.board;
    const from = row.owners.find((owner) => owner !== site);
    if (from === undefined) return;
    await this.#say("mission.taken-over/1", row, { from, over: row.centreOver });
    await this.#shown(row, ({ owners }) => owners.length === 1 && owners[0] === site);
  }

  async #decide(row: MissionRow): Promise<void> {
    const { decide, destination, arrivalMinTenths } = row;
    const aim = row.steered?.hospital ?? destination?.hospital;
    const isNear = arrivalMinTenths !== null && arrivalMinTenths <= keepWithinMinTenths;
    if (decide?.cause === "destination-silent" && isNear && aim !== undefined)
      return this.#callAndKeep(row, aim);
    if (decide?.cause === "another-sooner" && aim !== undefined) {
      if (isNear) return this.#keep(row, aim, "at-the-door");
      if (isAccepted(row, aim) || (decide.savedMin ?? 0) < turnForMin)
        return this.#keep(row, aim, "not-worth-turning");
    }
    const others = decide?.lines.filter(({ hospital }) => hospital !== aim) ?? [];
    const line = others.find(({ hospital }) => !this.#wasSilent.has(hospital)) ?? others[0];
    if (line !== undefined) await this.#steer(row, line.hospital);
  }

  async #callAndKeep(row: MissionRow, hospital: Name): Promise<void> {
    await this.#say("mission.called/1", row, { hospital, channel: "telephone", reached: false });
    await this.#keep(row, hospital, "at-the-door");
  }

  async #keep(row: MissionRow, hospital: Name, reason: KeptReason): Promise<void> {
    await this.#say("mission.kept/1", row, { hospital, reason, over: row.centreOver });
    await this.#shown(row, ({ decide }) => decide === null);
  }

  async #steer(row: MissionRow, hospital: Name): Promise<void> {
    await this.#say("mission.steered/1", row, { hospital, over: row.centreOver });
    await this.#shown(row, ({ steered, destination }) =>
      [steered?.hospital, destination?.hospital].includes(hospital),
    );
    await this.#ask(this.#options.board.missions.get(row.mission) ?? row, hospital);
  }

  /** Every destination is asked; nobody waits for the answer in order to drive. */
  #routine(row: MissionRow): (() => Promise<void>) | null {
    const aim = row.steered?.hospital ?? row.destination?.hospital;
    const { request } = row;
    if (aim === undefined) return null;
    if (request.step === "none" || request.hospital !== aim) {
      return this.#isTimeToAsk(row, aim) ? () => this.#ask(row, aim) : null;
    }
    if (request.step !== "asked" || request.dueMs === undefined || Date.now() < request.dueMs) return null;
    return this.#escalated.has(refKey(request.ref)) ? null : () => this.#escalate(row, request.ref);
  }

  #isTimeToAsk({ mission }: MissionRow, hospital: Name): boolean {
    if (this.#options.decides()) return true;
    const key = `${mission} ${hospital}`;
    const sinceMs = this.#toAskMs.get(key) ?? Date.now();
    this.#toAskMs.set(key, sinceMs);
    return Date.now() - sinceMs >= leftToPersonMs;
  }

  async #ask(row: MissionRow, hospital: Name): Promise<void> {
    const { answerWithinS } = row;
    await this.#say("mission.asked/1", row, { hospital, answerWithinS, over: row.centreOver });
    await this.#shown(row, ({ request }) => request.step !== "none" && request.hospital === hospital);
  }

  async #escalate(row: MissionRow, asked: FactRef): Promise<void> {
    this.#escalated.add(refKey(asked));
    await this.#say("mission.escalated/1", row, { asked, channel: "radio" });
  }

  async #say(kind: string, row: MissionRow, body: JsonObject): Promise<void> {
    await this.#options.desk.write(kind, { mission: row.ref, ...body }, row.decide?.seen);
  }

  async #shown({ mission }: MissionRow, isShown: (row: MissionRow) => boolean): Promise<void> {
    await this.#options.board.until((board) => {
      const row = board.missions.get(mission);
      return row === undefined || isShown(row);
    }, shownWithinMs);
  }
}

/** Where it drives first, its crew says; and for a few minutes nobody turns it before its hospital had its time to answer. */
function isForDispatcher(row: MissionRow): boolean {
  // A transfer is agreed between people: the script opens none and steers none.
  if (row.decide === null || row.decide.cause === "no-destination" || row.from !== undefined) return false;
  return row.decide.cause !== "another-sooner" || !isWaitedFor(row);
}

/** The hospital where it is headed was not asked yet, or has not answered and still has time to. */
function isWaitedFor({ request, steered, destination }: MissionRow): boolean {
  const aim = steered?.hospital ?? destination?.hospital;
  if (request.step === "none" || request.hospital !== aim) return true;
  return request.step === "asked" && (request.dueMs === undefined || request.dueMs > Date.now());
}

function isAccepted({ request }: MissionRow, hospital: Name): boolean {
  return request.step === "answered" && request.hospital === hospital && request.answer === "ready";
}
