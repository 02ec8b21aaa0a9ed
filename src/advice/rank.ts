import type { MinutesSource } from "../roads/roads.ts";
import {
  type AdviceBase,
  cellClass,
  contactCode,
  excluded,
  type NeedColumns,
  placesUnknown,
  sinceUnknown,
} from "./base.ts";
import { type Neighbours, nextMinTenths } from "./next.ts";
import { compareTurns, noTurn, type Turn, turnOf } from "./turn.ts";

/** One patient, as hospitals are weighed for them. */
export type Patient = {
  readonly need: NeedColumns;
  readonly needId: string;
  /** 1 is the most urgent. */
  readonly urgency: number;
  /** The nearest hospital that can stabilise: silence, doubt and load cost nothing. */
  readonly danger: boolean;
  /** Hospitals (indices) that declined this very patient. */
  readonly declined: ReadonlySet<number>;
  /** A transfer: the hospital (index) that sends the patient, -1 for one that is not listed; null: an emergency. */
  readonly sender: number | null;
  /** Hospitals (indices) among whose inbound patients this one is counted already. */
  readonly inboundTo: ReadonlySet<number>;
  /** What was assigned by force under this name does not count; null: everything does. */
  readonly mission: string | null;
  /** By hospital (index): how many of the same scene would go there. */
  readonly expected: ReadonlyMap<number, number>;
  readonly nowMs: number;
};

const minuteMs = 60_000;

/** The class of a cell at the moment of the question, in the columns of its need. */
export function classAt(base: AdviceBase, hospital: number, column: number): number {
  return base.cellsNow[hospital * base.capabilities.length + column] ?? cellClass.unknown;
}

/** The column of a group that is least in doubt, of equals the better class, then the one named first. */
export function bestOf(base: AdviceBase, hospital: number, group: readonly number[]): number {
  let best = group[0] ?? 0;
  for (let i = 1; i < group.length; i += 1) {
    const column = group[i] ?? 0;
    if (isBetter(base, classAt(base, hospital, column), classAt(base, hospital, best))) best = column;
  }
  return best;
}

function isBetter({ classPlace }: AdviceBase, a: number, b: number): boolean {
  return (classPlace[a] ?? 0) < (classPlace[b] ?? 0);
}

export function isHeard(base: AdviceBase, hospital: number): boolean {
  return (base.contact[hospital] ?? contactCode.silent) <= contactCode.late;
}

export type Assessment = {
  /** Some hospital is not excluded. */
  readonly anySuitable: boolean;
  /** Some hospital is not excluded and not full for the need. */
  readonly anyWithRoom: boolean;
};

/**
 * Writes into the base what every hospital costs this patient, drives standing there already: the drive, the wait, what
 * being turned away costs as often as it is likely, and what is missing of the preferred. Who declined this patient is
 * excluded.
 *
 * @param source of the drives: those from hospital to hospital have it too
 */
export function assess(base: AdviceBase, patient: Patient, source: MinutesSource): Assessment {
  const neighbours = base.neighbourhood.of(source);
  readCells(base, patient);
  const open = readWorst(base, patient);
  let anySuitable = false;
  let anyWithRoom = false;
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
    const worst = base.worst[hospital] ?? cellClass.no;
    const isExcluded = base.classPercent[worst] === excluded;
    if (!isExcluded) {
      anySuitable = true;
      if (worst !== cellClass.full) anyWithRoom = true;
    }
    base.isExcluded[hospital] = isExcluded ? 1 : 0;
    base.percent[hospital] = patient.danger ? 0 : percentOf(base, patient, hospital, worst);
    base.waitMin[hospital] = patient.danger ? 0 : waitOf(base, patient, hospital);
    base.totalMinTenths[hospital] = totalMinTenths(base, patient, hospital, open, neighbours);
  }
  return { anySuitable, anyWithRoom: anyWithRoom || patient.danger };
}

/** An *open* ages while nothing is said: its class depends on the moment. */
function readCells(base: AdviceBase, { need, nowMs }: Patient): void {
  const { cells, cellSinceMs, cellsNow, capabilities, policy } = base;
  const freshSinceMs = nowMs - policy.freshMin * minuteMs;
  const width = capabilities.length;
  const columns = [...need.required.flat(), ...need.preferred];
  for (let i = 0; i < columns.length; i += 1) {
    for (let cell = columns[i] ?? 0; cell < cells.length; cell += width) {
      const code = cells[cell] ?? cellClass.unknown;
      const isOlder = code === cellClass.open && (cellSinceMs[cell] ?? 0) < freshSinceMs;
      cellsNow[cell] = isOlder ? cellClass.older : code;
    }
  }
}

/**
 * Writes the worst of each hospital's required groups. Answers with who could take the patient whom another hospital
 * turned away: open for the whole need by a word, and heard.
 */
function readWorst(base: AdviceBase, { need, declined, sender }: Patient): readonly number[] {
  const open: number[] = [];
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
    const isOut = hospital === sender || (declined.size > 0 && declined.has(hospital));
    const worst = isOut ? cellClass.no : worstClass(base, need, hospital);
    const isOpen = worst <= cellClass.older && isHeard(base, hospital);
    base.worst[hospital] = worst;
    base.isOpen[hospital] = isOpen ? 1 : 0;
    if (isOpen) open.push(hospital);
  }
  return open;
}

function worstClass(base: AdviceBase, { required }: NeedColumns, hospital: number): number {
  let worst: number = cellClass.open;
  for (let i = 0; i < required.length; i += 1) {
    const group = required[i] ?? [];
    const best = classAt(base, hospital, bestOf(base, hospital, group));
    if (isBetter(base, worst, best)) worst = best;
  }
  return worst;
}

/** How likely the patient is turned away, in percent: the worst of the required groups or the silence, and a decline. */
function percentOf(base: AdviceBase, patient: Patient, hospital: number, worst: number): number {
  const known = silencePercent(base, hospital, patient.nowMs);
  const silence = known > 0 && weighsSilence(base, patient, hospital) ? known : 0;
  const classPercent = base.classPercent[worst] ?? excluded;
  if (classPercent === excluded) return silence;
  const doubt = patient.need.required.length === 0 ? 0 : classPercent;
  const declined = hasDeclined(base, patient, hospital) ? base.policy.declinedPercent : 0;
  return Math.min(100, Math.max(doubt, silence) + declined);
}

/**
 * A silence, and being cut off ourselves, is what we have not been told since it began. Where somebody has said by voice since then that the patient is
 * let in, in each required group, that word is the newest there is, and counts as it would of a hospital that is heard.
 */
export function weighsSilence(base: AdviceBase, { need }: Patient, hospital: number): boolean {
  const { capabilities, cellVoice, cellSinceMs, contact, contactSinceMs } = base;
  const sinceMs = contactSinceMs[hospital] ?? sinceUnknown;
  const code = contact[hospital];
  const isUntold = code === contactCode.silent || code === contactCode["cut-off"];
  if (!isUntold || sinceMs === sinceUnknown) return true;
  if (need.required.length === 0) return true;
  const percentAt = (column: number) => base.classPercent[classAt(base, hospital, column)] ?? excluded;
  return !need.required.every((group) => {
    const least = percentAt(bestOf(base, hospital, group));
    return group.some((column) => {
      const cell = hospital * capabilities.length + column;
      const isLetIn = classAt(base, hospital, column) <= cellClass.limited && percentAt(column) === least;
      return isLetIn && cellVoice[cell] === 1 && (cellSinceMs[cell] ?? sinceUnknown) >= sinceMs;
    });
  });
}

/** Nobody is called silent whom we have not heard since our start, or do not hear because we are cut off. */
function silencePercent(
  { contact, contactSinceMs, policy }: AdviceBase,
  hospital: number,
  nowMs: number,
): number {
  const code = contact[hospital] ?? contactCode.silent;
  if (code <= contactCode.late) return 0;
  if (code !== contactCode.silent) return policy.unknownPercent;
  const isShort = nowMs - (contactSinceMs[hospital] ?? 0) < policy.silentShortMin * minuteMs;
  return isShort ? policy.silentShortPercent : policy.silentLongPercent;
}

/** It declined another patient with this need not long ago. */
export function hasDeclined(base: AdviceBase, { needId, nowMs }: Patient, hospital: number): boolean {
  const declines = base.declines[hospital];
  if (declines === undefined || declines.size === 0) return false;
  const atMs = declines.get(needId);
  return atMs !== undefined && nowMs - atMs < base.policy.declinedWithinMin * minuteMs;
}

/**
 * Patients on the way there, or of the same scene and expected there, with whom this one competes: of urgency 1 for the
 * resuscitation room alone.
 */
export function inboundOf(base: AdviceBase, patient: Patient, hospital: number): number {
  const { urgency, inboundTo } = patient;
  const all = urgency === 1 ? base.inboundUrgent[hospital] : base.inbound[hospital];
  const own = inboundTo.size > 0 && inboundTo.has(hospital) ? 1 : 0;
  return Math.max(0, (all ?? 0) - own) + expectedOf(patient, hospital);
}

export function expectedOf({ expected }: Patient, hospital: number): number {
  return expected.size === 0 ? 0 : (expected.get(hospital) ?? 0);
}

/** Places that the hospital reports free and that count for this patient, or `placesUnknown`. */
export function placesFor(base: AdviceBase, { urgency }: Patient, hospital: number): number {
  return urgency === 1 ? placesUnknown : (base.freePlaces[hospital] ?? placesUnknown);
}

function waitOf(base: AdviceBase, patient: Patient, hospital: number): number {
  const inbound = inboundOf(base, patient, hospital);
  const places = placesFor(base, patient, hospital);
  const without = places === placesUnknown ? inbound : Math.max(0, inbound + 1 - places);
  return without * base.policy.waitPerPatientMin;
}

function totalMinTenths(
  base: AdviceBase,
  { need, danger }: Patient,
  hospital: number,
  open: readonly number[],
  neighbours: Neighbours,
): number {
  const drive = driveOf(base, hospital);
  if (danger) return drive;
  let wholeMin = base.waitMin[hospital] ?? 0;
  for (const column of need.preferred) wholeMin += base.preferredMin[classAt(base, hospital, column)] ?? 0;
  const percent = base.percent[hospital] ?? 0;
  if (percent === 0) return drive + 10 * wholeMin;
  const { isOpen, policy } = base;
  const next = nextMinTenths(neighbours, hospital, isOpen, open, 10 * policy.noNextMin);
  const lossMinTenths = 10 * policy.turnedAwayLossMin + next;
  return drive + 10 * wholeMin + Math.floor((percent * lossMinTenths + 50) / 100);
}

/** Everything together, in tenths of a minute; of an excluded hospital as if it had to take the patient. */
export function totalOf(base: AdviceBase, hospital: number): number {
  return base.totalMinTenths[hospital] ?? 0;
}

/** Whole minutes as they are shown, and compared: what shows as equal is equal. */
export function shownMin(minTenths: number): number {
  return Math.floor((minTenths + 5) / 10);
}

export function driveOf(base: AdviceBase, hospital: number): number {
  return base.driveMinTenths[hospital] ?? 0;
}

type IsBefore = (a: number, b: number) => boolean;

/**
 * The best hospitals that are not excluded: by shown minutes; of equals who is heard, then who has fewer patients on
 * the way, then by drive, then by hospital id.
 */
export function bestHospitals(base: AdviceBase, patient: Patient, countMax: number): readonly number[] {
  const isBefore: IsBefore = (a, b) => {
    const byTotal = shownMin(totalOf(base, a)) - shownMin(totalOf(base, b));
    if (byTotal !== 0) return byTotal < 0;
    const isHeardA = isHeard(base, a);
    if (!patient.danger && isHeardA !== isHeard(base, b)) return isHeardA;
    const byInbound = patient.danger ? 0 : inboundOf(base, patient, a) - inboundOf(base, patient, b);
    const by = byInbound !== 0 ? byInbound : driveOf(base, a) - driveOf(base, b);
    return by !== 0 ? by < 0 : a < b;
  };
  return first(base, countMax, (hospital) => base.isExcluded[hospital] === 0, isBefore);
}

/**
 * Whom to assign to by force: of all who are known to have what is required (else may have it; else of all) those with
 * the fewest minutes. Those within `forcedEqualMin` of the fewest take turns (turn.ts); of those whose turn it is alike, who has
 * fewest on the way comes first. Of a transfer these are only the nearest, in the order of their minutes.
 *
 * @param out a hospital that is not among them; undefined: all may be
 */
export function forcedHospitals(
  base: AdviceBase,
  patient: Patient,
  countMax: number,
  out?: number,
): readonly number[] {
  const { need, sender } = patient;
  const byTotal: IsBefore = (a, b) =>
    totalOf(base, a) < totalOf(base, b) || (totalOf(base, a) === totalOf(base, b) && a < b);
  const having = (is: (code: number) => boolean) =>
    first(
      base,
      base.hospitals.length,
      (hospital) => hospital !== out && hospital !== sender && hasEach(base, need, hospital, is),
      byTotal,
    );
  const known = having(isKnown);
  const possible = known.length > 0 ? known : having(isPossible);
  const all =
    possible.length > 0
      ? possible
      : first(base, base.hospitals.length, (hospital) => hospital !== out && hospital !== sender, byTotal);
  if (sender !== null) return all.slice(0, countMax);
  const equalUpTo = totalOf(base, all[0] ?? 0) + 10 * base.policy.forcedEqualMin;
  const equals = all.filter((hospital) => totalOf(base, hospital) <= equalUpTo);
  const turns = new Map(equals.map((hospital) => [hospital, turnAt(base, patient, hospital)]));
  const turn = (hospital: number) => turns.get(hospital) ?? noTurn;
  // Sorting keeps the order of minutes where nothing else decides.
  equals.sort(
    (a, b) => compareTurns(turn(a), turn(b)) || inboundOf(base, patient, a) - inboundOf(base, patient, b),
  );
  return [...equals, ...all.slice(equals.length)].slice(0, countMax);
}

/** How often, and when last, others were assigned to a hospital by force of late. */
export function turnAt(
  { assigned, policy }: AdviceBase,
  { mission, nowMs }: Patient,
  hospital: number,
): Turn {
  const all = assigned[hospital];
  return all === undefined || all.size === 0
    ? noTurn
    : turnOf(all, mission, nowMs - policy.forcedCountedMin * minuteMs);
}

function first(
  base: AdviceBase,
  countMax: number,
  isMeant: (hospital: number) => boolean,
  isBefore: IsBefore,
): readonly number[] {
  const best: number[] = [];
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
    if (!isMeant(hospital)) continue;
    const last = best[countMax - 1];
    if (last !== undefined && !isBefore(hospital, last)) continue;
    let place = best.length;
    while (place > 0 && isBefore(hospital, best[place - 1] ?? 0)) place -= 1;
    best.splice(place, 0, hospital);
    if (best.length > countMax) best.pop();
  }
  return best;
}

/**
 * The hospital that lies nearer than `first` and was passed over, or null: the nearest of those that are known to
 * have what is required, else the nearest where it is not known. Nobody asks why the ambulance does not go to a
 * hospital that does not have it at all.
 */
export function passedOver(
  base: AdviceBase,
  { need, sender }: Pick<Patient, "need" | "sender">,
  first: number,
): number | null {
  let known = first;
  let possible = first;
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
    if (hospital === sender) continue;
    const drive = driveOf(base, hospital);
    if (drive < driveOf(base, known) && hasEach(base, need, hospital, isKnown)) known = hospital;
    if (drive < driveOf(base, possible) && hasEach(base, need, hospital, isPossible)) possible = hospital;
  }
  if (known !== first) return known;
  return possible === first ? null : possible;
}

function hasEach(
  base: AdviceBase,
  need: NeedColumns,
  hospital: number,
  is: (code: number) => boolean,
): boolean {
  return need.required.every((group) => group.some((column) => is(classAt(base, hospital, column))));
}

function isPossible(code: number): boolean {
  return code !== cellClass.no;
}

function isKnown(code: number): boolean {
  return isPossible(code) && code !== cellClass.unknown;
}
