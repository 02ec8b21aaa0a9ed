import type { Language } from "../shell/language.ts";
import type { BoardSight } from "../shell/sight.ts";
import { germanShell, type ShellTexts } from "../shell/texts.ts";
import { type CrewTexts, germanCrew } from "./texts.ts";

/** One language of this board. */
export type Speech = {
  readonly language: Language;
  readonly say: ShellTexts;
  readonly texts: CrewTexts;
};

/** What this board is drawn from, with its own texts. */
export type Sight = BoardSight & Speech;

/** Comes with the first bytes. */
export const german: Speech = { language: "de", say: germanShell, texts: germanCrew };
