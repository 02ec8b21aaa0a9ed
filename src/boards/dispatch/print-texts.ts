import type { Language } from "../shell/language.ts";

const german = {
  hint: "Papier, wenn nichts anderes mehr geht: neu drucken, sobald sich etwas ändert.",
  phone: "Telefon",
  noPhone: "–",
  lastWord: "Letztes Wort",
  noWord: "kein Wort",
  pen: "Notiz",
  vehicle: "Fahrzeug",
  way: "Ziel und Antwort",
  /** With the browser's own counters between: page and pages. */
  page: "Seite ",
  pageOf: " von ",
  printedFrom: (asOf: string): string => `${asOf}, auf Papier altert es weiter`,
};

type PrintTexts = typeof german;

const english: PrintTexts = {
  hint: "Paper, for when nothing else works: print again as soon as something changes.",
  phone: "Phone",
  noPhone: "–",
  lastWord: "Last word",
  noWord: "no word",
  pen: "Notes",
  vehicle: "Vehicle",
  way: "Destination and answer",
  page: "Page ",
  pageOf: " of ",
  printedFrom: (asOf) => `${asOf}, on paper it grows older`,
};

/** What only paper says; it comes after the rows. */
export const printTexts: { readonly [language in Language]: PrintTexts } = { de: german, en: english };
