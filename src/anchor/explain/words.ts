import type { Language } from "../../advice/state.ts";
import { type Name, refKey, siteOf } from "../../basics/name.ts";
import type { Entry } from "../../log/entry.ts";
import { type AssignReason, assignReasons } from "../../region/assign-reasons.ts";
import { states, wards } from "../../region/choices.ts";
import { knownKinds } from "../../region/facts.ts";
import { type DecidedLine, minutesSources } from "../../region/facts-decision.ts";
import { capabilities } from "../../region/vocabulary.ts";
import type { Explained, Verdict } from "./explain.ts";
import type { Missing, Unknown } from "./known-then.ts";

const german = {
  none: (mission: string) =>
    `Zu ${mission} ist hier kein Rat festgehalten: niemand hat nach einem gehandelt, oder er stammt aus einer Fassung, die keinen festhielt.`,
  noMission: (mission: string) => `${mission} eröffnet hier keinen Einsatz.`,
  acted: (when: string, by: string, what: string, hospital: string) =>
    `${when}  ${by}: ${what} → ${hospital}`,
  shown: (when: string, policy: string, source: string) =>
    `Auf der Tafel stand, zuletzt gültig um ${when} (Regeln ${policy}, Minuten: ${source}):`,
  forced: "Kein geeignetes Haus frei: Zwangsbelegung.",
  assigned: (reason: string) => `Zwangsbelegung gewählt, Grund: ${reason}.`,
  same: "Neu gerechnet aus dem, was bekannt war: Byte für Byte dasselbe.",
  differs: "Neu gerechnet aus dem, was bekannt war, ergibt sich etwas anderes:",
  policy: (then: string, now: string) =>
    `Nicht nachgerechnet: damals galten die Regeln ${then}, hier liegen die Regeln ${now}.`,
  data: "Nicht nachgerechnet: Krankenhäuser, Bedarfe, Regeln, Straßendaten oder gesperrte Straßen sind hier andere als damals.",
  byTable: (closures: number) =>
    `Die Fahrzeiten kommen neu gerechnet ebenso heraus: Straßentabelle, ${closures === 0 ? "nichts gesperrt" : `Sperrungen von damals: ${closures}`}.`,
  byEstimate: "Die Fahrzeiten kommen neu gerechnet ebenso heraus: geschätzt.",
  inTraffic:
    "Die Fahrzeiten gab ein Verkehrsdienst. Sie stehen in der Entscheidung und lassen sich nicht nachrechnen.",
  otherMinutes:
    "Die Fahrzeiten stehen in der Entscheidung; hier kommen aus Straßen und Sperrungen von damals andere heraus.",
  missing: "Nicht nachgerechnet: hier fehlt etwas von dem, was damals bekannt war:",
  missingLog: (log: string, known: number, held: number) => `${log}: ${held} von ${known} Einträgen`,
  base: (ref: string) =>
    `Nicht nachgerechnet: was damals bekannt war, nennt auch der Eintrag ${ref}, und der ist nicht hier.`,
  unknownMission: "Nicht nachgerechnet: nach dem, was bekannt war, gab es diesen Einsatz nicht.",
  nothingElse: "Bis dahin war nichts gesagt, was dort nicht bekannt war.",
  unknown: "Schon gesagt, dort aber noch nicht bekannt:",
  others: (count: number) => `und ${count} weitere ohne Bezug zu diesem Einsatz oder diesen Häusern`,
  withAll: "Mit allem, was schon gesagt war, hätte dort gestanden:",
  sameWithAll: "Mit allem, was schon gesagt war, hätte dasselbe dort gestanden.",
  freePlaces: (count: number) => `${count} frei`,
  voice: "mündlich",
};

type Text<T> = T extends string ? string : T;
export type ExplainTexts = { readonly [K in keyof typeof german]: Text<(typeof german)[K]> };

const english: ExplainTexts = {
  none: (mission) =>
    `No advice is recorded here for ${mission}: nobody acted on one, or it is from a version that recorded none.`,
  noMission: (mission) => `${mission} opens no mission here.`,
  acted: (when, by, what, hospital) => `${when}  ${by}: ${what} → ${hospital}`,
  shown: (when, policy, source) =>
    `The board said, in force last at ${when} (policy ${policy}, minutes: ${source}):`,
  forced: "No suitable hospital is free: forced assignment.",
  assigned: (reason) => `Chosen as a forced assignment, reason: ${reason}.`,
  same: "Computed anew from what was known: the same, byte for byte.",
  differs: "Computed anew from what was known, it is something else:",
  policy: (then, now) => `Not computed anew: the policy was ${then} then, it is ${now} here.`,
  data: "Not computed anew: hospitals, needs, policy, road data or closed roads are others here than then.",
  byTable: (closures) =>
    `The drives come out the same: road table, ${closures === 0 ? "no road closed" : `closures of then: ${closures}`}.`,
  byEstimate: "The drives come out the same: estimated.",
  inTraffic: "A traffic service gave the drives. They stand in the decision and cannot be computed anew.",
  otherMinutes: "The drives stand in the decision; the roads and closures of then give others here.",
  missing: "Not computed anew: some of what was known then is not here:",
  missingLog: (log, known, held) => `${log}: ${held} of ${known} entries`,
  base: (ref) => `Not computed anew: what was known then is also named by entry ${ref}, which is not here.`,
  unknownMission: "Not computed anew: by what was known there was no such mission.",
  nothingElse: "Nothing had been said by then that was not known there.",
  unknown: "Said already, and not yet known there:",
  others: (count) => `and ${count} more that are not about this mission or these hospitals`,
  withAll: "With everything that had been said the board would have read:",
  sameWithAll: "With everything that had been said the board would have read the same.",
  freePlaces: (count) => `${count} free`,
  voice: "by voice",
};

export const explainTexts: { readonly [language in Language]: ExplainTexts } = { de: german, en: english };

export type Speaker = {
  readonly language: Language;
  readonly clock: (wallMs: number) => string;
  readonly nameOf: (hospital: Name) => string;
};

/** One decision in sentences, a paragraph. */
export function explainedText(explained: Explained, speaker: Speaker): string {
  const { clock, language, nameOf } = speaker;
  const texts = explainTexts[language];
  const { fact, act } = explained.decision;
  const what = act === null ? "?" : meaningOf(act.entry.kind, language);
  return [
    texts.acted(
      clock(fact.at),
      `${siteOf(explained.decision.ref[0])} ${fact.by}`,
      what,
      nameOf(fact.hospital),
    ),
    ...(act === null ? [] : assignedText(act.entry, language)),
    texts.shown(clock(fact.shownMs), fact.policy, minutesSources[fact.source][language]),
    ...(fact.forced ? [`  ${texts.forced}`] : []),
    ...linesText([...fact.lines, ...(fact.named ?? [])], language),
    ...verdictText(explained.verdict, speaker),
    ...minutesText(explained.minutes, speaker),
    ...unknownText(explained, speaker),
  ].join("\n");
}

function assignedText(act: Entry, language: Language): readonly string[] {
  const reason = forcedBy(act);
  return reason === null ? [] : [`  ${explainTexts[language].assigned(assignReasons[reason][language])}`];
}

/** Why a person chose by force; null: this act says nothing of that. */
export function forcedBy({ forced }: Entry): AssignReason | null {
  return typeof forced === "string" && forced in assignReasons ? (forced as AssignReason) : null;
}

function linesText(lines: readonly DecidedLine[], language: Language): readonly string[] {
  return lines.map(({ text }) => `  ${text[language]}`);
}

function verdictText(verdict: Verdict, { language }: Speaker): readonly string[] {
  const texts = explainTexts[language];
  switch (verdict.is) {
    case "same":
      return [texts.same];
    case "differs":
      return [texts.differs, ...linesText(verdict.lines, language)];
    case "other-policy":
      return [texts.policy(verdict.was, verdict.now)];
    case "other-data":
      return [texts.data];
    case "base-missing":
      return [texts.base(refKey(verdict.ref))];
    case "unknown-mission":
      return [texts.unknownMission];
    case "missing":
      return [texts.missing, ...verdict.logs.map((log) => `  ${missingText(log, texts)}`)];
  }
}

function minutesText(minutes: Explained["minutes"], { language }: Speaker): readonly string[] {
  const texts = explainTexts[language];
  if (minutes === null) return [];
  if (minutes.are === "traffic") return [texts.inTraffic];
  if (minutes.are === "others") return [texts.otherMinutes];
  return [minutes.source === "table" ? texts.byTable(minutes.closures) : texts.byEstimate];
}

function missingText({ log, known, held }: Missing, texts: ExplainTexts): string {
  return texts.missingLog(log, known, held);
}

function unknownText({ unknown, others, withAll, decision }: Explained, speaker: Speaker): readonly string[] {
  const texts = explainTexts[speaker.language];
  if (unknown === null) return [];
  if (unknown.length + others === 0) return [texts.nothingElse];
  const rest = others === 0 ? [] : [`  ${texts.others(others)}`];
  const all = [texts.unknown, ...unknown.map((one) => `  ${unknownSentence(one, speaker)}`), ...rest];
  if (withAll === null) return all;
  const isSame = JSON.stringify(withAll) === JSON.stringify(decision.fact.lines);
  return isSame
    ? [...all, texts.sameWithAll]
    : [...all, texts.withAll, ...linesText(withAll, speaker.language)];
}

/** `02:51:07 UKD: Stroke Unit offen (ukd/box/1-9f2c41aa#12)`. */
export function unknownSentence({ log, index, fact }: Unknown, { language, clock, nameOf }: Speaker): string {
  return `${clock(fact.at)} ${nameOf(siteOf(log))}: ${factText(fact, language, nameOf)} (${refKey([log, index])})`;
}

function factText(fact: Unknown["fact"], language: Language, nameOf: Speaker["nameOf"]): string {
  const texts = explainTexts[language];
  switch (fact.kind) {
    case "hospital.status/1":
      return `${capabilities[fact.capability][language]} ${states[fact.state][language]}`;
    case "voice.report/1":
      return `${nameOf(fact.hospital)} ${texts.voice}: ${capabilities[fact.capability][language]} ${states[fact.state][language]}`;
    case "hospital.beds/1":
      return `${wards[fact.ward][language]} ${texts.freePlaces(fact.free)}`;
    default:
      return meaningOf(fact.kind, language);
  }
}

function meaningOf(kind: string, language: Language): string {
  return knownKinds.get(kind)?.meaning[language] ?? kind;
}
