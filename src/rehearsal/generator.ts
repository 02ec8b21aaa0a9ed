import { assert, present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { hourMs, minuteMs, secondMs } from "../basics/time.ts";
import { cellAt } from "../region/cell.ts";
import type { AgeGroup } from "../region/choices.ts";
import type { Cell } from "../region/fields.ts";
import type { Municipality, NeedId, RegionData } from "../region/region-data.ts";
import { straightM } from "../roads/plane.ts";

/** What a call says of its patient: the body of `mission.opened` but for the vehicle. No name, no free text. */
export type Call = {
  readonly need: NeedId;
  readonly urgency: number;
  readonly ageGroup: AgeGroup;
  readonly doctor: boolean;
  readonly ventilated: boolean;
  readonly cpr: boolean;
  readonly pregnant: boolean;
  readonly infectious: boolean;
  readonly callAtMs: number;
  readonly cell: Cell;
};

/** One transport as it would go if nothing happened. Times are UTC ms. */
export type DrawnMission = {
  readonly centre: Name;
  readonly call: Call;
  /** The ambulance is sent, sets out, reaches the patient, has the patient on board. */
  readonly alarmMs: number;
  readonly setOutMs: number;
  readonly onSceneMs: number;
  readonly onBoardMs: number;
  /** From the hospital's door to the next call, ms. */
  readonly handoverMs: number;
};

export type Span = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Local hour, 0 to 23, whose share of the day's calls is drawn. */
  readonly hour: number;
};

const yearMs = 365 * 24 * hourMs;
/** How far around a municipality's middle its people live: degrees/1000 to each side. Own estimate, certainty D. */
const scatterLatE3 = 30;
const scatterLonE3 = 45;
const partsE4 = 10_000;

/**
 * The transports whose alarm falls in the span, in its order: as many, of such kinds and so long as the region's
 * missions.json says. Calls come independently of each other (a Poisson process).
 */
export function drawMissions(data: RegionData, random: Random, span: Span): readonly DrawnMission[] {
  assert(span.fromMs <= span.toMs, "a span ends after its beginning");
  const meanGapMs = 1 / callsPerMs(data, span.hour);
  const missions: DrawnMission[] = [];
  for (let atMs = span.fromMs + gapMs(random, meanGapMs); atMs < span.toMs; ) {
    missions.push(drawMission(data, random, Math.round(atMs)));
    atMs += gapMs(random, meanGapMs);
  }
  return missions;
}

/** Calls that end in a transport, per ms, at this hour of the day. */
export function callsPerMs({ municipalities, missions }: RegionData, hour: number): number {
  const people = municipalities.reduce((sum, row) => sum + row.people, 0);
  const perYear =
    (people / 1_000) * missions.ratePerThousandYear.value * (missions.transportedE4.value / partsE4);
  const ofHour = present(missions.hourlyE4.shares[hour], "an hour of the day") / (partsE4 / 24);
  return (perYear / yearMs) * ofHour;
}

function gapMs(random: Random, meanMs: number): number {
  const resolution = 2 ** 32;
  return -Math.log((random.below(resolution) + 1) / resolution) * meanMs;
}

function drawMission(data: RegionData, random: Random, alarmMs: number): DrawnMission {
  const { classes, callToAlarm, turnout, driveToScene, handover, readyAgain } = data.missions;
  const kind = weighted(random, classes, (row) => row.shareE4);
  const urgency = 1 + weightedIndex(random, kind.urgencyE4);
  const callAtMs = alarmMs - spread(random, callToAlarm.medianS * secondMs);
  const cell = drawPlace(random, data.municipalities);
  const setOutMs = alarmMs + spread(random, turnout.medianS * secondMs);
  const onSceneMs = setOutMs + spread(random, driveToScene.medianS * secondMs);
  const onBoardMs = onSceneMs + spread(random, kind.onSceneMin * minuteMs);
  const doctor = random.below(partsE4) < data.missions.withDoctorE4.value;
  return {
    centre: centreFor(data, cell),
    call: { need: kind.need, urgency, ...drawPatient(random, kind.need, urgency), doctor, callAtMs, cell },
    alarmMs,
    setOutMs,
    onSceneMs,
    onBoardMs,
    handoverMs: spread(random, handover.medianS * secondMs) + spread(random, readyAgain.medianS * secondMs),
  };
}

// The sources give medians. That times lie between 0.7 and 1.3 of them is our own estimate, certainty D.
function spread(random: Random, medianMs: number): number {
  return Math.round((medianMs * (700 + random.below(601))) / 1_000);
}

type Patient = Pick<Call, "ageGroup" | "ventilated" | "cpr" | "pregnant" | "infectious">;

/** Shares of adults' age groups among calls. Own estimate, certainty D. */
const adults = [
  { ageGroup: "18-64", shareE4: 4_200 },
  { ageGroup: "65-79", shareE4: 2_700 },
  { ageGroup: "80+", shareE4: 3_100 },
] as const;
const children: readonly AgeGroup[] = ["0", "1-5", "6-17"];
const infectiousOneIn = 20;
const ventilatedOneIn = 5;

function drawPatient(random: Random, need: NeedId, urgency: number): Patient {
  const cpr = need === "cardiac-arrest" && random.oneIn(2);
  return {
    ageGroup: drawAge(random, need),
    cpr,
    ventilated: cpr || (urgency === 1 && need === "respiratory" && random.oneIn(ventilatedOneIn)),
    pregnant: need === "obstetric",
    infectious: random.oneIn(infectiousOneIn),
  };
}

function drawAge(random: Random, need: NeedId): AgeGroup {
  if (need === "paediatric") return random.pick(children);
  if (need === "obstetric") return "18-64";
  return weighted(random, adults, (row) => row.shareE4).ageGroup;
}

function drawPlace(random: Random, municipalities: readonly Municipality[]): Cell {
  const town = weighted(random, municipalities, (row) => row.people);
  const latE3 = town.latE3 + random.below(2 * scatterLatE3 + 1) - scatterLatE3;
  const lonE3 = town.lonE3 + random.below(2 * scatterLonE3 + 1) - scatterLonE3;
  return cellAt(latE3, lonE3);
}

/** The centre of the nearest hospital: whose area it is stands in no source that we may copy. */
function centreFor({ hospitals, region }: RegionData, cell: Cell): Name {
  let centre: Name | undefined;
  let nearestM = Number.POSITIVE_INFINITY;
  for (const { latE3, lonE3, homeCentre } of hospitals) {
    const distanceM = straightM(region.projection, cell.latE2 * 10, cell.lonE2 * 10, latE3, lonE3);
    if (distanceM < nearestM) [centre, nearestM] = [homeCentre, distanceM];
  }
  return present(centre, "a region has hospitals");
}

function weighted<T>(random: Random, rows: readonly T[], weightOf: (row: T) => number): T {
  return present(rows[weightedIndex(random, rows.map(weightOf))], "a row was drawn");
}

function weightedIndex(random: Random, weights: readonly number[]): number {
  let left = random.below(weights.reduce((sum, weight) => sum + weight, 0));
  for (const [i, weight] of weights.entries()) {
    if (left < weight) return i;
    left -= weight;
  }
  return weights.length - 1;
}
