import type { Language } from "../../shell/language.ts";
import { type DeskTexts, germanDesk } from "./texts.ts";
import { englishDesk } from "./texts-en.ts";

const spoken: { readonly [language in Language]: DeskTexts } = { de: germanDesk, en: englishDesk };

/** Both languages come together: the language can be changed while the anchor is gone. */
export function deskTexts({ language }: { readonly language: Language }): DeskTexts {
  return spoken[language];
}
