import { assert } from "../basics/assert.ts";
import { type DeviceId, deviceOf, type FactRef, type LogId, type Name, refKey } from "../basics/name.ts";
import type { Entry } from "../log/entry.ts";
import type { CaseId } from "../log/sealed.ts";
import { factBy, type Writer, writerOf } from "./border.ts";
import { type CallFold, foldCall, newCallFold } from "./call-fold.ts";
import { type CaseFold, foldCase } from "./case-fold.ts";
import { type Charter, endedAt } from "./charter.ts";
import type { Ward } from "./choices.ts";
import { type Closures, foldClosure } from "./closure-fold.ts";
import { type TaskTopic, taskTopics } from "./desk-choices.ts";
import { type EndedLately, noteEnded } from "./ended-lately.ts";
import { type FactNamed, type Kinds, knownKinds } from "./facts.ts";
import {
  bearsOnRunning,
  foldMission,
  isForced,
  isRunning,
  type MissionFact,
  type MissionFold,
  missionRefOf,
  newMission,
} from "./mission-fold.ts";
import type { CapabilityId } from "./region-data.ts";
import { addReport, newRegister, ownSiteOnly, type Register } from "./register.ts";
import { authorOf, type Newest, type Report, reportOf, withNewest } from "./report.ts";
import { missionOfTask, type TaskId } from "./task.ts";
import { foldTransfer, noteOpened, type Transfers } from "./transfer-fold.ts";

export type StatusFact = FactNamed<
  "hospital.status/1" | "hospital.status-taken-back/1" | "voice.report/1" | "voice.report-taken-back/1"
>;
export type BedsFact = FactNamed<"hospital.beds/1">;
export type ContactFact = FactNamed<"contact.lost/1" | "contact.regained/1">;
export type TaskFact = FactNamed<"task.taken/1" | "task.released/1">;
export type SoundFact = FactNamed<"board.sound/1">;
export type CutOffFact = FactNamed<"contact.cut-off/1">;

export type HospitalFold = {
  readonly cells: Map<CapabilityId, Register<StatusFact>>;
  readonly beds: Map<Ward, Register<BedsFact>>;
  readonly calls: CallFold;
  /** How many facts about it are folded: unlike any state before. */
  folded: number;
};

/** How far a log is folded, and what the charter said of it then. */
export type FoldedLog = {
  /** Entries folded so far: the index of the next. */
  size: number;
  /** Entries that this version cannot use. */
  unusable: number;
  /** One past the last entry that could mean something: those behind it are past an end or a fork. */
  meant: number;
  charterRevision: number;
  writer: Writer;
  endedAt: number | undefined;
};

/**
 * The region as all folded facts amount to it. A commutative, idempotent merge: in whatever order logs arrive, and
 * however often, the same facts make the same fold. What has been replaced is not kept.
 */
export type Fold = {
  readonly kinds: Kinds;
  readonly logs: Map<LogId, FoldedLog>;
  readonly hospitals: Map<Name, HospitalFold>;
  readonly missions: Map<string, MissionFold>;
  /** Ids of the missions that are opened and not ended. */
  readonly running: Set<string>;
  readonly endedLately: EndedLately;
  /** Missions for which a centre ever chose a hospital by force; running or not. */
  readonly forced: Set<string>;
  /** By log and position the entries that facts speak of as opening a mission before they are folded. */
  readonly awaited: Map<LogId, Set<number>>;
  /** By the site observed: what each observer's device said last. */
  readonly contacts: Map<Name, Newest<ContactFact>>;
  cutOffs: Newest<CutOffFact>;
  /** Whose each task is; any control centre may take it on or release it. */
  readonly tasks: Map<TaskId, Register<TaskFact>>;
  /** By site: whether its boards can be heard. */
  readonly sounds: Map<Name, Newest<SoundFact>>;
  /** By the reference of the fact that closed a road. */
  readonly closures: Closures;
  /** By the reference of the fact that asked for a transfer. */
  readonly transfers: Transfers;
  readonly cases: Map<CaseId, CaseFold>;
  /** By mission: the cases that were opened for it. */
  readonly missionCases: Map<string, Set<CaseId>>;
  /** By device of ours and request. */
  readonly requests: Map<DeviceId, Map<string, FactRef>>;
  /** The newest moment for which ended missions have left (leaving.ts), our wall clock, UTC ms; 0: never. */
  leftMs: number;
  /** The charter changed the meaning of entries that are folded already: fold anew from the store. */
  stale: boolean;
};

/** One entry as it lies in the store. */
export type FoldInput = {
  readonly log: LogId;
  readonly index: number;
  /** Null where the bytes are no usable entry. */
  readonly entry: Entry | null;
  /** When this device stored it: its wall clock, UTC ms. */
  readonly storedMs: number;
  /** A device of ours wrote it: its request is remembered, so that a retry is not a second fact. */
  readonly local: boolean;
  /** How many entries of this log mean anything, since it was signed in two ways; left out: all. */
  readonly countsUpTo?: number;
};

/** What a fact changed, so that a board's rows can be pushed one by one. */
export type Touched =
  | { readonly what: "hospital"; readonly hospital: Name }
  | { readonly what: "mission"; readonly mission: string }
  | { readonly what: "contact"; readonly site: Name }
  | { readonly what: "cut-off"; readonly observer: Name }
  | { readonly what: "task"; readonly task: TaskId }
  | { readonly what: "sound"; readonly site: Name }
  | { readonly what: "closure"; readonly closure: string }
  | { readonly what: "transfer"; readonly transfer: string }
  | { readonly what: "case"; readonly case: CaseId }
  /** An entry that this version cannot use. */
  | { readonly what: "unusable"; readonly log: LogId };

const topics = Object.keys(taskTopics) as TaskTopic[];

/** A retry comes within minutes; this many requests of one device are remembered. */
export const requestsKeptMax = 50_000;

/** @param kinds the facts that this version knows; an older version knows fewer */
export function newFold(kinds: Kinds = knownKinds): Fold {
  return {
    kinds,
    logs: new Map(),
    hospitals: new Map(),
    missions: new Map(),
    running: new Set(),
    endedLately: new Map(),
    forced: new Set(),
    awaited: new Map(),
    contacts: new Map(),
    cutOffs: [],
    tasks: new Map(),
    sounds: new Map(),
    closures: new Map(),
    transfers: new Map(),
    cases: new Map(),
    missionCases: new Map(),
    requests: new Map(),
    leftMs: 0,
    stale: false,
  };
}

/** The fact that a device of ours wrote for this request, if it is folded; `log` is any log of that device. */
export function requestOf(fold: Fold, log: LogId, request: string): FactRef | undefined {
  return fold.requests.get(deviceOf(log))?.get(request);
}

/**
 * Folds one entry; charter facts go to the charter before this. Entries of one log come in order from 0, and one
 * that was folded before is ignored. Returns what changed, or null.
 */
export function foldEntry(fold: Fold, charter: Charter, input: FoldInput): Touched | null {
  const { log, index } = input;
  const folded = foldedLog(fold, charter, log);
  assert(index <= folded.size, "the entries of a log are folded without a gap");
  if (index < folded.size) return null;
  folded.size += 1;
  const touched = foldNext(fold, folded, input);
  if (fold.awaited.size > 0) endAwaiting(fold, log, index);
  return touched;
}

function foldNext(fold: Fold, folded: FoldedLog, input: FoldInput): Touched | null {
  const { log, index, entry } = input;
  if (input.local && entry?.request !== undefined) rememberRequest(fold, log, index, entry.request);
  const counted = Math.min(folded.endedAt ?? folded.size, input.countsUpTo ?? folded.size);
  if (index >= counted) return null;
  folded.meant = folded.size;
  const fact = entry === null ? undefined : factBy(folded.writer, log, index, entry, fold.kinds);
  if (fact === undefined) {
    folded.unusable += 1;
    return { what: "unusable", log };
  }
  return foldReport(fold, { log, index, fact, storedMs: input.storedMs });
}

/**
 * Whether the charter has since changed what folded entries mean: a device's end, a writer that was not known, an
 * authority that was replaced. Such a fold is to be made anew from the store, the charter as it is now.
 */
export function foldIsStale(fold: Fold, charter: Charter): boolean {
  for (const log of fold.logs.keys()) foldedLog(fold, charter, log);
  return fold.stale;
}

/** "n entries this version cannot use", for each log that has any. */
export function unusableEntries(fold: Fold): readonly { readonly log: LogId; readonly entries: number }[] {
  return [...fold.logs]
    .filter(([, folded]) => folded.unusable > 0)
    .map(([log, folded]) => ({ log, entries: folded.unusable }));
}

/** Whether the centre leads this mission, alone or beside another one. */
export function leadsMission(fold: Fold, mission: FactRef, centre: Name): boolean {
  const heads = fold.missions.get(refKey(mission))?.control.heads ?? [];
  return heads.some((head) => authorOf(head) === centre);
}

function foldedLog(fold: Fold, charter: Charter, log: LogId): FoldedLog {
  const known = fold.logs.get(log);
  if (known?.charterRevision === charter.revision) return known;
  const writer = writerOf(charter, log);
  const end = endedAt(charter, log);
  const charterRevision = charter.revision;
  if (known === undefined) {
    const folded = { size: 0, unusable: 0, meant: 0, charterRevision, writer, endedAt: end };
    fold.logs.set(log, folded);
    return folded;
  }
  if (meansOtherwise(known, writer, end)) fold.stale = true;
  return Object.assign(known, { charterRevision, writer, endedAt: end });
}

function meansOtherwise(folded: FoldedLog, writer: Writer, end: number | undefined): boolean {
  const { size } = folded;
  // The first entry says how a log begins, whoever writes it.
  if (size > 1 && folded.writer !== writer) return true;
  return Math.min(size, folded.endedAt ?? size) !== Math.min(size, end ?? size);
}

function rememberRequest(fold: Fold, log: LogId, index: number, request: string): void {
  const requests = entryOf(fold.requests, deviceOf(log), newRequests);
  if (requests.has(request)) return;
  requests.set(request, [log, index]);
  if (requests.size <= requestsKeptMax) return;
  for (const oldest of requests.keys()) {
    requests.delete(oldest);
    return;
  }
}

function newRequests(): Map<string, FactRef> {
  return new Map();
}

function foldReport(fold: Fold, report: Report): Touched | null {
  const { fact } = report;
  switch (fact.kind) {
    case "hospital.status/1":
      return foldStatus(fold, authorOf(report), reportOf(report, fact), fact.over);
    case "hospital.status-taken-back/1":
      return foldStatus(fold, authorOf(report), reportOf(report, fact), [fact.takesBack, ...fact.over]);
    case "voice.report/1":
      return foldStatus(fold, fact.hospital, reportOf(report, fact), fact.over);
    case "voice.report-taken-back/1":
      return foldStatus(fold, fact.hospital, reportOf(report, fact), [fact.takesBack, ...fact.over]);
    case "voice.called/1":
      return foldCalls(fold, fact.hospital, (calls) => foldCall(calls, reportOf(report, fact)));
    case "voice.call-taken-back/1":
      return foldCalls(fold, fact.hospital, ({ takenBack }) => takenBack.add(refKey(fact.takesBack)));
    case "hospital.beds/1":
      return foldBeds(fold, reportOf(report, fact));
    case "contact.lost/1":
    case "contact.regained/1":
      return foldContact(fold, reportOf(report, fact));
    case "contact.cut-off/1":
      fold.cutOffs = withNewest(fold.cutOffs, reportOf(report, fact));
      return { what: "cut-off", observer: authorOf(report) };
    case "task.taken/1":
    case "task.released/1":
      return foldTask(fold, reportOf(report, fact));
    case "board.sound/1":
      return foldSound(fold, reportOf(report, fact));
    case "road.closed/1":
    case "road.opened/1":
      return { what: "closure", closure: foldClosure(fold.closures, reportOf(report, fact)) };
    case "transfer.asked/1":
    case "transfer.taken-back/1":
    case "transfer.declined/1":
    case "transfer.decline-taken-back/1":
      return { what: "transfer", transfer: foldTransfer(fold.transfers, reportOf(report, fact)) };
    case "case.opened/1":
    case "case.shared/1":
    case "case.note/1":
    case "case.key-carried/1":
    case "case.erased/1":
      return { what: "case", case: foldCase(fold, reportOf(report, fact)) };
    case "log.start/1":
    case "charter.start/1":
    case "charter.site/1":
    case "charter.device/1":
    case "charter.device-ended/1":
    case "charter.authority-next/1":
    case "charter.neighbour/1":
    case "charter.neighbour-ended/1":
    // What was shown to whom and known then: read when somebody asks (site/decisions/), no state of the region.
    case "decision.made/1":
    case "decision.known/1":
      return null;
    default:
      return foldMissionFact(fold, reportOf(report, fact));
  }
}

function foldStatus(
  fold: Fold,
  hospital: Name,
  report: Report<StatusFact>,
  over: readonly FactRef[],
): Touched {
  const state = touchedHospital(fold, hospital);
  const register = entryOf(state.cells, report.fact.capability, newRegister<StatusFact>);
  addReport(register, report, over, {
    // Its own word only the hospital replaces; a voice report anyone who may speak on this cell.
    mayReplace: (by, site) => site !== hospital || authorOf(by) === hospital,
    isFolded: (ref) => isFolded(fold, ref),
  });
  return { what: "hospital", hospital };
}

function foldBeds(fold: Fold, report: Report<BedsFact>): Touched {
  const hospital = authorOf(report);
  const register = entryOf(touchedHospital(fold, hospital).beds, report.fact.ward, newRegister<BedsFact>);
  addReport(register, report, report.fact.over, {
    mayReplace: ownSiteOnly,
    isFolded: (ref) => isFolded(fold, ref),
  });
  return { what: "hospital", hospital };
}

function foldCalls(fold: Fold, hospital: Name, add: (calls: CallFold) => void): Touched {
  add(touchedHospital(fold, hospital).calls);
  return { what: "hospital", hospital };
}

function foldContact(fold: Fold, report: Report<ContactFact>): Touched {
  const { site } = report.fact;
  fold.contacts.set(site, withNewest(fold.contacts.get(site) ?? [], report));
  return { what: "contact", site };
}

function foldSound(fold: Fold, report: Report<SoundFact>): Touched {
  const site = authorOf(report);
  fold.sounds.set(site, withNewest(fold.sounds.get(site) ?? [], report));
  return { what: "sound", site };
}

function foldTask(fold: Fold, report: Report<TaskFact>): Touched | null {
  const { task, over } = report.fact;
  const mission = missionOfTask(task);
  if (mission !== null && !fold.missions.get(refKey(mission))?.opened && !expects(fold, mission)) return null;
  addReport(entryOf(fold.tasks, task, newRegister<TaskFact>), report, over, {
    mayReplace: () => true,
    isFolded: (ref) => isFolded(fold, ref),
  });
  return { what: "task", task };
}

/**
 * Whether facts about a mission that is not opened mean anything: the entry that should open it is still to come. Where
 * that is folded, there never was such a mission, or it has left (leaving.ts).
 */
function expects(fold: Fold, mission: FactRef): boolean {
  if (isFolded(fold, mission)) return false;
  entryOf(fold.awaited, mission[0], newPositions).add(mission[1]);
  return true;
}

function newPositions(): Set<number> {
  return new Set();
}

/** The entry was folded. If it opens no mission, what was said of it as if it did means nothing. */
function endAwaiting(fold: Fold, log: LogId, index: number): void {
  const positions = fold.awaited.get(log);
  if (positions === undefined || !positions.delete(index)) return;
  if (positions.size === 0) fold.awaited.delete(log);
  const id = refKey([log, index]);
  if (!fold.missions.get(id)?.opened) forgetMission(fold, id);
}

/** Whether facts about this entry as the opening of a mission are kept until it is folded. */
export function isAwaited(fold: Fold, [log, index]: FactRef): boolean {
  return fold.awaited.get(log)?.has(index) ?? false;
}

/** Takes a mission out of the fold with all that hangs on it. */
export function forgetMission(fold: Fold, id: string): void {
  const ref = fold.missions.get(id)?.opened?.fact.transfer;
  if (ref !== undefined) fold.transfers.get(refKey(ref))?.missions.delete(id);
  fold.missions.delete(id);
  fold.running.delete(id);
  fold.endedLately.delete(id);
  fold.forced.delete(id);
  for (const topic of topics) fold.tasks.delete(`${topic}:${id}`);
}

function foldMissionFact(fold: Fold, report: Report<MissionFact>): Touched | null {
  const ref = missionRefOf(report);
  const id = refKey(ref);
  const known = fold.missions.get(id);
  if (!known?.opened && report.fact.kind !== "mission.opened/1" && !expects(fold, ref)) return null;
  const mission = known ?? newMission(ref);
  if (known === undefined) fold.missions.set(id, mission);
  foldMission(mission, report, (other) => isFolded(fold, other));
  if (bearsOnRunning(report.fact)) keepRunning(fold, mission);
  if (isForced(report)) fold.forced.add(mission.id);
  noteTransfer(fold, mission);
  return { what: "mission", mission: mission.id };
}

/** A mission that was opened from a hospital's own request tells it so. */
export function noteTransfer({ transfers }: Fold, { id, opened }: MissionFold): void {
  const ref = opened?.fact.transfer;
  if (ref !== undefined) noteOpened(transfers, ref, id);
}

/** Whether it runs follows from what was said of it. */
export function keepRunning(fold: Fold, mission: MissionFold): void {
  if (isRunning(mission)) fold.running.add(mission.id);
  else fold.running.delete(mission.id);
  noteEnded(fold.endedLately, mission);
}

function touchedHospital(fold: Fold, hospital: Name): HospitalFold {
  const state = entryOf(fold.hospitals, hospital, newHospital);
  state.folded += 1;
  return state;
}

function newHospital(): HospitalFold {
  return { cells: new Map(), beds: new Map(), calls: newCallFold(), folded: 0 };
}

function isFolded(fold: Fold, [log, index]: FactRef): boolean {
  return index < (fold.logs.get(log)?.size ?? 0);
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
