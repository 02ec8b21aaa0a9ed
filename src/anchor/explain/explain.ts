import type { AdviceBase } from "../../advice/base.ts";
import { type FactRef, type LogId, type Name, originOf, refKey, siteOf } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { type Charter, charterState, siteTypeIn } from "../../region/charter.ts";
import type { Fact } from "../../region/facts.ts";
import type { DecidedLine } from "../../region/facts-decision.ts";
import type { RegionData } from "../../region/region-data.ts";
import { areMinutesOf, type DecisionFact, type Known, rebuild } from "../../site/decisions/rebuild.ts";
import { clockText, momentText } from "../clock-text.ts";
import { readCharter, readEntries } from "../store/store-reads.ts";
import { type Decision, type Decisions, factAt, logOfOrigin, readDecisions, sizesOf } from "./decisions.ts";
import {
  foldUpTo,
  type KnownThen,
  type Missing,
  type ReadPlace,
  saidAndUnknown,
  type Unknown,
} from "./known-then.ts";
import { type RoadsOfDecision, roadsOf } from "./roads-of-decision.ts";
import type { RoadsTask, RoadsThen } from "./roads-then.ts";
import { explainedText, explainTexts, forcedBy, type Speaker, unknownSentence } from "./words.ts";

/** What advice is made from that is no fact: the region's files, and its roads. */
export type AdviceFiles = {
  readonly data: RegionData;
  readonly base: AdviceBase;
  /** Asked where there is a road table: what is closed on it now is not what was then. */
  readonly roadsWith: (task: RoadsTask) => Promise<Result<RoadsThen, string>>;
};

/** Whether the advice comes out again; where it was not tried, why. */
export type Verdict =
  | { readonly is: "same" }
  | { readonly is: "differs"; readonly lines: readonly DecidedLine[] }
  | { readonly is: "other-policy"; readonly was: string; readonly now: string }
  | { readonly is: "other-data" }
  | { readonly is: "base-missing"; readonly ref: FactRef }
  | { readonly is: "missing"; readonly logs: readonly Missing[] }
  | { readonly is: "unknown-mission" };

/**
 * The minutes that a decision has, computed anew from the place where it was made; `traffic`: a service gave them, and nobody
 * can ask it for then.
 */
export type MinutesAnew =
  | { readonly are: "same" | "others"; readonly source: "table" | "estimate"; readonly closures: number }
  | { readonly are: "traffic" };

export type Explained = {
  readonly decision: Decision;
  readonly verdict: Verdict;
  /** Null: the advice was not computed. */
  readonly minutes: MinutesAnew | null;
  /** Said by then about this mission or a hospital that is named, and not known there; null: nobody can tell. */
  readonly unknown: readonly Unknown[] | null;
  /** The same of everything else. */
  readonly others: number;
  /** The lines as they would have been with all of that; null: it was not computed. */
  readonly withAll: readonly DecidedLine[] | null;
};

export type ExplainAsk = {
  readonly mission: FactRef;
  readonly json: boolean;
  readonly language: "de" | "en";
};

/** The advice that people acted on for one mission, rebuilt from what was known then, as text or JSON. */
export async function explainMission(
  place: ReadPlace,
  files: AdviceFiles,
  ask: ExplainAsk,
): Promise<Result<string, string>> {
  const charter = await readCharter(place.reads, place.region, place.authority);
  if (!charter.ok) return charter;
  const texts = explainTexts[ask.language];
  const isMission = await opensMission(place, charter.value, ask.mission);
  if (!isMission.ok) return isMission;
  if (!isMission.value) return err(texts.noMission(refKey(ask.mission)));
  const explained = await explainAll(place, files, charter.value, ask.mission);
  if (!explained.ok) return explained;
  const speaker = speakerOf(charter.value, files.data, ask.language);
  if (ask.json) return ok(JSON.stringify(jsonOf(ask.mission, explained.value, speaker)));
  if (explained.value.length === 0) return ok(texts.none(refKey(ask.mission)));
  return ok(explained.value.map((one) => explainedText(one, speaker)).join("\n\n"));
}

async function opensMission(
  { reads, region }: ReadPlace,
  charter: Charter,
  [log, index]: FactRef,
): Promise<Result<boolean, string>> {
  let found = false;
  const read = await readEntries(reads, originOf(region, log), index + 1, (bytes, at) => {
    if (at === index) found = factAt(charter, log, index, bytes)?.kind === "mission.opened/1";
  });
  return read.ok ? ok(found) : err(read.error.detail);
}

/** In the order in which people acted. */
export async function explainAll(
  place: ReadPlace,
  files: AdviceFiles,
  charter: Charter,
  mission: FactRef,
): Promise<Result<readonly Explained[], string>> {
  const logs = await place.reads.storedLogs();
  if (!logs.ok) return err(logs.error.detail);
  const origins = logs.value.map(({ origin }) => origin).filter((origin) => isOurs(origin, place.region));
  const writers = origins.filter((origin) => mayDecide(charter, siteOf(logOfOrigin(origin))));
  const decisions = await readDecisions(place.reads, charter, writers);
  if (!decisions.ok) return decisions;
  const about = [...new Set(decisions.value.made.values())].filter(
    ({ fact }) => refKey(fact.mission) === refKey(mission),
  );
  const explained: Explained[] = [];
  for (const decision of about.sort((a, b) => a.fact.at - b.fact.at)) {
    const one = await explain({ place, files, charter, origins, decisions: decisions.value }, decision);
    if (!one.ok) return one;
    explained.push(one.value);
  }
  return ok(explained);
}

function isOurs(origin: string, region: Name): boolean {
  return origin.startsWith(originOf(region, ""));
}

function mayDecide(charter: Charter, site: Name): boolean {
  const type = siteTypeIn(charter, site);
  return type === "control-centre" || type === "ambulance";
}

type Library = {
  readonly place: ReadPlace;
  readonly files: AdviceFiles;
  /** As it is known now: who may say what. */
  readonly charter: Charter;
  readonly origins: readonly string[];
  readonly decisions: Decisions;
};

async function explain(library: Library, decision: Decision): Promise<Result<Explained, string>> {
  const { place, charter, origins } = library;
  const { fact } = decision;
  const sizes = sizesOf(library.decisions, decision);
  if (!sizes.ok) {
    const verdict = { is: "base-missing", ref: sizes.error } as const;
    return ok({ decision, verdict, minutes: null, unknown: null, others: 0, withAll: null });
  }
  const said = await saidAndUnknown(place, charter, origins, sizes.value, fact.shownMs);
  if (!said.ok) return said;
  const judged = await judge(library, fact, sizes.value);
  if (!judged.ok) return judged;
  const { verdict, minutes, roads, flown } = judged.value;
  const unknown = said.value.facts.filter((one) => isAbout(one, fact));
  const isComparable = verdict.is === "same" && roads !== null && said.value.facts.length > 0;
  const withAll = isComparable ? await rebuiltAt(library, fact, said.value.sizes, roads) : ok(null);
  if (!withAll.ok) return withAll;
  // Of a flight the minutes by road are not written down: what a mission that drives after all would have read is not known.
  const isGrounded = flown && withAll.value?.flown === false;
  const lines = isGrounded ? null : (withAll.value?.lines ?? null);
  const others = said.value.facts.length - unknown.length;
  return ok({ decision, verdict, minutes, unknown, others, withAll: lines });
}

type Judged = Pick<Explained, "verdict" | "minutes"> & {
  readonly roads: RoadsOfDecision | null;
  readonly flown: boolean;
};

function without(verdict: Verdict): Result<Judged, string> {
  return ok({ verdict, minutes: null, roads: null, flown: false });
}

async function judge(
  { place, files }: Library,
  fact: DecisionFact,
  sizes: ReadonlyMap<LogId, number>,
): Promise<Result<Judged, string>> {
  const now = files.base.policy.version;
  if (fact.policy !== now) return without({ is: "other-policy", was: fact.policy, now });
  const then = await foldUpTo(place, sizes);
  if (!then.ok) {
    return typeof then.error === "string" ? err(then.error) : without({ is: "missing", logs: then.error });
  }
  const roads = await roadsOf(files, then.value, fact);
  if (!roads.ok) return roads;
  if (roads.value === null) return without({ is: "other-data" });
  const rebuilt = rebuild(knownWith(files, then.value, roads.value), fact);
  if (rebuilt === null) return without({ is: "unknown-mission" });
  const { lines, named, forced, flown } = rebuilt;
  const asShown = { lines: fact.lines, named: fact.named ?? [], forced: fact.forced };
  const isSame = bytesOf({ lines, named, forced }) === bytesOf(asShown);
  return ok({
    verdict: isSame ? { is: "same" } : { is: "differs", lines: [...lines, ...named] },
    minutes: minutesAnew(files.base, fact, roads.value, flown),
    roads: roads.value,
    flown,
  });
}

function minutesAnew(
  base: AdviceBase,
  fact: DecisionFact,
  { minTenths, closures }: RoadsOfDecision,
  flown: boolean,
): MinutesAnew {
  const { source } = fact;
  if (source === "traffic") return { are: "traffic" };
  const areSame = minTenths !== null && areMinutesOf(base, fact, minTenths, flown);
  return { are: areSame ? "same" : "others", source, closures };
}

/** Members in one order: what was read from a store stands in that of canonical JSON. */
function bytesOf(shown: {
  readonly lines: readonly DecidedLine[];
  readonly named: readonly DecidedLine[];
  readonly forced: boolean;
}): string {
  const plain = ({ hospital, driveMinTenths, totalMinTenths, text }: DecidedLine) => [
    ...[hospital, driveMinTenths, totalMinTenths, text.de, text.en],
  ];
  return JSON.stringify([shown.lines.map(plain), shown.named.map(plain), shown.forced]);
}

async function rebuiltAt(
  { place, files }: Library,
  fact: DecisionFact,
  sizes: ReadonlyMap<LogId, number>,
  roads: RoadsOfDecision,
): Promise<Result<ReturnType<typeof rebuild>, string>> {
  const then = await foldUpTo(place, sizes);
  if (then.ok) return ok(rebuild(knownWith(files, then.value, roads), fact));
  return typeof then.error === "string" ? err(then.error) : ok(null);
}

function knownWith({ data, base }: AdviceFiles, then: KnownThen, { neighbours }: RoadsOfDecision): Known {
  const zone = zoneOf(then.charter, data);
  const clock = (wallMs: number) => clockText(zone, wallMs);
  return { ...then, data, base: { ...base, neighbourhood: { of: () => neighbours } }, clock };
}

function zoneOf(charter: Charter, data: RegionData): string {
  return charterState(charter).start?.zone ?? data.region.timeZone;
}

/** Whether it bears on this mission, or on a hospital that the advice names. */
function isAbout({ log, fact }: Unknown, decided: DecisionFact): boolean {
  const named = new Set([
    decided.hospital,
    decided.besides,
    ...decided.lines.map(({ hospital }) => hospital),
  ]);
  if ("mission" in fact && refKey(fact.mission) === refKey(decided.mission)) return true;
  const hospital = hospitalOf(fact) ?? siteOf(log);
  return named.has(hospital);
}

function hospitalOf(fact: Fact): Name | null {
  if ("hospital" in fact) return fact.hospital;
  return "site" in fact && typeof fact.site === "string" ? fact.site : null;
}

function speakerOf(charter: Charter, data: RegionData, language: Speaker["language"]): Speaker {
  const names = new Map(data.hospitals.map(({ id, spokenName }) => [id, spokenName]));
  const zone = zoneOf(charter, data);
  const clock = (wallMs: number) => momentText(zone, wallMs);
  return { language, clock, nameOf: (site) => names.get(site) ?? site };
}

function jsonOf(mission: FactRef, explained: readonly Explained[], speaker: Speaker) {
  return {
    mission: refKey(mission),
    decisions: explained.map(
      ({ decision: { ref, fact, act }, verdict, minutes, unknown, others, withAll }) => ({
        ref: refKey(ref),
        act:
          act === null ? null : { ref: refKey(act.ref), kind: act.entry.kind, forced: forcedBy(act.entry) },
        ...{ at: fact.at, by: fact.by, hospital: fact.hospital, shownMs: fact.shownMs },
        ...{ policy: fact.policy, source: fact.source, forced: fact.forced },
        ...{ lines: fact.lines, named: fact.named ?? [], verdict, minutes },
        unknown:
          unknown?.map((one) => ({
            ref: refKey([one.log, one.index]),
            ...{ kind: one.fact.kind, at: one.fact.at, sentence: unknownSentence(one, speaker) },
          })) ?? null,
        ...{ others, withAll },
      }),
    ),
  };
}
