import type { Language } from "./language.ts";

/** What every board says: ages, states, contact, its own line to the anchor. German is the master. */
const german = {
  ageUnderMinute: "vor < 1 min",
  ageMinutes: (minutes: number): string => `vor ${minutes} min`,
  ageHours: (hours: number, minutes: number): string => `vor ${hours} h ${minutes} min`,
  ageDays: (days: number): string => (days === 1 ? "vor 1 Tag" : `vor ${days} Tagen`),

  unconfirmed: "unbestätigt",
  since: (time: string): string => `seit ${time}`,
  until: (time: string): string => `bis ${time}`,
  lastly: (word: string): string => `zuletzt ${word}`,
  old: "letztes Wort, nicht mehr sicher",
  absent: "nicht vorhanden",
  presenceUnknown: "ob vorhanden: nicht bekannt",
  disputed: "zwei Angaben",
  notKnownSince: (time: string): string => `nicht bekannt seit ${time}`,

  heard: "gehört",
  late: "verspätet",
  silent: "schweigt",
  silentSince: (time: string): string => `schweigt seit ${time}`,
  notYetHeard: "noch nicht gehört",
  via: (site: string): string => `unser Weg ist gestört, ${site} hört es`,
  cannotRecord: "kann nicht aufzeichnen",
  backBy: (time: string): string => `angekündigt: zurück bis ${time}`,
  clockAhead: (seconds: number): string => `Uhr dort geht ${seconds} s vor`,
  clockBehind: (seconds: number): string => `Uhr dort geht ${seconds} s nach`,

  sourceLetters: { clinician: "K", voice: "S", feed: "D" },
  sourceNames: { clinician: "Klinik", voice: "Sprechfunk oder Telefon", feed: "Datensystem der Klinik" },
  source: (name: string): string => `Quelle: ${name}`,

  rehearsal: "ÜBUNG",
  clock: "Uhr",
  asOf: (time: string): string => `Stand ${time}`,
  otherLanguage: "English",
  theme: { system: "Tag/Nacht: wie System", day: "Tag", night: "Nacht" },
  loading: "Tafel wird geladen …",
  loadingNote: "Noch keine Meldung vom Anker.",

  writing: "wird geschrieben …",
  writtenHere: (time: string): string => `hier geschrieben ${time}`,
  refused: "nicht geschrieben",
  unsure: "Keine Antwort vom Anker: offen, ob geschrieben",
  sendAgain: "Erneut senden",
  discard: "Verwerfen",
};

export type ShellTexts = typeof german;

const english: ShellTexts = {
  ageUnderMinute: "< 1 min ago",
  ageMinutes: (minutes) => `${minutes} min ago`,
  ageHours: (hours, minutes) => `${hours} h ${minutes} min ago`,
  ageDays: (days) => (days === 1 ? "1 day ago" : `${days} days ago`),

  unconfirmed: "unconfirmed",
  since: (time) => `since ${time}`,
  until: (time) => `until ${time}`,
  lastly: (word) => `last ${word}`,
  old: "last word, no longer certain",
  absent: "not available",
  presenceUnknown: "whether available: not known",
  disputed: "two statements",
  notKnownSince: (time) => `not known since ${time}`,

  heard: "heard",
  late: "late",
  silent: "silent",
  silentSince: (time) => `silent since ${time}`,
  notYetHeard: "not yet heard",
  via: (site) => `our path is broken, ${site} hears it`,
  cannotRecord: "cannot record",
  backBy: (time) => `announced: back by ${time}`,
  clockAhead: (seconds) => `clock there is ${seconds} s ahead`,
  clockBehind: (seconds) => `clock there is ${seconds} s behind`,

  sourceLetters: { clinician: "C", voice: "V", feed: "F" },
  sourceNames: {
    clinician: "clinic",
    voice: "voice: radio or telephone",
    feed: "feed of the clinic’s systems",
  },
  source: (name) => `source: ${name}`,

  rehearsal: "REHEARSAL",
  clock: "Clock",
  asOf: (time) => `as of ${time}`,
  otherLanguage: "Deutsch",
  theme: { system: "Day/night: as system", day: "Day", night: "Night" },
  loading: "Loading the board …",
  loadingNote: "No message from the anchor yet.",

  writing: "being written …",
  writtenHere: (time) => `written here ${time}`,
  refused: "not written",
  unsure: "No answer from the anchor: it is open whether it was written",
  sendAgain: "Send again",
  discard: "Discard",
};

export const shellTexts: { readonly [language in Language]: ShellTexts } = { de: german, en: english };
