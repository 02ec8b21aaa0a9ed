import { type DeviceId, type FactRef, type Name, refKey, siteOf } from "../basics/name.ts";
import { type CaseId, isCaseId, siteOfCase } from "../log/sealed.ts";
import type { SiteType } from "./choices.ts";
import type { Fact, FactNamed } from "./facts.ts";
import type { Fold } from "./fold.ts";
import { isCrew, type MissionFold } from "./mission-fold.ts";
import { authorOf, type Report, refOf, reportOf } from "./report.ts";

export type CaseFact = Extract<Fact, { readonly kind: `case.${string}` }>;

type Opening = Report<FactNamed<"case.opened/1">>;

/** All that was said about one case, in whatever order it came; what is sealed is read from the store. */
export type CaseFold = {
  readonly id: CaseId;
  /** By {@link refKey}, each. */
  readonly openings: Map<string, Opening>;
  readonly sharedWith: Set<Name>;
  readonly notes: Map<string, FactRef>;
  /** Not empty: it is erased, whatever else comes. */
  readonly erasures: Map<string, FactRef>;
  /** Who had the key, as erasures name them. */
  readonly given: Set<DeviceId>;
  /** To whom its key was carried by hand: wrapped, it may lie on a stick. */
  readonly carriedTo: Set<DeviceId>;
};

function newCase(id: CaseId): CaseFold {
  const sets = { sharedWith: new Set<Name>(), given: new Set<DeviceId>(), carriedTo: new Set<DeviceId>() };
  return { id, openings: new Map(), notes: new Map(), erasures: new Map(), ...sets };
}

/** A case as a snapshot of the fold has it: its openings by their places (fold-records.ts). */
export type PackedCase = {
  readonly openings: readonly number[];
  readonly sharedWith: readonly Name[];
  readonly notes: readonly FactRef[];
  readonly erasures: readonly FactRef[];
  readonly given: readonly DeviceId[];
  readonly carriedTo: readonly DeviceId[];
};

export function packCase(one: CaseFold, place: (report: Report) => number): PackedCase {
  return {
    openings: [...one.openings.values()].map(place),
    sharedWith: [...one.sharedWith],
    notes: [...one.notes.values()],
    erasures: [...one.erasures.values()],
    given: [...one.given],
    carriedTo: [...one.carriedTo],
  };
}

export function unpackCase(
  fold: Fold,
  id: CaseId,
  packed: PackedCase,
  reportsAt: (places: readonly number[]) => readonly Opening[],
): void {
  const openings = reportsAt(packed.openings);
  const keyed = (refs: readonly FactRef[]) => new Map(refs.map((ref) => [refKey(ref), ref]));
  fold.cases.set(id, {
    id,
    openings: new Map(openings.map((report) => [refKey(refOf(report)), report])),
    sharedWith: new Set(packed.sharedWith),
    notes: keyed(packed.notes),
    erasures: keyed(packed.erasures),
    given: new Set(packed.given),
    carriedTo: new Set(packed.carriedTo),
  });
  for (const { fact } of openings) if (fact.mission !== undefined) noteMission(fold, fact.mission, id);
}

/**
 * Whether this site may say this of a case: only the one that it belongs to opens, shares or erases it; an authority
 * may erase what no such site is left to erase. What is not about a case, a note, and that its key is carried by hand,
 * anybody may say.
 */
export function maySayOfCase(site: Name, type: SiteType | "charter" | undefined, fact: CaseWord): boolean {
  const { kind, case: id } = fact;
  if (typeof id !== "string" || !isCaseId(id) || !kind.startsWith("case.")) return true;
  if (kind === "case.note/1" || kind === "case.key-carried/1") return true;
  return siteOfCase(id) === site || (kind === "case.erased/1" && type === "authority");
}

type CaseWord = { readonly kind: string; readonly case?: unknown };

export function foldCase(fold: Fold, report: Report<CaseFact>): CaseId {
  const { fact } = report;
  const known = fold.cases.get(fact.case) ?? newCase(fact.case);
  fold.cases.set(fact.case, known);
  const key = refKey(refOf(report));
  switch (fact.kind) {
    case "case.opened/1":
      known.openings.set(key, reportOf(report, fact));
      if (fact.mission !== undefined) noteMission(fold, fact.mission, fact.case);
      break;
    case "case.shared/1":
      known.sharedWith.add(fact.to);
      break;
    case "case.note/1":
      known.notes.set(key, refOf(report));
      break;
    case "case.key-carried/1":
      known.carriedTo.add(fact.to);
      break;
    case "case.erased/1":
      known.erasures.set(key, refOf(report));
      for (const device of fact.given ?? []) known.given.add(device);
      break;
  }
  return fact.case;
}

function noteMission(fold: Fold, mission: FactRef, id: CaseId): void {
  const cases = fold.missionCases.get(refKey(mission)) ?? new Set<CaseId>();
  fold.missionCases.set(refKey(mission), cases.add(id));
}

export function isErased(fold: Fold, id: CaseId): boolean {
  return (fold.cases.get(id)?.erasures.size ?? 0) > 0;
}

/**
 * The sites that may read a case: the one that it belongs to, those to whom it was opened, and of a mission that it was
 * opened for the control centre that opened it and those that lead it, its vehicle, and every hospital to which its crew
 * said that it drives, earlier ones too: whoever had the key once has it until it is erased. And whom an erasure names.
 */
export function readersOf(fold: Fold, id: CaseId): ReadonlySet<Name> {
  const readers = new Set<Name>([siteOfCase(id)]);
  const known = fold.cases.get(id);
  for (const site of known?.sharedWith ?? []) readers.add(site);
  for (const device of known?.given ?? []) readers.add(siteOf(device));
  for (const { fact } of known?.openings.values() ?? []) {
    const mission = fact.mission && fold.missions.get(refKey(fact.mission));
    if (mission !== undefined) for (const site of sitesOf(mission)) readers.add(site);
  }
  return readers;
}

function sitesOf(mission: MissionFold): readonly Name[] {
  const { opened, control, named } = mission;
  if (opened === null) return [];
  const hospitals = [...named].filter(([, reports]) =>
    reports.some((report) => isCrew(mission, report) || report.fact.kind === "mission.understood/1"),
  );
  return [
    opened.fact.vehicle,
    authorOf(opened),
    ...control.heads.map(authorOf),
    ...hospitals.map(([hospital]) => hospital),
  ];
}
