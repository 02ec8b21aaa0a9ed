import { present } from "../basics/assert.ts";
import type { DeviceId, FactRef, LogId, Name } from "../basics/name.ts";
import { refKey } from "../basics/name.ts";
import type { Writer } from "./border.ts";
import { type PackedCalls, packCalls, unpackCalls } from "./call-fold.ts";
import { type PackedCase, packCase, unpackCase } from "./case-fold.ts";
import type { Ward } from "./choices.ts";
import type { ClosureFold } from "./closure-fold.ts";
import type { Fact } from "./facts.ts";
import {
  type Fold,
  type FoldedLog,
  forgetMission,
  type HospitalFold,
  isAwaited,
  keepRunning,
  noteTransfer,
} from "./fold.ts";
import type { FoldPart } from "./fold-parts.ts";
import { isForced, type MissionFold, type RequestFold, seldomSaid } from "./mission-fold.ts";
import type { CapabilityId } from "./region-data.ts";
import type { Register } from "./register.ts";
import { noneYet, type Report } from "./report.ts";
import { missionOfTask, type TaskId } from "./task.ts";
import { type PackedTransfer, packTransfer, unpackTransfer } from "./transfer-fold.ts";

/*
 * A fold as lines of JSON, one a hospital, mission and so on, so that it can be written and read in slices while the fold
 * goes on to change: a later line about the same thing replaces an earlier one. What makes them trustworthy (version,
 * hash, and that the store still says the same) is not told here: site/snapshot.ts.
 */

type PackedReport = readonly [log: number, index: number, storedMs: number, fact: Fact];
/** Reports stand once a line; their places in that list stand for them. */
type PackedRegister = readonly [
  heads: readonly number[],
  replaced: readonly string[] | null,
  below: readonly (readonly [LogId, number])[] | null,
];
type PackedRequest = readonly [
  id: string,
  asked: number,
  answers: PackedRegister,
  spoken: PackedRegister,
  escalations: readonly number[],
  takenBack: number,
  accepted: readonly number[],
];
type PackedMission = {
  readonly ref: FactRef;
  readonly opened: number;
  readonly control: PackedRegister;
  readonly proposals: PackedRegister;
  readonly destinations: PackedRegister;
  readonly understood: PackedRegister;
  readonly flights: PackedRegister;
  readonly knownTo: readonly (readonly [string, readonly Name[]])[];
  readonly named: readonly (readonly [Name, readonly number[]])[];
  readonly steps: readonly number[];
  readonly positions: readonly number[];
  readonly requests: readonly PackedRequest[];
  readonly choices: readonly number[];
  readonly calls: readonly number[];
  readonly handovers: readonly number[];
  readonly declined: readonly number[];
  readonly knownAtTakeOver: readonly string[];
  readonly wordsTakenBack: readonly string[];
  readonly closed: number;
  readonly closedStoredMs: number | null;
  readonly stepsBeforeEnd: readonly number[];
  readonly endedStoredMs: readonly (readonly [Name, number])[];
};
type PackedHospital = {
  readonly folded: number;
  readonly cells: readonly (readonly [CapabilityId, PackedRegister])[];
  readonly beds: readonly (readonly [Ward, PackedRegister])[];
  readonly calls: PackedCalls;
};
type PackedLog = readonly [
  size: number,
  unusable: number,
  meant: number,
  writer: Writer | null,
  endedAt: number | null,
];
type PackedClosure = readonly [closed: number, opened: boolean];
type Packed =
  | PackedCase
  | PackedMission
  | PackedClosure
  | PackedTransfer
  | PackedHospital
  | PackedRegister
  | readonly number[];
type PartLine = readonly [FoldPart["what"], key: string, reports: readonly PackedReport[], body: Packed];
type Line =
  | PartLine
  | readonly ["log-name", LogId]
  | readonly ["log", LogId, PackedLog]
  | readonly ["requests", DeviceId, readonly (readonly [string, LogId, number])[]]
  | readonly ["awaited", readonly (readonly [LogId, readonly number[]])[]]
  | readonly ["left", number];

const none = -1;
const requestsALine = 256;

/** Writes the lines of one snapshot; logs have numbers in it, told when they are first used. */
export class FoldWriter {
  readonly #numbers = new Map<LogId, number>();

  /** A part as it is now; nothing for one that is gone, which {@link FoldReader.end} finds out by itself. */
  partLines(fold: Fold, { what, key }: FoldPart): readonly string[] {
    const names: string[] = [];
    const table = new Map<Report, number>();
    const body = packPart(fold, what, key, (report) => {
      const place = table.get(report) ?? table.size;
      table.set(report, place);
      return place;
    });
    if (body === null) return [];
    const reports = [...table.keys()].map(
      ({ log, index, storedMs, fact }): PackedReport => [this.#numberOf(log, names), index, storedMs, fact],
    );
    return [...names, text([what, key, reports, body])];
  }

  /** Requests of own devices from these positions on; a log that is not named: from its beginning. */
  *requestLines(fold: Fold, from: ReadonlyMap<LogId, number>): Generator<string> {
    for (const [device, requests] of fold.requests) {
      const fresh: (readonly [string, LogId, number])[] = [];
      for (const [request, [log, index]] of requests)
        if (index >= (from.get(log) ?? 0)) fresh.push([request, log, index]);
      for (let at = 0; at < fresh.length; at += requestsALine)
        yield text(["requests", device, fresh.slice(at, at + requestsALine)]);
    }
  }

  /** What is small and is written last: how far each log is folded, and what is waited for. */
  endLines(fold: Fold): readonly string[] {
    const logs = [...fold.logs].map(([log, { size, unusable, meant, writer, endedAt }]) =>
      text(["log", log, [size, unusable, meant, writer ?? null, endedAt ?? null]]),
    );
    const awaited = [...fold.awaited].map(([log, positions]) => [log, [...positions]] as const);
    return [...logs, text(["awaited", awaited]), text(["left", fold.leftMs])];
  }

  #numberOf(log: LogId, names: string[]): number {
    const known = this.#numbers.get(log);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(log, number);
    names.push(text(["log-name", log]));
    return number;
  }
}

/** Fills a new fold from the lines of a {@link FoldWriter}; anything else throws or makes nonsense. */
export class FoldReader {
  readonly #fold: Fold;
  readonly #logs: LogId[] = [];

  constructor(fold: Fold) {
    this.#fold = fold;
  }

  line(line: string): void {
    // Whoever calls this knows by their hash that these are the writer's own lines.
    const value = JSON.parse(line) as Line;
    const fold = this.#fold;
    switch (value[0]) {
      case "log-name":
        this.#logs.push(value[1]);
        return;
      case "log":
        fold.logs.set(value[1], unpackLog(value[2]));
        return;
      case "requests":
        return readRequests(fold, value[1], value[2]);
      case "awaited":
        for (const [log, positions] of value[1]) fold.awaited.set(log, new Set(positions));
        return;
      case "left":
        fold.leftMs = value[1];
        return;
      default:
        this.#part(value);
    }
  }

  /** To be called after the last line: parts that were gone before it was written go. */
  end(): void {
    const fold = this.#fold;
    for (const { id, ref, opened } of fold.missions.values())
      if (opened === null && !isAwaited(fold, ref)) forgetMission(fold, id);
    for (const task of fold.tasks.keys()) {
      const mission = missionOfTask(task);
      if (mission !== null && !fold.missions.has(refKey(mission)) && !isAwaited(fold, mission))
        fold.tasks.delete(task);
    }
    for (const mission of fold.missions.values()) {
      keepRunning(fold, mission);
      if (mission.choices.some(isForced)) fold.forced.add(mission.id);
      noteTransfer(fold, mission);
    }
  }

  #part([what, key, packed, body]: PartLine): void {
    const reports = packed.map(([log, index, storedMs, fact]): Report => {
      return { log: present(this.#logs[log], "a log's name stands before its use"), index, fact, storedMs };
    });
    unpackPart(this.#fold, what, key, new Unpacker(reports), body);
  }
}

type Place = (report: Report) => number;

function text(line: Line): string {
  return JSON.stringify(line);
}

function packPart(fold: Fold, what: FoldPart["what"], key: string, place: Place): Packed | null {
  switch (what) {
    case "hospital": {
      const hospital = fold.hospitals.get(key);
      return hospital === undefined ? null : packHospital(hospital, place);
    }
    case "mission": {
      const mission = fold.missions.get(key);
      return mission === undefined ? null : packMission(mission, place);
    }
    case "task": {
      const task = fold.tasks.get(key as TaskId);
      return task === undefined ? null : packRegister(task, place);
    }
    case "contact":
      return fold.contacts.get(key)?.map(place) ?? null;
    case "sound":
      return fold.sounds.get(key)?.map(place) ?? null;
    case "closure": {
      const closure = fold.closures.get(key);
      return closure === undefined ? null : packClosure(closure, place);
    }
    case "transfer": {
      const transfer = fold.transfers.get(key);
      return transfer === undefined
        ? null
        : packTransfer(transfer, (report) => (report === null ? none : place(report)));
    }
    case "cut-off":
      return fold.cutOffs.map(place);
    case "case": {
      const one = fold.cases.get(key);
      return one === undefined ? null : packCase(one, place);
    }
  }
}

function packClosure({ closed, opened }: ClosureFold, place: Place): PackedClosure {
  return [closed === null ? none : place(closed), opened];
}

function packHospital({ folded, cells, beds, calls }: HospitalFold, place: Place): PackedHospital {
  return {
    folded,
    cells: [...cells].map(([capability, register]) => [capability, packRegister(register, place)]),
    beds: [...beds].map(([ward, register]) => [ward, packRegister(register, place)]),
    calls: packCalls(calls, place),
  };
}

function packRegister<F extends Fact>(register: Register<F>, place: Place): PackedRegister {
  const { heads, replaced, replacedBelow } = register;
  return [heads.map(place), replaced && [...replaced], replacedBelow && [...replacedBelow]];
}

function packMission(mission: MissionFold, place: Place): PackedMission {
  const placeOr = (report: Report | null) => (report === null ? none : place(report));
  return {
    ref: mission.ref,
    opened: placeOr(mission.opened),
    control: packRegister(mission.control, place),
    proposals: packRegister(mission.proposals, place),
    destinations: packRegister(mission.destinations, place),
    understood: packRegister(mission.understood, place),
    flights: packRegister(mission.flights, place),
    knownTo: [...mission.knownTo].map(([report, sites]) => [report, [...sites]]),
    named: [...mission.named].map(([hospital, newest]) => [hospital, newest.map(place)]),
    steps: mission.steps.map(place),
    positions: mission.positions.map(place),
    requests: [...mission.requests].map(([id, request]) => packRequest(id, request, place)),
    choices: mission.choices.map(place),
    calls: mission.calls.map(place),
    handovers: mission.handovers.map(place),
    declined: mission.declinedHandovers.map(place),
    knownAtTakeOver: [...mission.knownAtTakeOver],
    wordsTakenBack: [...mission.wordsTakenBack],
    closed: placeOr(mission.closed),
    closedStoredMs: mission.closedStoredMs,
    stepsBeforeEnd: mission.stepsBeforeEnd.map(place),
    endedStoredMs: [...mission.endedStoredMs],
  };
}

function packRequest(id: string, request: RequestFold, place: Place): PackedRequest {
  const { asked, answers, spoken, accepted, escalations, takenBack } = request;
  const placeOr = (report: Report | null) => (report === null ? none : place(report));
  return [
    id,
    placeOr(asked),
    packRegister(answers, place),
    packRegister(spoken, place),
    escalations.map(place),
    placeOr(takenBack),
    accepted.map(place),
  ];
}

function unpackLog([size, unusable, meant, writer, endedAt]: PackedLog): FoldedLog {
  // No revision of the charter: what it says now is compared with what it said then.
  const charterRevision = none;
  return {
    ...{ size, unusable, meant, charterRevision },
    writer: writer ?? undefined,
    endedAt: endedAt ?? undefined,
  };
}

function readRequests(
  fold: Fold,
  device: DeviceId,
  packed: readonly (readonly [string, LogId, number])[],
): void {
  const requests = fold.requests.get(device) ?? new Map<string, FactRef>();
  fold.requests.set(device, requests);
  for (const [request, log, index] of packed) requests.set(request, [log, index]);
}

/** Reports of one line by their places. Each place was made from a report of the kind that is read there. */
class Unpacker {
  readonly #reports: readonly Report[];

  constructor(reports: readonly Report[]) {
    this.#reports = reports;
  }

  one<R extends Report>(place: number): R {
    return present(this.#reports[place], "a place of this line") as R;
  }

  oneOrNull<R extends Report>(place: number): R | null {
    return place === none ? null : this.one<R>(place);
  }

  all<R extends Report>(places: readonly number[]): R[] {
    return places.length === 0 ? noneYet : places.map((place) => this.one<R>(place));
  }

  register<F extends Fact>([heads, replaced, below]: PackedRegister): Register<F> {
    return {
      heads: this.all<Report<F>>(heads),
      replaced: replaced && new Set(replaced),
      replacedBelow: below && new Map(below),
    };
  }
}

function unpackPart(fold: Fold, what: FoldPart["what"], key: string, unpacker: Unpacker, body: Packed): void {
  switch (what) {
    case "hospital":
      fold.hospitals.set(key, unpackHospital(body as PackedHospital, unpacker));
      return;
    case "mission":
      fold.missions.set(key, unpackMission(body as PackedMission, unpacker));
      return;
    case "task":
      fold.tasks.set(key as TaskId, unpacker.register(body as PackedRegister));
      return;
    case "contact":
      fold.contacts.set(key, unpacker.all(body as readonly number[]));
      return;
    case "sound":
      fold.sounds.set(key, unpacker.all(body as readonly number[]));
      return;
    case "closure": {
      const [closed, opened] = body as PackedClosure;
      fold.closures.set(key, { closed: unpacker.oneOrNull(closed), opened });
      return;
    }
    case "transfer":
      fold.transfers.set(key, unpackTransfer(body as PackedTransfer, unpacker));
      return;
    case "cut-off":
      fold.cutOffs = unpacker.all(body as readonly number[]);
      return;
    case "case":
      unpackCase(fold, key, body as PackedCase, (places) => unpacker.all(places));
  }
}

function unpackHospital({ folded, cells, beds, calls }: PackedHospital, unpacker: Unpacker): HospitalFold {
  return {
    folded,
    cells: new Map(cells.map(([capability, register]) => [capability, unpacker.register(register)])),
    beds: new Map(beds.map(([ward, register]) => [ward, unpacker.register(register)])),
    calls: unpackCalls(calls, (places) => unpacker.all(places)),
  };
}

function unpackMission(packed: PackedMission, unpacker: Unpacker): MissionFold {
  return {
    id: refKey(packed.ref),
    ref: packed.ref,
    opened: unpacker.oneOrNull(packed.opened),
    control: unpacker.register(packed.control),
    proposals: unpacker.register(packed.proposals),
    destinations: unpacker.register(packed.destinations),
    understood: unpacker.register(packed.understood),
    flights: unpacker.register(packed.flights),
    knownTo: new Map(packed.knownTo.map(([report, sites]) => [report, new Set(sites)])),
    named: new Map(packed.named.map(([hospital, places]) => [hospital, unpacker.all(places)])),
    steps: unpacker.all(packed.steps),
    positions: unpacker.all(packed.positions),
    requests: new Map(packed.requests.map((request) => [request[0], unpackRequest(request, unpacker)])),
    choices: unpacker.all(packed.choices),
    calls: unpacker.all(packed.calls),
    handovers: unpacker.all(packed.handovers),
    declinedHandovers: unpacker.all(packed.declined),
    ...seldomSaid(packed.knownAtTakeOver, packed.wordsTakenBack),
    closed: unpacker.oneOrNull(packed.closed),
    closedStoredMs: packed.closedStoredMs,
    stepsBeforeEnd: unpacker.all(packed.stepsBeforeEnd),
    endedStoredMs: new Map(packed.endedStoredMs),
  };
}

function unpackRequest(
  [, asked, answers, spoken, escalations, takenBack, accepted]: PackedRequest,
  unpacker: Unpacker,
): RequestFold {
  return {
    asked: unpacker.oneOrNull(asked),
    answers: unpacker.register(answers),
    spoken: unpacker.register(spoken),
    accepted: unpacker.all(accepted),
    escalations: unpacker.all(escalations),
    takenBack: unpacker.oneOrNull(takenBack),
  };
}
