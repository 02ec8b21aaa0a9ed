import type { Language } from "../shell/language.ts";

const german = {
  title: (time: string): string => `Wir sind abgeschnitten seit ${time}`,
  meaning:
    "Kein Haus heißt deshalb schweigend. Was hier steht, ist das letzte Wort von vorher, außer was seitdem als Sprechmeldung eingetragen wurde.",
  todo: "Anrufen oder funken. Was gesagt wird, als Sprechmeldung eintragen: Es gilt hier sofort, bei anderen nach der Rückkehr.",
  phones: "Häuser und Nummern",
  from: "Minuten ab",
  noPlace: "kein Ort gewählt",
  noMinutes: "Minuten unbekannt",
  whole: "Ganze Tafel zeigen",
  plain: "Notliste zeigen",
};

type CutOffTexts = typeof german;

const english: CutOffTexts = {
  title: (time) => `We are cut off since ${time}`,
  meaning:
    "No hospital is called silent because of it. What stands here is the last word from before, but for voice reports entered since.",
  todo: "Call or radio. Enter what is said as a voice report: here it counts at once, for others after our return.",
  phones: "Hospitals and numbers",
  from: "Minutes from",
  noPlace: "no place chosen",
  noMinutes: "minutes unknown",
  whole: "Show the whole board",
  plain: "Show the plain list",
};

/** What only the board of a centre that is cut off says; it comes with it. */
export const cutOffTexts: { readonly [language in Language]: CutOffTexts } = { de: german, en: english };
