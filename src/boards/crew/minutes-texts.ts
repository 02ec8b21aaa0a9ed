import type { Language } from "../shell/language.ts";

const german = {
  title: "Minuten zu allen Häusern",
  from: (town: string): string => `Von ${town}`,
  ownPlace: "Von unserem Ort",
  otherTown: "Anderer Ort",
  none: "Keine Minuten von hier, oder noch nicht geladen.",
  refused: "Straßentabelle unvollständig oder fremd: es gilt die Schätzung.",
  wanted: "Was gebraucht wird",
  everything: "alle",
  principle: "Was Häuser grundsätzlich haben. Jetzt frei? Über Funk fragen.",
  nobody: "Von keinem Haus bekannt.",
  farther: (hospitals: string): string => `Ohne Minuten: ${hospitals}`,
};

type MinutesTexts = typeof german;

const english: MinutesTexts = {
  title: "Minutes to every hospital",
  from: (town) => `From ${town}`,
  ownPlace: "From where we are",
  otherTown: "Another place",
  none: "No minutes from here, or not loaded yet.",
  refused: "Road table incomplete or foreign: the estimate is used.",
  wanted: "What is needed",
  everything: "all",
  principle: "What hospitals have in principle. Free now? Ask by radio.",
  nobody: "Known of no hospital.",
  farther: (hospitals) => `No minutes: ${hospitals}`,
};

/** What only the minutes of the own device say; it comes with them. */
export const minutesTexts: { readonly [language in Language]: MinutesTexts } = { de: german, en: english };
