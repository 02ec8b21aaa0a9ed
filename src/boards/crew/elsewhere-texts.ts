import type { Words } from "../../region/words.ts";

/** Nobody sets out with another hospital's patient before it is agreed where to. */
export const transferNote: Words = {
  de: "Verlegung: losfahren, sobald die Leitstelle das Ziel bestätigt hat.",
  en: "Transfer: set out once the control centre has confirmed where to.",
};
