import type { Language } from "../shell/language.ts";

const german = {
  agreedByBoth: (hospital: string): string => `Verlegung nach ${hospital}: von beiden Häusern zugesagt`,
  notAgreedByBoth: (hospital: string): string =>
    `Verlegung nach ${hospital}: nicht von beiden Häusern zugesagt`,
  hadAccepted: (time: string): string => `Zusage von ${time} gilt nicht mehr`,
};

const english: typeof german = {
  agreedByBoth: (hospital) => `Transfer to ${hospital}: agreed by both hospitals`,
  notAgreedByBoth: (hospital) => `Transfer to ${hospital}: not agreed by both hospitals`,
  hadAccepted: (time) => `acceptance of ${time} holds no more`,
};

/** Said of missions alone: they come after a board's first rows, and so do these. */
export const missionTexts: { readonly [language in Language]: typeof german } = { de: german, en: english };
