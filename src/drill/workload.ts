import type { JsonObject } from "../basics/canonical-json.ts";
import type { FactRef, Name } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import type { CaseId } from "../log/sealed.ts";
import type { Submission, SubmitAnswer } from "../site/effects.ts";
import { CheckFailure } from "./checker.ts";
import type { CharterWord } from "./enrolment.ts";
import type { SimulatedProcess } from "./process.ts";
import type { SimulatedDevice } from "./roster.ts";
import type { Sealing } from "./sealing.ts";
import type { Timeline } from "./timeline.ts";

/** Something that someone wants written, until it is acknowledged. */
type Wish = {
  readonly process: SimulatedProcess;
  readonly device: SimulatedDevice;
  readonly kind: string;
  readonly body: JsonObject;
  readonly request: string;
  ref: FactRef | null;
};

const retryAfterMs = 2_500;
const burstMax = 60;
const capabilities = ["ct", "stroke-unit", "cath-lab"] as const;
const states = ["open", "limited", "full", "cannot"] as const;
/** Refusals that time mends: a disk, a queue, a charter that has not said so yet. */
const passing: ReadonlySet<string> = new Set(["cannot-record", "too-many-waiting", "unknown-site"]);
/** Nothing more is written of an erased case: whoever wanted that is told, and wants it no more. */
const erasedCode = "case-erased";

/** People and importers: they want facts written, ask again while no answer comes, and sometimes ask twice at once. */
export class Workload {
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #wishes = new Map<string, Wish>();
  readonly #written: Wish[] = [];
  readonly #hospitals: readonly Name[];
  readonly #ambulances: readonly Name[];
  readonly #everyMaxMs: number;
  #lastToken = 0;
  #lastRequest = 0;
  #isOver = false;

  readonly #sealing: Sealing | null;

  /**
   * @param everyMaxMs the longest pause between two facts of one device, virtual ms
   * @param sealing null: nothing is said of a person
   */
  constructor(
    timeline: Timeline,
    random: Random,
    devices: readonly SimulatedDevice[],
    everyMaxMs: number,
    sealing: Sealing | null,
  ) {
    this.#everyMaxMs = everyMaxMs;
    this.#sealing = sealing;
    this.#timeline = timeline;
    this.#random = random;
    const sitesOf = (type: SimulatedDevice["type"]): readonly Name[] => [
      ...new Set(devices.filter((device) => device.type === type && !device.late).map(({ site }) => site)),
    ];
    this.#hospitals = sitesOf("hospital");
    this.#ambulances = sitesOf("ambulance");
  }

  /** How many wishes are not acknowledged yet. */
  get waiting(): number {
    return [...this.#wishes.values()].filter(({ ref }) => ref === null).length;
  }

  begin(processes: readonly SimulatedProcess[]): void {
    for (const process of processes) {
      for (const device of process.devices) if (device.type !== "authority") this.#goOn(process, device);
    }
  }

  /** Nothing new is wanted from here on; what was wanted still is. */
  end(): void {
    this.#isOver = true;
  }

  /** The people at this machine are gone, with what they still wanted. */
  forget(process: SimulatedProcess): void {
    for (const [key, wish] of this.#wishes)
      if (wish.process === process && wish.ref === null) this.#wishes.delete(key);
  }

  /** Has the authority's words written, one after the other. */
  enrol(process: SimulatedProcess, authority: SimulatedDevice, words: readonly CharterWord[]): void {
    for (const { kind, body } of words) this.#want(process, authority, kind, body);
  }

  answered(submission: Submission, answer: SubmitAnswer): void {
    const wish = this.#wishes.get(`${submission.hosted} ${submission.request}`);
    // It may have been asked twice, and refused twice.
    if (wish === undefined && !answer.ok && answer.error.code === erasedCode) return;
    if (wish === undefined) throw new CheckFailure("workload", "an answer to what nobody asked");
    if (answer.ok) {
      if (wish.ref === null) this.#written.push(wish);
      wish.ref ??= answer.ref;
    } else if (answer.error.code === erasedCode) {
      this.#wishes.delete(`${submission.hosted} ${submission.request}`);
    } else if (!passing.has(answer.error.code)) {
      throw new CheckFailure("workload", `${wish.kind} is refused: ${JSON.stringify(answer.error)}`);
    }
  }

  /** Somebody at this process wants something written now. */
  write(process: SimulatedProcess): void {
    for (const device of process.devices) {
      const word = this.#drawAlways(device);
      if (word !== null) this.#want(process, device, word.kind, word.body);
    }
  }

  #goOn(process: SimulatedProcess, device: SimulatedDevice): void {
    this.#timeline.after(this.#random.below(this.#everyMaxMs), () => {
      if (this.#isOver) return;
      const count = this.#random.oneIn(40) ? 1 + this.#random.below(burstMax) : 1;
      for (let i = 0; i < count; i += 1) this.#wantDrawn(process, device);
      this.#goOn(process, device);
    });
  }

  #wantDrawn(process: SimulatedProcess, device: SimulatedDevice): void {
    const drawn = this.#drawCase(process, device) ?? this.#draw(device);
    if (drawn !== null) this.#want(process, device, drawn.kind, drawn.body);
  }

  #want(process: SimulatedProcess, device: SimulatedDevice, kind: string, body: JsonObject): void {
    this.#lastRequest += 1;
    const request = `request-${String(this.#lastRequest).padStart(6, "0")}`;
    const wish: Wish = { process, device, kind, body, request, ref: null };
    this.#wishes.set(`${device.id} ${request}`, wish);
    this.#ask(wish);
    if (this.#random.oneIn(6)) this.#ask(wish);
  }

  #ask(wish: Wish): void {
    if (wish.ref !== null || !this.#wishes.has(`${wish.device.id} ${wish.request}`)) return;
    const { process, device, kind, body, request } = wish;
    this.#lastToken += 1;
    const submission = { hosted: device.id, kind, by: "nurse#7", body, request, token: this.#lastToken };
    if (process.up) process.submit(submission);
    this.#timeline.after(retryAfterMs + this.#random.below(1_000), () => this.#ask(wish));
  }

  #draw(device: SimulatedDevice): CharterWord | null {
    switch (device.type) {
      case "hospital":
        return this.#random.oneIn(3) ? this.#drawAnswer(device.site) : this.#drawStatus(device.site);
      case "control-centre":
        return this.#random.oneIn(3) ? this.#drawVoice() : this.#drawMission(device);
      case "ambulance":
        return this.#drawCrew(device.site);
      case "authority":
        return null;
    }
  }

  /** Null: nothing about a case. */
  #drawCase(process: SimulatedProcess, device: SimulatedDevice): CharterWord | null {
    const sealing = this.#sealing;
    if (sealing === null || device.recipient === undefined || this.#random.oneIn(2)) return null;
    const own = this.#casesOf(device.site);
    const id = own.length === 0 ? null : this.#random.pick(own);
    if (id === null || this.#random.oneIn(4)) return openCase(sealing, process, device);
    switch (this.#random.below(4)) {
      case 0:
        return { kind: "case.shared/1", body: { case: id, to: this.#random.pick(this.#hospitals) } };
      case 1:
        return { kind: "case.erased/1", body: { case: id } };
      default:
        return { kind: "case.note/1", body: sealing.note(device, id) };
    }
  }

  #casesOf(site: Name): readonly CaseId[] {
    return this.#written.flatMap(({ kind, device, body }) =>
      kind === "case.opened/1" && device.site === site ? [String(body["case"])] : [],
    );
  }

  /** What a device can say at any time, of whatever went before. */
  #drawAlways(device: SimulatedDevice): CharterWord | null {
    if (device.type === "hospital") return this.#drawStatus(device.site);
    return device.type === "control-centre" ? this.#drawVoice() : null;
  }

  #drawStatus(site: Name): CharterWord {
    const body = { capability: this.#random.pick(capabilities), state: this.#random.pick(states) };
    return { kind: "hospital.status/1", body: { ...body, over: this.#over("hospital.status/1", site) } };
  }

  #drawVoice(): CharterWord {
    const hospital = this.#random.pick(this.#hospitals);
    const body = { hospital, capability: this.#random.pick(capabilities), state: this.#random.pick(states) };
    const over = [...this.#over("hospital.status/1", hospital), ...this.#over("voice.report/1")];
    return { kind: "voice.report/1", body: { ...body, answeredBy: "physician", readBack: true, over } };
  }

  #drawMission(device: SimulatedDevice): CharterWord | null {
    const mission = this.#drawnRef("mission.opened/1");
    if (mission === null || this.#random.oneIn(3)) return this.#drawOpening();
    const hospital = this.#random.pick(this.#hospitals);
    const over = this.#over("mission.asked/1");
    switch (this.#random.below(5)) {
      case 0:
        return { kind: "mission.steered/1", body: { mission, hospital, over } };
      case 1:
        return { kind: "mission.kept/1", body: { mission, hospital, reason: "at-the-door", over } };
      case 2:
        return {
          kind: "mission.taken-over/1",
          body: { mission, from: device.site, over: [mission, ...over] },
        };
      case 3:
        return { kind: "mission.closed/1", body: { mission, reason: "handed-over", over } };
      default:
        return { kind: "mission.asked/1", body: { mission, hospital, answerWithinS: 60, over } };
    }
  }

  #drawOpening(): CharterWord | null {
    if (this.#ambulances.length === 0) return null;
    const flags = { doctor: true, ventilated: false, cpr: false, pregnant: false, infectious: false };
    const body = {
      vehicle: this.#random.pick(this.#ambulances),
      need: "stroke",
      urgency: 1,
      ageGroup: "65-79",
    };
    const cell = { latE2: 5_122, lonE2: 677 };
    return { kind: "mission.opened/1", body: { ...body, ...flags, callAtMs: this.#timeline.nowMs, cell } };
  }

  #drawAnswer(site: Name): CharterWord {
    const asked = this.#drawnRef("mission.asked/1");
    const mission = this.#drawnRef("mission.opened/1");
    if (asked === null || mission === null) return this.#drawStatus(site);
    const over = this.#over("mission.answered/1", site);
    return { kind: "mission.answered/1", body: { mission, asked, answer: "ready", over } };
  }

  #drawCrew(site: Name): CharterWord | null {
    const mission = this.#drawnRef("mission.opened/1");
    if (mission === null) return null;
    if (this.#random.oneIn(2)) return { kind: "mission.step/1", body: { mission, step: "on-scene" } };
    const over = [...this.#over("mission.destination/1", site), ...this.#over("mission.steered/1")];
    return {
      kind: "mission.destination/1",
      body: { mission, hospital: this.#random.pick(this.#hospitals), over },
    };
  }

  /** Up to three facts that a new one may be made against: right or wrong, a fold must bear it. */
  #over(kind: string, site?: Name): [string, number][] {
    const written = this.#written.filter(
      (wish) => wish.kind === kind && (site === undefined || wish.device.site === site),
    );
    const last = written.slice(-3).flatMap(({ ref }): [string, number][] => (ref === null ? [] : [[...ref]]));
    return last.filter(() => !this.#random.oneIn(3));
  }

  #drawnRef(kind: string): [string, number] | null {
    const refs = this.#written.flatMap((wish) => (wish.kind === kind && wish.ref !== null ? [wish.ref] : []));
    return refs.length === 0 ? null : [...this.#random.pick(refs.slice(-4))];
  }
}

/** The key comes first, so that it is stored before the fact that opens the case. */
function openCase(sealing: Sealing, process: SimulatedProcess, device: SimulatedDevice): CharterWord {
  const { id, keys } = sealing.open(
    device,
    process.devices.filter(({ site }) => site === device.site),
  );
  process.feed({ type: "wrapped", hosted: device.id, keys });
  return { kind: "case.opened/1", body: { case: id } };
}
