import { type MinutesSource, sourcesOf, tableMinTenthsMax } from "../roads/roads.ts";
import {
  type AdviceBase,
  cellClass,
  contactCode,
  type NeedColumns,
  placesUnknown,
  sinceUnknown,
} from "./base.ts";
import {
  bestOf,
  classAt,
  driveOf,
  expectedOf,
  hasDeclined,
  inboundOf,
  isHeard,
  type Patient,
  placesFor,
  shownMin,
  totalOf,
  turnAt,
} from "./rank.ts";
import type { Language } from "./state.ts";
import { adviceTexts, stateWord, type Texts } from "./texts.ts";

/** Everything that one advice's sentences are made from. */
export type Speech = {
  readonly base: AdviceBase;
  readonly patient: Patient;
  /** Minutes from the call to the hospital that are aimed at, and those gone by; null: none are aimed at. */
  readonly goal: { readonly aimMin: number; readonly goneMinTenths: number } | null;
  /** Of the drives. */
  readonly source: MinutesSource;
  /** A helicopter may fly: each line says whether its minutes are by air. */
  readonly flown: boolean;
  readonly language: Language;
  /** The region's wall clock as it is shown, for UTC milliseconds: `02:51`. */
  readonly clock: (wallMs: number) => string;
};

/** Why every line of an advice is a forced assignment, or null. */
export type ForcedReason = "none-suitable" | "none-besides" | "all-full" | null;

/** The same of a transfer, which nobody is forced to take. */
const unforced = {
  "none-suitable": "transfer-none-suitable",
  "none-besides": "transfer-none-besides",
  "all-full": "transfer-all-full",
} as const;

/** Why every line of an advice is none that suits. */
export type Lacking = ForcedReason | (typeof unforced)[NonNullable<ForcedReason>];

export function lackingFor({ sender }: Pick<Patient, "sender">, forced: ForcedReason): Lacking {
  return sender === null || forced === null ? forced : unforced[forced];
}

/**
 * The first line, with the nearest hospital it was preferred to:
 * `→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 03:04)`.
 */
export function firstLine(
  speech: Speech,
  hospital: number,
  lacking: Lacking,
  over: number | null,
  isTurn: boolean,
): string {
  const texts = adviceTexts[speech.language];
  const line = `→ ${hospitalLine(speech, hospital, lacking, isTurn)}`;
  if (lacking !== null) return line;
  if (over === null) return `${line}, ${texts.nothingNearer}`;
  const doubts = doubtsOf(speech, over);
  return `${line} ${texts.over} ${driveText(speech, over)} (${doubts.length === 0 ? texts.farNext : doubts.join(", ")})`;
}

/** Why a line stands where its minutes alone would not put it. */
export type Standing = Lacking | "stabilise";

/**
 * `Krefeld Helios 22 min, gewertet mit 28 (Stroke Unit unbestätigt seit 18:00: +6)`.
 * @param isTurn among forced assignments: its turn comes before that of one with fewer minutes
 */
export function hospitalLine(speech: Speech, hospital: number, standing: Standing, isTurn = false): string {
  const { base, patient, language } = speech;
  const texts = adviceTexts[language];
  const isExcluded = base.isExcluded[hospital] === 1;
  const costs = isExcluded || patient.danger ? null : costsOf(speech, hospital);
  const isAssigned = standing === "none-suitable" || standing === "none-besides";
  const plain = costs === null ? plainReasons(speech, hospital) : costs.reasons;
  const reasons = isAssigned ? [...plain, ...turnReasons(speech, hospital, isTurn)] : plain;
  const isCounted = isAssigned ? totalOf(base, hospital) > driveOf(base, hospital) : costs?.isSaid === true;
  const counted = isCounted ? `, ${texts.counted} ${shownMin(totalOf(base, hospital))}` : "";
  const mustAsk = isByAir(speech, hospital) && base.hospitals[hospital]?.landing === "ask";
  const parts = [
    ...(standing === null ? [] : [texts[standing]]),
    ...(patient.danger && standing === null ? [texts.danger] : []),
    ...(mustAsk ? [texts.askLanding] : []),
    reasons.join(", "),
    lateText(speech, hospital),
  ].filter((part) => part !== "");
  return `${driveText(speech, hospital)}${counted}${parts.length === 0 ? "" : ` (${parts.join("; ")})`}`;
}

export function isByAir({ base, flown }: Pick<Speech, "base" | "flown">, hospital: number): boolean {
  return flown && base.isFlown[hospital] === 1;
}

/** The patient would be there later after the call than is aimed at. */
export function isLate(speech: Speech, hospital: number): boolean {
  return speech.goal !== null && callToDoorMin(speech, hospital) > speech.goal.aimMin;
}

function callToDoorMin({ base, goal }: Speech, hospital: number): number {
  return shownMin((goal?.goneMinTenths ?? 0) + driveOf(base, hospital));
}

function lateText(speech: Speech, hospital: number): string {
  if (speech.goal === null || !isLate(speech, hospital)) return "";
  return adviceTexts[speech.language].late(callToDoorMin(speech, hospital), speech.goal.aimMin);
}

/** Where a region has several sources of minutes, the one that these are from is said. */
function driveText(speech: Speech, hospital: number): string {
  const { base, source, flown, language } = speech;
  const name = base.hospitals[hospital]?.name ?? "";
  const texts = adviceTexts[language];
  const drive = driveOf(base, hospital);
  if (isByAir(speech, hospital)) return `${name} ${shownMin(drive)} ${texts.minutes} ${texts.byAir}`;
  const isFar = source === "table" && drive === tableMinTenthsMax;
  const minutes = `${isFar ? `${texts.beyond} ` : ""}${shownMin(drive)} ${texts.minutes}`;
  return `${name} ${minutes}${flown ? ` ${texts.byRoad}` : ""}${sourceText(base, source, texts)}`;
}

function sourceText({ roads }: AdviceBase, source: MinutesSource, texts: Texts): string {
  if (source === "traffic") return ` ${texts.inTraffic}`;
  const { hasTable, hasTraffic } = sourcesOf(roads);
  const isSecondBest = source === "estimate" && (hasTable || hasTraffic);
  const words = [...(isSecondBest ? [texts.estimated] : []), ...(hasTraffic ? [texts.withoutTraffic] : [])];
  return words.length === 0 ? "" : ` ${words.join(", ")}`;
}

type Costs = {
  readonly reasons: readonly string[];
  /** Something costs minutes that is worth a word: not only what even a fresh word leaves open. */
  readonly isSaid: boolean;
};

/**
 * What speaks for a hospital and what it costs: what makes it likely to turn the patient away, then what is missing of
 * the preferred, then the wait. The minutes named add up to those that are counted.
 */
function costsOf(speech: Speech, hospital: number): Costs {
  const { base } = speech;
  const all = weights(speech, hospital);
  const extras = all.filter(({ isRequired }) => !isRequired);
  const waitMin = base.waitMin[hospital] ?? 0;
  const extraMin = extras.reduce((sum, extra) => sum + extra.extraMin, waitMin);
  const counted = shownMin(totalOf(base, hospital)) - shownMin(driveOf(base, hospital));
  const isDoubtful = (base.percent[hospital] ?? 0) > base.policy.freshPercent;
  const isSaid = counted > 0 && (isDoubtful || waitMin > 0 || all.some((one) => one.extraMin > 0));
  const risk = riskReasons(speech, hospital, all);
  const last = risk.at(-1);
  const risks =
    last === undefined || !isSaid ? risk : [...risk.slice(0, -1), last + plus(counted - extraMin)];
  const missing = extras.map((extra) => cellText(speech, hospital, extra.column) + plus(extra.extraMin));
  const wait = waitMin === 0 ? [] : [waitText(speech, hospital) + plus(waitMin)];
  return { reasons: [...risks, ...missing, ...wait], isSaid };
}

/** The required capabilities that are in doubt or that the need is about, the silence, what it declined. */
function riskReasons(speech: Speech, hospital: number, all: readonly Weight[]): readonly string[] {
  const reasons = all
    .filter(({ isRequired, isNamed, isDoubt }) => isRequired && (isNamed || isDoubt))
    .map(({ column }) => cellText(speech, hospital, column));
  return [...reasons, ...contactReasons(speech, hospital)];
}

function contactReasons(speech: Speech, hospital: number): readonly string[] {
  const { base, patient, language } = speech;
  return [
    ...(isHeard(base, hospital) ? [] : [contactText(speech, hospital)]),
    ...(hasDeclined(base, patient, hospital) ? [adviceTexts[language].declinedOther] : []),
  ];
}

/** What is to be said of a hospital where no minutes are counted. */
function plainReasons(speech: Speech, hospital: number): readonly string[] {
  return speech.base.isExcluded[hospital] === 1
    ? doubtsOf(speech, hospital)
    : riskReasons(speech, hospital, weights(speech, hospital));
}

/** Why a hospital that lies nearer was passed over, or why it is excluded. */
function doubtsOf(speech: Speech, hospital: number): readonly string[] {
  const { base, patient, language } = speech;
  const hasWait = base.isExcluded[hospital] === 0 && base.waitMin[hospital] !== 0;
  return [
    ...(patient.sender === hospital ? [adviceTexts[language].sends] : []),
    ...(patient.declined.has(hospital) ? [adviceTexts[language].declined] : []),
    ...contactReasons(speech, hospital),
    ...doubtColumns(speech, hospital).map((column) => cellText(speech, hospital, column)),
    ...(hasWait ? [waitText(speech, hospital)] : []),
  ];
}

export function doubtColumns(speech: Speech, hospital: number): readonly number[] {
  const { base, patient } = speech;
  if (base.isExcluded[hospital] === 1) return excludingColumns(base, patient.need, hospital);
  return weights(speech, hospital)
    .filter(({ isDoubt }) => isDoubt)
    .map(({ column }) => column);
}

/** Whose turn it is among forced assignments, and why not a nearer one's: what each was assigned already. */
function turnReasons(speech: Speech, hospital: number, isTurn: boolean): readonly string[] {
  const { base, patient, language, clock } = speech;
  const texts = adviceTexts[language];
  const { count, lastMs } = turnAt(base, patient, hospital);
  return [
    ...(isTurn ? [texts.itsTurn] : []),
    ...(lastMs === null ? [] : [texts.assigned(count, clock(lastMs))]),
    ...comingTexts(speech, hospital, texts.inbound),
  ];
}

/** `2 unterwegs dorthin`, `1 von derselben Einsatzstelle`. */
function comingTexts(
  { base, patient, language }: Speech,
  hospital: number,
  inbound: (count: number) => string,
): readonly string[] {
  const expected = expectedOf(patient, hospital);
  const count = inboundOf(base, patient, hospital) - expected;
  return [
    ...(count === 0 ? [] : [inbound(count)]),
    ...(expected === 0 ? [] : [adviceTexts[language].sameScene(expected)]),
  ];
}

/** `2 unterwegs dorthin, Plätze nicht gemeldet`. Which of its places are resuscitation rooms, no hospital reports. */
function waitText(speech: Speech, hospital: number): string {
  const { base, patient, language } = speech;
  const texts = adviceTexts[language];
  if (patient.urgency === 1)
    return [...comingTexts(speech, hospital, texts.inboundUrgent), texts.resusUnknown].join(", ");
  const places = placesFor(base, patient, hospital);
  const placesText = places === placesUnknown ? texts.placesUnknown : texts.places(places);
  return [...comingTexts(speech, hospital, texts.inbound), placesText].join(", ");
}

/** One capability that a hospital is weighed by. */
type Weight = {
  readonly column: number;
  /** The best of a required group. */
  readonly isRequired: boolean;
  readonly isDoubt: boolean;
  /** What is missing of it where it is preferred, in whole minutes. */
  readonly extraMin: number;
  /** Said even where it costs nothing: preferred, or of the last group, which is what the need is about. */
  readonly isNamed: boolean;
};

/** Each capability once, in the need's order. */
function weights({ base, patient: { need } }: Speech, hospital: number): readonly Weight[] {
  const { classPercent, preferredMin, policy } = base;
  const columns = need.required.map((group) => bestOf(base, hospital, group));
  return [...new Set([...columns, ...need.preferred])].map((column) => {
    const code = classAt(base, hospital, column);
    const isRequired = columns.includes(column);
    const isPreferred = need.preferred.includes(column);
    const extraMin = isPreferred ? (preferredMin[code] ?? 0) : 0;
    const isDoubt = extraMin > 0 || (isRequired && (classPercent[code] ?? 0) > policy.freshPercent);
    return { column, isRequired, isDoubt, extraMin, isNamed: isPreferred || column === columns.at(-1) };
  });
}

/** Every capability of each group that the hospital fails; those it does not have at all only where no other is left. */
function excludingColumns(base: AdviceBase, need: NeedColumns, hospital: number): readonly number[] {
  const columns: number[] = [];
  for (const group of need.required) {
    if (group.some((column) => classAt(base, hospital, column) < cellClass.cannot)) continue;
    const refused = group.filter((column) => classAt(base, hospital, column) === cellClass.cannot);
    columns.push(...(refused.length > 0 ? refused : group));
  }
  return columns;
}

function plus(costMin: number): string {
  return costMin > 0 ? `: +${costMin}` : "";
}

function contactText({ base, language, clock }: Speech, hospital: number): string {
  const texts = adviceTexts[language];
  const contact = base.contact[hospital];
  if (contact === contactCode["not-yet-heard"]) return texts.notYetHeard;
  const word = contact === contactCode["cut-off"] ? texts.cutOff : texts.silent;
  return word + sinceText(texts, base.contactSinceMs[hospital] ?? sinceUnknown, clock);
}

/** The capability, who says what of it, since when. From a hospital that is not heard it is its last word. */
function cellText({ base, language, clock }: Speech, hospital: number, column: number): string {
  const texts = adviceTexts[language];
  const cell = hospital * base.capabilities.length + column;
  const name = base.capabilities[column]?.name[language] ?? "";
  const code = base.cells[cell] ?? cellClass.unknown;
  const sinceMs = base.cellSinceMs[cell] ?? sinceUnknown;
  const word = stateWord(texts, code, sinceMs === sinceUnknown);
  if (code === cellClass.no) return `${name} ${word}`;
  const voice = base.cellVoice[cell] === 1 ? `${texts.voice} ` : "";
  const isNews = code === cellClass.open || code === cellClass.limited || code === cellClass.full;
  if (!isNews || isHeard(base, hospital)) {
    const age = classAt(base, hospital, column) === cellClass.older ? `, ${texts.older}` : "";
    return `${name} ${voice}${word}${sinceText(texts, sinceMs, clock)}${age}`;
  }
  return `${name} ${texts.lastly} ${voice}${word}${sinceMs === sinceUnknown ? "" : ` ${clock(sinceMs)}`}`;
}

function sinceText(texts: Texts, sinceMs: number, clock: (wallMs: number) => string): string {
  return sinceMs === sinceUnknown ? "" : ` ${texts.since} ${clock(sinceMs)}`;
}
