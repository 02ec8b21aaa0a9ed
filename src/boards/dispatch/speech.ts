import type { Language } from "../shell/language.ts";
import { germanShell, type ShellTexts } from "../shell/texts.ts";
import { type DispatchTexts, germanDispatch } from "./texts.ts";

/** One language of this board. */
export type Speech = {
  readonly language: Language;
  readonly say: ShellTexts;
  readonly texts: DispatchTexts;
};

/** Comes with the first bytes. */
export const german: Speech = { language: "de", say: germanShell, texts: germanDispatch };
