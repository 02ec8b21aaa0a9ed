import type { FactRef, LogId, Name } from "../basics/name.ts";
import { callViews, type LineCallView } from "./call-fold.ts";
import { type CellView, cellView, unsaidCell } from "./cell-view.ts";
import { sitesOfType } from "./charter.ts";
import type { Ward } from "./choices.ts";
import { endedNews } from "./ended-lately.ts";
import { type BedsFact, type ContactFact, type Fold, unusableEntries } from "./fold.ts";
import { compareTexts } from "./log-order.ts";
import { hasArrived, type MissionFold } from "./mission-fold.ts";
import { destinationOf, type MissionView, missionView } from "./mission-view.ts";
import type { CapabilityId } from "./region-data.ts";
import { authorOf, compareReports, type Report, refOf } from "./report.ts";
import { ageMs, assertContext, sinceMs, type ViewContext } from "./view-context.ts";

export type BedsView = {
  readonly ward: Ward;
  /** Of several counts in force the smallest; null once it is too old to be believed. */
  readonly free: number | null;
  readonly total: number | null;
  /** When it was said, by its writer's clock, UTC ms. */
  readonly atMs: number;
  readonly sinceMs: number;
  readonly ageMs: number;
  /** All counts in force, the one shown first: what a new count is made against. */
  readonly over: readonly FactRef[];
};

/** What one observer last wrote of a site. Whether the site is heard now, contact says, not this. */
export type ContactView = {
  readonly observer: Name;
  readonly ref: FactRef;
  readonly contact: "lost" | "regained";
  readonly sinceMs: number;
  readonly ageMs: number;
};

/** One hospital as boards and advice see it. */
export type HospitalView = {
  readonly hospital: Name;
  /** Only capabilities on which there is a word; the others are *unconfirmed* (see {@link cellOf}). */
  readonly cells: readonly CellView[];
  readonly beds: readonly BedsView[];
  readonly contacts: readonly ContactView[];
  /** Of call-rounds, the newest first. */
  readonly calls: readonly LineCallView[];
};

export type CutOffView = {
  readonly observer: Name;
  readonly ref: FactRef;
  readonly fromMs: number;
  readonly toMs: number;
};

/** The region as one device knows it now. */
export type RegionView = {
  /** Every hospital of the charter, in its order. */
  readonly hospitals: readonly HospitalView[];
  /** Those under way, by urgency, then by the time of the call. */
  readonly missions: readonly MissionView[];
  readonly cutOffs: readonly CutOffView[];
  /** Entries that this version cannot use, by log. */
  readonly unusable: readonly { readonly log: LogId; readonly entries: number }[];
};

export function regionView(context: ViewContext): RegionView {
  assertContext(context);
  const hospitals = sitesOfType(context.charter, "hospital");
  return {
    hospitals: hospitals.map(({ site }) => hospitalView(context, site)),
    missions: runningMissions(context),
    cutOffs: cutOffViews(context.fold),
    unusable: unusableEntries(context.fold).toSorted((a, b) => compareTexts(a.log, b.log)),
  };
}

/** One row, for pushing it alone. A hospital of which nothing was said has no cells. */
export function hospitalView(context: ViewContext, hospital: Name): HospitalView {
  const fold = context.fold.hospitals.get(hospital);
  const cells = [...(fold?.cells ?? [])].sort(([a], [b]) => compareTexts(a, b));
  const beds = [...(fold?.beds ?? [])].sort(([a], [b]) => compareTexts(a, b));
  return {
    hospital,
    cells: cells
      .filter(([, register]) => register.heads.length > 0)
      .map(([capability, register]) => cellView(context, capability, register.heads)),
    beds: beds.flatMap(([ward, register]) => bedsView(context, ward, register.heads)),
    contacts: contactViews(context, hospital),
    calls: fold === undefined ? [] : callViews(context, fold.calls),
  };
}

/** A hospital's cell, *unconfirmed* before the first word. */
export function cellOf(hospital: Pick<HospitalView, "cells">, capability: CapabilityId): CellView {
  return hospital.cells.find((cell) => cell.capability === capability) ?? unsaidCell(capability);
}

/** One mission by its id, running or not; null while its opening is not here. */
export function missionViewOf(context: ViewContext, mission: string): MissionView | null {
  const fold = context.fold.missions.get(mission);
  return fold === undefined ? null : missionView(context, fold);
}

/** Missions under way, by urgency, then by the time of the call. */
export function runningMissions(context: ViewContext): readonly MissionView[] {
  return missionsWhere(context, () => true);
}

/** Of the missions under way those whose crew ever named this hospital, for which it was asked, or that it sends; in the same order. */
export function missionsConcerning(context: ViewContext, hospital: Name): readonly MissionView[] {
  return missionsWhere(context, (mission) => concerns(mission, hospital));
}

function concerns({ named, opened, requests }: MissionFold, hospital: Name): boolean {
  return (
    named.has(hospital) ||
    opened?.fact.from === hospital ||
    [...requests.values()].some(({ asked }) => asked?.fact.hospital === hospital)
  );
}

/** `endedMs`: when that was said, our clock. */
export type EndedMission = { readonly mission: MissionView; readonly endedMs: number };

/** The same of missions whose end is news ({@link endedNews}), without that their crew arrived or handed anybody over. */
export function brokenOffConcerning(
  context: ViewContext,
  hospital: Name,
  withinMs: number,
): readonly EndedMission[] {
  const { fold, nowMs } = context;
  return [...fold.endedLately].flatMap(([id, storedMs]) => {
    const mission = nowMs - storedMs > withinMs ? undefined : fold.missions.get(id);
    if (mission === undefined || !concerns(mission, hospital) || hasArrived(mission)) return [];
    const endedMs = endedNews(context, mission, storedMs, withinMs);
    const view = endedMs === null ? null : missionView(context, mission);
    return endedMs === null || view === null || view.closed?.reason === "handed-over"
      ? []
      : [{ mission: view, endedMs }];
  });
}

/** Of the missions under way those of this vehicle, in the same order. */
export function missionsOf(context: ViewContext, vehicle: Name): readonly MissionView[] {
  return missionsWhere(context, ({ opened }) => opened?.fact.vehicle === vehicle);
}

/** What is not shown is not looked at closely: a view costs far more than the question. */
function missionsWhere(
  context: ViewContext,
  isAsked: (mission: MissionFold) => boolean,
): readonly MissionView[] {
  const views: MissionView[] = [];
  for (const id of context.fold.running) {
    const mission = context.fold.missions.get(id);
    const view = mission !== undefined && isAsked(mission) ? missionView(context, mission) : null;
    if (view !== null) views.push(view);
  }
  return views.sort(compareMissions);
}

/** Missions whose crew drives to this hospital: what a contact-lost fact names, and who is to be steered. */
export function inboundTo(fold: Fold, hospital: Name): readonly FactRef[] {
  const inbound: FactRef[] = [];
  for (const id of fold.running) {
    const mission = fold.missions.get(id);
    if (mission !== undefined && destinationOf(mission) === hospital) inbound.push(mission.ref);
  }
  return inbound.sort(([logA, indexA], [logB, indexB]) => compareTexts(logA, logB) || indexA - indexB);
}

function compareMissions(a: MissionView, b: MissionView): number {
  return a.urgency - b.urgency || a.callAtMs - b.callAtMs || compareTexts(a.mission, b.mission);
}

function bedsView(context: ViewContext, ward: Ward, heads: readonly Report<BedsFact>[]): readonly BedsView[] {
  const order = heads.toSorted((a, b) => a.fact.free - b.fact.free || compareReports(a, b));
  const [lead] = order;
  if (lead === undefined) return [];
  const age = ageMs(context, lead);
  const current = age < context.runOut.openRunsOutMs;
  const free = current ? lead.fact.free : null;
  const total = lead.fact.total ?? null;
  const since = sinceMs(context, lead);
  return [{ ward, free, total, atMs: lead.fact.at, sinceMs: since, ageMs: age, over: order.map(refOf) }];
}

function contactViews(context: ViewContext, site: Name): readonly ContactView[] {
  const newest = (context.fold.contacts.get(site) ?? []).toSorted(compareReports);
  return newest.map((report) => contactView(context, report));
}

function contactView(context: ViewContext, report: Report<ContactFact>): ContactView {
  return {
    observer: authorOf(report),
    ref: refOf(report),
    contact: report.fact.kind === "contact.lost/1" ? "lost" : "regained",
    sinceMs: sinceMs(context, report),
    ageMs: ageMs(context, report),
  };
}

function cutOffViews(fold: Fold): readonly CutOffView[] {
  return fold.cutOffs.toSorted(compareReports).map((report) => {
    const { fromMs, toMs } = report.fact;
    return { observer: authorOf(report), ref: refOf(report), fromMs, toMs };
  });
}
