import type { NothingYet } from "../../site/views/board-push.ts";

/** What every board says: ages, contact, its own line to the anchor. German is the master; English comes when wanted. */
export const germanShell = {
  ageUnderMinute: "vor <\u00a01\u00a0min",
  ageMinutes: (minutes: number): string => `vor ${minutes}\u00a0min`,
  ageHours: (hours: number, minutes: number): string => `vor ${hours}\u00a0h ${minutes}\u00a0min`,
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
  clockAhead: (time: string): string => `Uhr dort geht ${time} vor`,
  clockBehind: (time: string): string => `Uhr dort geht ${time} nach`,

  sourceLetters: { clinician: "K", voice: "S", feed: "D" },
  sourceNames: { clinician: "Klinik", voice: "Sprechfunk oder Telefon", feed: "Datensystem der Klinik" },

  rehearsal: "ÜBUNG",
  clock: "Uhr",
  asOf: (time: string): string => `Stand ${time}`,
  otherLanguage: "English",
  theme: { system: "Tag/Nacht", day: "Tag", night: "Nacht" },
  loading: "Tafel wird geladen …",
  cellLoading: "wird geladen",
  loadingNote: "Noch keine Meldung vom Anker.",

  goneSince: (time: string): string =>
    `Anker nicht erreichbar seit ${time}. Alles hier ist alt, Schaltflächen sind aus.`,
  anchorReads: (percent: NothingYet): string => `${nothingYet(percent)} Bis dahin gilt Telefon und Funk.`,
  anchorReadsSince: (percent: NothingYet, time: string): string =>
    `${nothingYet(percent)} Alles hier ist von ${time}, Schaltflächen sind aus.`,
  goneFromStart: "Anker nicht erreichbar. Neuer Versuch läuft.",
  otherBuild:
    "Der Anker hat eine neuere Fassung: Diese Tafel kann etwas falsch zeigen. Angefangenes beenden, dann neu laden.",
  reload: "Neu laden",
  notStoring: "Dieser Anker kann nicht aufzeichnen: nichts wird geschrieben.",
  ownClock: (time: string): string => `Unsere Uhr geht ${time} falsch, alle Zeiten hier auch.`,
  slowDisk: "Platte langsam: Bestätigungen dauern länger.",
  cutOff: (time: string): string => `Wir sind abgeschnitten: nichts bekannt seit ${time}.`,
  notHeard: "Wir werden nicht gehört: andere empfangen uns nicht.",
  halfSilent: "Die halbe Region verstummte binnen einer Minute: vielleicht eine Netzstörung.",
  centreSilent: (centre: string, time: string): string => `${centre} schweigt seit ${time}.`,
  centreNotYetHeard: (centre: string): string => `${centre}: noch nicht gehört.`,
  centreCannotRecord: (centre: string): string => `${centre} kann nicht aufzeichnen.`,
  unusable: (entries: number, site: string): string =>
    entries === 1
      ? `1 Eintrag von ${site} kann diese Version nicht verwenden.`
      : `${entries} Einträge von ${site} kann diese Version nicht verwenden.`,
  forked: (site: string): string =>
    `Protokoll von ${site} in zwei Fassungen: nur der gemeinsame Anfang gilt.`,
  askingPeers: "Start: Andere werden nach unserem Protokoll gefragt.",
  newLog: (time: string): string => `Neues Protokoll seit ${time}: Unser Speicher war zu alt.`,
  sentAgain: (centre: string): string => `${centre} hat Daten verloren: wird erneut gesendet.`,

  urgency: (urgency: number): string => ["", "Lebensgefahr", "dringend", "nicht dringend"][urgency] ?? "",
  transferFrom: (hospital: string): string => `Verlegung von ${hospital}`,
  flags: {
    doctor: "mit Notarzt",
    ventilated: "beatmet",
    cpr: "Reanimation läuft",
    danger: "Atemweg oder Blutung nicht beherrscht",
    pregnant: "schwanger",
    newborn: "mit Neugeborenem",
    infectious: "ansteckend",
    heavy: "über 200 kg",
    flown: "im Hubschrauber",
    grounded: "doch am Boden",
  },

  writing: "wird geschrieben …",
  writtenHere: (time: string): string => `hier geschrieben ${time}`,
  refused: "nicht geschrieben",
  unsure: "Keine Antwort vom Anker: offen, ob geschrieben",
  sendAgain: "Erneut senden",
  discard: "Verwerfen",
};

export type ShellTexts = typeof germanShell;

function nothingYet(why: NothingYet): string {
  return why === "undrawn"
    ? "Diese Tafel kann nicht gezeichnet werden: Fehler, siehe Tagebuch des Ankers."
    : `Der Anker startet und liest sein Protokoll: ${why} %.`;
}
