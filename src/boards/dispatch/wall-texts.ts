import type { Language } from "../shell/language.ts";

const german = {
  silent: "Schweigt",
  decisions: "Zu entscheiden",
  forced: "Zwangsbelegung",
  toCall: (centre: string): string => `anzurufen von ${centre}`,
  overdue: "Antwort überfällig",
  closed: "Voll oder nicht möglich",
  unconfirmed: "Notaufnahme unbestätigt",
  voices: "Sprechmeldungen",
  noSound: "Dort kein Ton",
  unknown: (time: string): string => `Nichts bekannt seit ${time}, anrufen`,
  lastly: (title: string): string => `Zuletzt: ${title}`,
  more: (count: number): string => (count === 1 ? "und 1 weiteres" : `und ${count} weitere`),
  page: (first: number, last: number, count: number): string =>
    `${first} bis ${last} von ${count}; gleich geht es weiter`,
  owner: (person: string): string => `übernommen: ${person}`,
  ownerLeft: (person: string): string => `ohne Besitzer, nicht mehr im Dienst: ${person}`,
  noOwner: "noch niemand übernommen",
  asked: (vehicle: string, hospital: string): string => `${vehicle} → ${hospital}`,
  due: (due: string): string => `fällig seit ${due}`,
  escalated: (channels: string): string => `auch über ${channels}`,
  notReadBack: "nicht zurückgelesen",
  beside: "steht neben einem anderen Wort",
  moreBars: (count: number): string => `und ${count} weitere Meldungen über uns selbst, siehe Pult`,
  missions: (count: number): string => (count === 1 ? "1 Einsatz" : `${count} Einsätze`),
};

export type WallTexts = typeof german;

const english: WallTexts = {
  silent: "Silent",
  decisions: "To decide",
  forced: "Forced assignment",
  toCall: (centre) => `to be called by ${centre}`,
  overdue: "Answer overdue",
  closed: "Full or cannot",
  unconfirmed: "Emergency department unconfirmed",
  voices: "Voice reports",
  noSound: "No sound there",
  unknown: (time) => `Nothing known since ${time}, call`,
  lastly: (title) => `Last known: ${title}`,
  more: (count) => (count === 1 ? "and 1 more" : `and ${count} more`),
  page: (first, last, count) => `${first} to ${last} of ${count}; the next follow in a moment`,
  owner: (person) => `taken by ${person}`,
  ownerLeft: (person) => `no owner, off shift: ${person}`,
  noOwner: "nobody has taken it yet",
  asked: (vehicle, hospital) => `${vehicle} → ${hospital}`,
  due: (due) => `due since ${due}`,
  escalated: (channels) => `also by ${channels}`,
  notReadBack: "not read back",
  beside: "stands beside another word",
  moreBars: (count) => `and ${count} more notes about ourselves, see the desk`,
  missions: (count) => (count === 1 ? "1 mission" : `${count} missions`),
};

/** What only the wall says; it comes with the wall. */
export const wallTexts: { readonly [language in Language]: WallTexts } = { de: german, en: english };
