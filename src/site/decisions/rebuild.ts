import { type AdviceBase, setHospitalState } from "../../advice/base.ts";
import { flyWhereSooner } from "../../advice/flight.ts";
import { present } from "../../basics/assert.ts";
import { fromBase64 } from "../../basics/bytes.ts";
import { type Name, refKey } from "../../basics/name.ts";
import { cellMiddle } from "../../region/cell.ts";
import { type Charter, sitesOfType } from "../../region/charter.ts";
import type { FactNamed } from "../../region/facts.ts";
import type { DecidedLine, TakenContact } from "../../region/facts-decision.ts";
import type { Fold } from "../../region/fold.ts";
import { type HospitalView, hospitalView, missionViewOf } from "../../region/view.ts";
import type { Taken, ViewContext } from "../../region/view-context.ts";
import { reportsOf } from "../views/board-rows.ts";
import type { AdviceRow } from "../views/board-view.ts";
import { takeLoads } from "../views/hospital-load.ts";
import { type AdviceContext, linesFor, namedLine, patientOf } from "../views/mission-lines.ts";
import { minutesText } from "./decided.ts";

export type DecisionFact = FactNamed<"decision.made/1">;

/** What the fold of exactly the facts that were known then is, and what the region's files say now. */
export type Known = AdviceContext & { readonly fold: Fold; readonly charter: Charter };

export type Rebuilt = {
  /** Of the mission then: some minutes are a flight's. */
  readonly flown: boolean;
  readonly lines: readonly DecidedLine[];
  readonly named: readonly DecidedLine[];
  readonly forced: boolean;
};

/**
 * The advice anew, from the facts that are folded and from what its fact says of everything else: the same policy over
 * the same state. Null: these facts know no such mission, or other hospitals are listed now.
 */
export function rebuild(known: Known, decided: DecisionFact): Rebuilt | null {
  const { fold, charter, data, clock } = known;
  const base = recordedBase(known.base, decided);
  if (base === null) return null;
  const region = regionThen(fold, charter, decided);
  const mission = missionViewOf(region, refKey(decided.mission));
  if (mission === null) return null;
  takeHospitals(base, region, decided);
  const patient = {
    ...patientOf(fold, mission, decided.expected ?? {}),
    need: decided.need,
    position: cellMiddle(decided.cell),
    aloftMin: decided.aloftMin ?? 0,
  };
  const now = { wallMs: decided.shownMs };
  const context = { base, clock, data };
  const asked = decided.named?.[0]?.hospital;
  const named = asked === undefined ? null : namedLine(context, patient, now, asked);
  const { lines, forced } = linesFor(context, patient, now, decided.besides ?? null);
  const { flown } = patient;
  return { flown, lines: lines.map(lineOf), named: named === null ? [] : [lineOf(named)], forced };
}

/** Whether these drives, computed anew from where the decision was made, are the minutes that it has. */
export function areMinutesOf(
  base: AdviceBase,
  { minutes, cell, aloftMin = 0 }: DecisionFact,
  driveMinTenths: Uint16Array,
  flown: boolean,
): boolean {
  const anew = { ...base, driveMinTenths: driveMinTenths.slice(), isFlown: base.isFlown.slice() };
  if (flown) flyWhereSooner(anew, cellMiddle(cell), aloftMin);
  return minutesText(anew.driveMinTenths) === minutes;
}

function lineOf({ hospital, driveMinTenths, totalMinTenths, text }: AdviceRow): DecidedLine {
  return { hospital, driveMinTenths, totalMinTenths, text };
}

function recordedBase(
  base: AdviceBase,
  { minutes, source, hasTable, hasTraffic }: DecisionFact,
): AdviceBase | null {
  const bytes = fromBase64(minutes);
  if (!bytes.ok || bytes.value.length !== 2 * base.hospitals.length) return null;
  const view = new DataView(bytes.value.buffer, bytes.value.byteOffset);
  const minTenths = Uint16Array.from(base.hospitals, (_, i) => view.getUint16(2 * i));
  return { ...base, roads: { ...base.roads, recorded: { minTenths, source, hasTable, hasTraffic } } };
}

/** The region as the decision says that it counted. */
export function regionThen(fold: Fold, charter: Charter, decided: DecisionFact): ViewContext {
  const { shownMs, openRunsOutMs, voiceRunsOutMs } = decided;
  const taken = new Map<string, Taken>(
    decided.taken
      .flat()
      .map(([log, index, sinceMs, endsMs]) => [
        refKey([log, index]),
        endsMs === undefined ? { sinceMs } : { sinceMs, endsMs },
      ]),
  );
  return {
    fold,
    charter,
    nowMs: shownMs,
    runOut: { openRunsOutMs, voiceRunsOutMs },
    clockOffsetMs: () => 0,
    taken: ({ log, index }) => taken.get(refKey([log, index])),
  };
}

function takeHospitals(base: AdviceBase, region: ViewContext, decided: DecisionFact): void {
  const views = sitesOfType(region.charter, "hospital").map(({ site }) => hospitalView(region, site));
  const known = new Map<Name, HospitalView>(views.map((view) => [view.hospital, view]));
  const { others, othersSinceMs, except } = decided.contact;
  const named = new Map(except.flatMap((part) => Object.entries(part)));
  for (const { id } of base.hospitals) {
    const [contact, contactSinceMs]: readonly [TakenContact, number | null] = named.get(id) ?? [
      others,
      othersSinceMs,
    ];
    const reported = reportsOf(known.get(id)?.cells ?? []);
    setHospitalState(base, { hospital: id, contact, contactSinceMs, reported });
  }
  takeLoads(base, views, region);
  for (const [index, { id }] of base.hospitals.entries()) {
    takeDeclined(base, index, decided.declined[id], decided);
    takeAssigned(base, index, decided.assigned?.[id] ?? [], decided);
  }
}

/** Who declined is in the log; when that was counts by the clock of whoever counted. */
function takeDeclined(
  base: AdviceBase,
  index: number,
  atMs: number | undefined,
  { need }: DecisionFact,
): void {
  const declines = present(base.declines[index], "a hospital has its declines");
  if (declines.has(need) && atMs !== undefined) base.declines[index] = new Map(declines).set(need, atMs);
}

/** The same of who was assigned by force; no more than the facts have, but for this mission's own. */
function takeAssigned(
  base: AdviceBase,
  index: number,
  counted: readonly number[],
  { mission }: DecisionFact,
): void {
  const known = [...(base.assigned[index] ?? [])].filter(([one]) => one !== refKey(mission));
  base.assigned[index] = new Map(
    known.slice(0, counted.length).map(([one], i) => [one, counted[i] ?? 0] as const),
  );
}
