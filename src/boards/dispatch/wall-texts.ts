import type { Language } from "../shell/language.ts";

const german = {
  silent: "Schweigt",
  noSilent: "Niemand schweigt.",
  decisions: "Zu entscheiden",
  noDecisions: "Nichts zu entscheiden.",
  overdue: "Antwort überfällig",
  noOverdue: "Keine Antwort überfällig.",
  closed: "Voll oder nicht möglich",
  noClosed: "Nirgends voll oder nicht möglich.",
  unconfirmed: "Notaufnahme unbestätigt",
  noUnconfirmed: "Jede Notaufnahme hat ein Wort von heute.",
  noSound: "Dort kein Ton",
  noNoSound: "Überall Ton.",
  lastly: (title: string): string => `Zuletzt: ${title}`,
  more: (count: number): string => (count === 1 ? "und 1 weiteres" : `und ${count} weitere`),
  owner: (person: string): string => `übernommen: ${person}`,
  noOwner: "noch niemand übernommen",
  asked: (vehicle: string, hospital: string): string => `${vehicle} → ${hospital}`,
  due: (asked: string, due: string): string => `gefragt ${asked}, fällig ${due}`,
  escalated: (channels: string): string => `auch über ${channels}`,
  missions: (count: number): string => (count === 1 ? "1 Einsatz" : `${count} Einsätze`),
};

type WallTexts = typeof german;

const english: WallTexts = {
  silent: "Silent",
  noSilent: "Nobody is silent.",
  decisions: "To decide",
  noDecisions: "Nothing to decide.",
  overdue: "Answer overdue",
  noOverdue: "No answer is overdue.",
  closed: "Full or cannot",
  noClosed: "Nowhere full or cannot.",
  unconfirmed: "Emergency department unconfirmed",
  noUnconfirmed: "Every emergency department has a word of today.",
  noSound: "No sound there",
  noNoSound: "Sound everywhere.",
  lastly: (title) => `Last known: ${title}`,
  more: (count) => (count === 1 ? "and 1 more" : `and ${count} more`),
  owner: (person) => `taken by ${person}`,
  noOwner: "nobody has taken it yet",
  asked: (vehicle, hospital) => `${vehicle} → ${hospital}`,
  due: (asked, due) => `asked ${asked}, due ${due}`,
  escalated: (channels) => `also by ${channels}`,
  missions: (count) => (count === 1 ? "1 mission" : `${count} missions`),
};

/** What only the wall says; it comes with the wall. */
export const wallTexts: { readonly [language in Language]: WallTexts } = { de: german, en: english };
