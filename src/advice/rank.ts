import { type AdviceBase, cellClass, contactCode, excluded, type NeedColumns } from "./base.ts";

export function classAt(base: AdviceBase, hospital: number, column: number): number {
  return base.cells[hospital * base.capabilities.length + column] ?? cellClass.unknown;
}

/** The column of a group that costs least, of equals the better class, then the one named first. */
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
 * Writes every hospital's penalty and total for the need into the base. A penalty is what the worst of the required
 * groups costs (doubts about one hospital have one cause more often than two), each preferred capability, and its
 * silence. Who declined this patient is excluded.
 */
export function assess(base: AdviceBase, need: NeedColumns, declined: ReadonlySet<number>): Assessment {
  let anySuitable = false;
  let anyWithRoom = false;
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
    const worst =
      declined.size > 0 && declined.has(hospital) ? cellClass.no : worstClass(base, need, hospital);
    const cost = base.requiredCostMin[worst] ?? excluded;
    const penalty = cost === excluded ? excluded : cost + extraMin(base, need, hospital);
    if (penalty !== excluded) {
      anySuitable = true;
      if (worst !== cellClass.full) anyWithRoom = true;
    }
    base.penaltyMin[hospital] = penalty;
    base.totalMinTenths[hospital] = driveOf(base, hospital) + (penalty === excluded ? 0 : 10 * penalty);
  }
  return { anySuitable, anyWithRoom };
}

/** The class of the required group that costs most, each at its best; *open* where nothing is required. */
function worstClass(base: AdviceBase, { required }: NeedColumns, hospital: number): number {
  let worst: number = cellClass.open;
  for (let i = 0; i < required.length; i += 1) {
    const group = required[i] ?? [];
    const best = classAt(base, hospital, bestOf(base, hospital, group));
    if (isBetter(base, worst, best)) worst = best;
  }
  return worst;
}

function extraMin(base: AdviceBase, need: NeedColumns, hospital: number): number {
  let minutes = isHeard(base, hospital) ? 0 : base.policy.silentPenaltyMin;
  for (const column of need.preferred) minutes += base.preferredCostMin[classAt(base, hospital, column)] ?? 0;
  return minutes;
}

/** Drive and penalty together, in tenths of a minute; an excluded hospital counts its drive alone. */
export function totalOf(base: AdviceBase, hospital: number): number {
  return base.totalMinTenths[hospital] ?? 0;
}

export function driveOf(base: AdviceBase, hospital: number): number {
  return base.driveMinTenths[hospital] ?? 0;
}

/** The best hospitals that are not excluded: by total; of equals who is heard, then drive, then hospital id. */
export function bestHospitals(base: AdviceBase, countMax: number): readonly number[] {
  return smallest(base, countMax, false);
}

/** The nearest of all, for when every hospital is excluded. */
export function nearestHospitals(base: AdviceBase, countMax: number): readonly number[] {
  return smallest(base, countMax, true);
}

function smallest(base: AdviceBase, countMax: number, withExcluded: boolean): readonly number[] {
  const best: number[] = [];
  let worstKept = Number.POSITIVE_INFINITY;
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
    if (totalOf(base, hospital) > worstKept) continue;
    if (!withExcluded && base.penaltyMin[hospital] === excluded) continue;
    let place = best.length;
    while (place > 0 && isBefore(base, hospital, best[place - 1] ?? 0)) place -= 1;
    best.splice(place, 0, hospital);
    if (best.length > countMax) best.pop();
    if (best.length === countMax) worstKept = totalOf(base, best[countMax - 1] ?? 0);
  }
  return best;
}

function isBefore(base: AdviceBase, a: number, b: number): boolean {
  const byTotal = totalOf(base, a) - totalOf(base, b);
  if (byTotal !== 0) return byTotal < 0;
  const isHeardA = isHeard(base, a);
  if (isHeardA !== isHeard(base, b)) return isHeardA;
  const byDrive = driveOf(base, a) - driveOf(base, b);
  return byDrive !== 0 ? byDrive < 0 : a < b;
}

/**
 * The hospital that lies nearer than `first` and was passed over, or null: the nearest of those that are known to
 * have what is required, else the nearest where it is not known. Nobody asks why the ambulance does not go to a
 * hospital that does not have it at all.
 */
export function passedOver(base: AdviceBase, need: NeedColumns, first: number): number | null {
  let known = first;
  let possible = first;
  for (let hospital = 0; hospital < base.hospitals.length; hospital += 1) {
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
