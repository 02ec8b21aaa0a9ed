import { type AdviceBase, cellClass, contactCode } from "./base.ts";
import { doubtColumns, type ForcedReason, isByAir, type Speech } from "./line.ts";
import { numberWord } from "./number-words.ts";
import { bestOf, classAt, driveOf, hasDeclined, isHeard, shownMin } from "./rank.ts";
import { adviceTexts, stateWord } from "./texts.ts";

/** What one breath on the radio holds. */
export const readOutWordsMax = 22;
export const readOutCharactersMax = 150;

/**
 * The first line as a dispatcher reads it out: spoken name, minutes as a word, what the need is about, and instead of
 * whom. `Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt Uniklinik Düsseldorf: schweigt.` What does not fit in one
 * breath is left out from the end.
 */
export function readOut(
  speech: Speech,
  hospital: number,
  forced: ForcedReason,
  over: number | null,
  isTurn: boolean,
): string {
  const { base, patient, language } = speech;
  const texts = adviceTexts[language];
  const marks = [
    ...(forced === null ? [] : [texts.forcedSaid]),
    ...(patient.danger ? [texts.dangerSaid] : []),
  ];
  const minutes = shownMin(driveOf(base, hospital));
  const head = `${marks.map((mark) => `${mark}: `).join("")}${nameOf(base, hospital)}, ${minutesSaid(speech, minutes)}${waySaid(speech, hospital)}`;
  const state = stateSaid(speech, hospital);
  const instead =
    over === null ? "" : ` ${texts.insteadSaid} ${nameOf(base, over)}: ${nearDoubt(speech, over)}.`;
  const turn = isTurn ? `, ${texts.itsTurn}` : "";
  const long = `${head}${state}${turn}.${instead}`;
  return [long, `${head}${state}${turn}.`, `${head}${turn}.`].find(isOneBreath) ?? `${head}.`;
}

function isOneBreath(text: string): boolean {
  return text.length <= readOutCharactersMax && text.split(" ").length <= readOutWordsMax;
}

function nameOf({ hospitals }: AdviceBase, hospital: number): string {
  return hospitals[hospital]?.name ?? "";
}

function waySaid(speech: Speech, hospital: number): string {
  const texts = adviceTexts[speech.language];
  if (!speech.flown) return "";
  return ` ${isByAir(speech, hospital) ? texts.byAir : texts.byRoad}`;
}

function minutesSaid({ language }: Speech, minutes: number): string {
  const texts = adviceTexts[language];
  if (minutes === 1) return texts.oneMinuteSaid;
  return `${numberWord(minutes, language)} ${texts.minutesSaid}`;
}

/** What is first to be said of the chosen hospital: never its last word as if it were heard. */
function stateSaid(speech: Speech, hospital: number): string {
  const { base, patient } = speech;
  const mute = muteSaid(speech, hospital);
  if (mute !== null) return `, ${mute}`;
  const group = patient.need.required.at(-1);
  if (group === undefined || patient.danger) return "";
  const column = bestOf(base, hospital, group);
  return `, ${cellSaid(speech, hospital, column)}`;
}

/** The first of the reasons why a hospital that lies nearer was passed over. */
function nearDoubt(speech: Speech, hospital: number): string {
  const { base, patient, language } = speech;
  const texts = adviceTexts[language];
  const mute = muteSaid(speech, hospital);
  if (mute !== null) return mute;
  if (hasDeclined(base, patient, hospital)) return texts.declinedOther;
  const [doubt] = doubtColumns(speech, hospital);
  if (doubt !== undefined) return cellSaid(speech, hospital, doubt);
  return base.waitMin[hospital] === 0 ? texts.farNext : texts.crowdedSaid;
}

function muteSaid({ base, patient, language }: Speech, hospital: number): string | null {
  const texts = adviceTexts[language];
  if (patient.declined.has(hospital)) return texts.declined;
  if (isHeard(base, hospital)) return null;
  if (base.contact[hospital] === contactCode["cut-off"]) return texts.cutOff;
  return base.contact[hospital] === contactCode["not-yet-heard"] ? texts.notYetHeard : texts.silent;
}

/** `Stroke Unit offen`, and figures in a name as words too. */
function cellSaid({ base, language }: Speech, hospital: number, column: number): string {
  const texts = adviceTexts[language];
  const code = classAt(base, hospital, column);
  const name = (base.capabilities[column]?.name[language] ?? "").replace(/\d+/g, (figures) =>
    numberWord(Number(figures), language),
  );
  const voice = base.cellVoice[hospital * base.capabilities.length + column] === 1 ? `${texts.voice} ` : "";
  const word = code === cellClass.older ? texts.older : stateWord(texts, code, false);
  return `${name} ${code === cellClass.no ? "" : voice}${word}`;
}
