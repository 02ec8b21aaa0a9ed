import { type MinutesSource, tableMinTenthsMax } from "../roads/roads.ts";
import { type AdviceBase, cellClass, contactCode, excluded, type NeedColumns, sinceUnknown } from "./base.ts";
import { bestOf, classAt, driveOf, isHeard, totalOf } from "./rank.ts";
import type { Language } from "./state.ts";
import { adviceTexts, type Texts } from "./texts.ts";

/** Everything that one advice's sentences are made from. */
export type Speech = {
  readonly base: AdviceBase;
  readonly need: NeedColumns;
  readonly declined: ReadonlySet<number>;
  readonly source: MinutesSource;
  readonly language: Language;
  /** The region's wall clock as it is shown, for UTC milliseconds: `02:51`. */
  readonly clock: (wallMs: number) => string;
};

/** Why every line of an advice is a forced assignment, or null. */
export type ForcedReason = "none-suitable" | "all-full" | null;

/**
 * The first line, with the nearest hospital it was preferred to:
 * `→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 03:04)`.
 */
export function firstLine(
  speech: Speech,
  hospital: number,
  forced: ForcedReason,
  over: number | null,
): string {
  const texts = adviceTexts[speech.language];
  const line = `→ ${hospitalLine(speech, hospital, forced)}`;
  if (forced !== null) return line;
  if (over === null) return `${line}, ${texts.nothingNearer}`;
  return `${line} ${texts.over} ${driveText(speech, over)} (${doubts(speech, over).join(", ")})`;
}

/** `Krefeld Helios 22 min, gewertet mit 32 (Stroke Unit unbestätigt seit 18:00: +10)`. */
export function hospitalLine(speech: Speech, hospital: number, forced: ForcedReason): string {
  const texts = adviceTexts[speech.language];
  const reasons =
    speech.base.penaltyMin[hospital] === excluded ? doubts(speech, hospital) : grounds(speech, hospital);
  const drive = driveOf(speech.base, hospital);
  const total = totalOf(speech.base, hospital);
  const counted = total === drive ? "" : `, ${texts.counted} ${wholeMin(total)}`;
  const rule = forced === null ? "" : forced === "all-full" ? texts.forcedAllFull : texts.forcedNoneSuitable;
  const all = [rule, reasons.join(", ")].filter((part) => part !== "").join("; ");
  return `${driveText(speech, hospital)}${counted}${all === "" ? "" : ` (${all})`}`;
}

/** Where a region has several sources of minutes, the one that these are from is said. */
function driveText({ base, source, language }: Speech, hospital: number): string {
  const name = base.hospitals[hospital]?.name ?? "";
  const texts = adviceTexts[language];
  const drive = driveOf(base, hospital);
  const isFar = source === "table" && drive === tableMinTenthsMax;
  const minutes = `${isFar ? `${texts.beyond} ` : ""}${wholeMin(drive)} ${texts.minutes}`;
  return `${name} ${minutes}${sourceText(base, source, texts)}`;
}

function sourceText({ roads }: AdviceBase, source: MinutesSource, texts: Texts): string {
  if (source === "traffic") return ` ${texts.inTraffic}`;
  const isSecondBest = source === "estimate" && (roads.table !== null || roads.live !== null);
  const words = [
    ...(isSecondBest ? [texts.estimated] : []),
    ...(roads.live === null ? [] : [texts.withoutTraffic]),
  ];
  return words.length === 0 ? "" : ` ${words.join(", ")}`;
}

function wholeMin(minTenths: number): number {
  return Math.floor((minTenths + 5) / 10);
}

/** What speaks for a hospital and what it costs: what the need is about, every doubt, then its contact. */
function grounds(speech: Speech, hospital: number): readonly string[] {
  const reasons = weights(speech, hospital)
    .filter(({ isNamed, doubtMin }) => isNamed || doubtMin > 0)
    .map(({ column, countedMin }) => cellText(speech, hospital, column) + plus(countedMin));
  if (!isHeard(speech.base, hospital)) {
    reasons.push(contactText(speech, hospital) + plus(speech.base.policy.silentPenaltyMin));
  }
  return reasons;
}

/** Why a hospital that lies nearer was passed over, or why it is excluded. */
function doubts(speech: Speech, hospital: number): readonly string[] {
  const { base, need, declined, language } = speech;
  const reasons: string[] = [];
  if (declined.has(hospital)) reasons.push(adviceTexts[language].declined);
  if (!isHeard(base, hospital)) reasons.push(contactText(speech, hospital));
  const columns =
    base.penaltyMin[hospital] === excluded
      ? excludingColumns(base, need, hospital)
      : weights(speech, hospital)
          .filter(({ doubtMin }) => doubtMin > 0)
          .map(({ column }) => column);
  for (const column of columns) reasons.push(cellText(speech, hospital, column));
  return reasons;
}

/** One capability that a hospital is weighed by. */
type Weight = {
  readonly column: number;
  readonly doubtMin: number;
  /** Of the required ones only the worst counts. */
  readonly countedMin: number;
  /** Said even where it costs nothing: preferred, or of the last group, which is what the need is about. */
  readonly isNamed: boolean;
};

/** Each capability once, in the need's order; what is required and preferred at once adds up. */
function weights({ base, need }: Speech, hospital: number): readonly Weight[] {
  const columns = need.required.map((group) => bestOf(base, hospital, group));
  const doubtOf = (column: number) => base.requiredCostMin[classAt(base, hospital, column)] ?? 0;
  const worst = columns.reduce((a, b) => (doubtOf(b) > doubtOf(a) ? b : a), columns.at(-1) ?? 0);
  return [...new Set([...columns, ...need.preferred])].map((column) => {
    const isRequired = columns.includes(column);
    const isPreferred = need.preferred.includes(column);
    const extraMin = isPreferred ? (base.preferredCostMin[classAt(base, hospital, column)] ?? 0) : 0;
    const countedMin = extraMin + (isRequired && column === worst ? doubtOf(column) : 0);
    const doubtMin = Math.max(extraMin, isRequired ? doubtOf(column) : 0);
    return { column, doubtMin, countedMin, isNamed: isPreferred || column === columns.at(-1) };
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
  const word = stateWord(texts, code, sinceMs);
  if (code === cellClass.no) return `${name} ${word}`;
  const voice = base.cellVoice[cell] === 1 ? `${texts.voice} ` : "";
  const isNews = code === cellClass.open || code === cellClass.limited || code === cellClass.full;
  if (!isNews || isHeard(base, hospital)) return `${name} ${voice}${word}${sinceText(texts, sinceMs, clock)}`;
  return `${name} ${texts.lastly} ${voice}${word}${sinceMs === sinceUnknown ? "" : ` ${clock(sinceMs)}`}`;
}

function stateWord(texts: Texts, code: number, sinceMs: number): string {
  switch (code) {
    case cellClass.open:
      return texts.open;
    case cellClass.limited:
      return texts.limited;
    case cellClass.unconfirmed:
      return sinceMs === sinceUnknown ? texts.neverConfirmed : texts.unconfirmed;
    case cellClass.full:
      return texts.full;
    case cellClass.cannot:
      return texts.cannot;
    case cellClass.no:
      return texts.no;
    default:
      return texts.unknown;
  }
}

function sinceText(texts: Texts, sinceMs: number, clock: (wallMs: number) => string): string {
  return sinceMs === sinceUnknown ? "" : ` ${texts.since} ${clock(sinceMs)}`;
}
