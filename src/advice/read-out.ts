import { type AdviceBase, cellClass } from "./base.ts";
import { type ForcedReason, nearDoubt, type Speech } from "./line.ts";
import { numberWord } from "./number-words.ts";
import { bestOf, classAt, driveOf, shownMin } from "./rank.ts";
import { adviceTexts, stateWord } from "./texts.ts";

/** What one breath on the radio holds. */
export const readOutWordsMax = 22;
export const readOutCharactersMax = 150;

/**
 * The first line as a dispatcher reads it out: spoken name, minutes as a word, what the need is about, and instead of
 * whom. `Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt Uniklinik Düsseldorf: schweigt.` What does not fit in one
 * breath is left out from the end.
 */
export function readOut(speech: Speech, hospital: number, forced: ForcedReason, over: number | null): string {
  const { base, patient, language } = speech;
  const texts = adviceTexts[language];
  const marks = [
    ...(forced === null ? [] : [texts.forcedSaid]),
    ...(patient.danger ? [texts.dangerSaid] : []),
  ];
  const minutes = shownMin(driveOf(base, hospital));
  const head = `${marks.map((mark) => `${mark}: `).join("")}${nameOf(base, hospital)}, ${minutesSaid(speech, minutes)}`;
  const state = stateSaid(speech, hospital);
  const instead =
    over === null ? "" : ` ${texts.insteadSaid} ${nameOf(base, over)}: ${nearDoubt(speech, over)}.`;
  const long = `${head}${state}.${instead}`;
  return [long, `${head}${state}.`].find(isOneBreath) ?? `${head}.`;
}

function isOneBreath(text: string): boolean {
  return text.length <= readOutCharactersMax && text.split(" ").length <= readOutWordsMax;
}

function nameOf({ hospitals }: AdviceBase, hospital: number): string {
  return hospitals[hospital]?.name ?? "";
}

function minutesSaid({ language }: Speech, minutes: number): string {
  const texts = adviceTexts[language];
  if (minutes === 1) return texts.oneMinuteSaid;
  return `${numberWord(minutes, language)} ${texts.minutesSaid}`;
}

/** The state of what the need is about: its last group. */
function stateSaid({ base, patient, language }: Speech, hospital: number): string {
  const group = patient.need.required.at(-1);
  if (group === undefined || patient.danger) return "";
  const column = bestOf(base, hospital, group);
  const code = classAt(base, hospital, column);
  if (code === cellClass.no) return "";
  const texts = adviceTexts[language];
  return `, ${base.capabilities[column]?.name[language] ?? ""} ${stateWord(texts, code, false)}`;
}
