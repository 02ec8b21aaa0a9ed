import type {
  NightStage,
  ProcessState,
  Standing,
  WalkStep,
  WalkStepId,
} from "../../site/views/rehearsal-view.ts";

type StepTexts = { readonly title: string; readonly look: string; readonly done: string };

/** What the page of the rehearsal says. German is the master. */
export const germanRehearsal = {
  rehearsal: "ÜBUNG",
  title: "Probe",
  heading: (region: string): string => `Probe der Region ${region}`,
  explained:
    "Alles hier läuft auf dieser einen Maschine: echte Programme, erfundene Menschen. Nichts davon erreicht ein Krankenhaus.",
  clock: "Uhr",
  asOf: (time: string): string => `Stand ${time}`,
  otherLanguage: "English",
  theme: { system: "Tag/Nacht", day: "Tag", night: "Nacht" },
  loading: "Die Seite der Probe wird geladen …",
  goneFromStart: "Die Probe antwortet nicht. Läuft npm start noch?",
  goneSince: (time: string): string =>
    `Die Probe antwortet nicht mehr seit ${time}: sie ist beendet. Alles hier ist alt, Schaltflächen sind aus. Neu: npm start`,
  starting: "Die Probe fährt hoch. Schaltflächen gehen, sobald alle Prozesse da sind.",
  failed: (why: string): string => `Die Probe ist nicht hochgekommen: ${why}`,
  sending: "Wird ausgeführt …",
  carriedOut: "Ausgeführt.",
  refused: (why: string): string => `Nicht ausgeführt. ${why}`,
  unreached: "Keine Antwort: offen, ob ausgeführt.",

  walk: "In fünf Schritten durch die Nacht",
  walkExplained:
    "Öffnen Sie die Tafeln daneben in eigenen Fenstern. Diese Seite merkt an den Tafeln, was geschehen ist, und die Nacht wartet auf Sie.",
  walkDone:
    "Fertig. Ab hier dürfen Sie alles selbst zerbrechen: unten stehen Prozesse, Strecken und Menschen.",
  stepNumber: (number: number): string => `Schritt ${number}`,
  stepStates: { open: "offen", done: "erledigt", skipped: "übersprungen" } satisfies {
    readonly [state in WalkStep["state"]]: string;
  },
  current: "jetzt",
  skip: "Überspringen",
  onward: "Gesehen, weiter",
  walkOff: "Ohne Führung: die Nacht geht ihren eigenen Gang",
  walkOn: "Mit Führung: die Nacht wartet auf mich",
  steps: {
    read: {
      title: "Die Tafel lesen",
      look: "Öffnen Sie die Tafel der Leitstelle Düsseldorf. In der Tabelle steht je Klinik und Fähigkeit ein Wort mit seinem Alter und woher es kommt. Suchen Sie die Uniklinik Düsseldorf: noch ist alles offen.",
      done: "Sie haben die Tafel geöffnet, und jede Klinik hat etwas gesagt.",
    },
    silent: {
      title: "Die Uniklinik verstummt",
      look: "Einsätze machen sich auf den Weg dorthin, dann wird ihr Prozess hart beendet. Sehen Sie auf der Tafel der Leitstelle, wie sie binnen zehn Sekunden als schweigend erscheint: nicht grün, nicht geschlossen, sondern unbekannt. Oben warten die Rettungswagen, die dorthin fahren, auf eine Entscheidung.",
      done: "Die Leitstelle Düsseldorf hört die Uniklinik nicht mehr.",
    },
    steer: {
      title: "Einen Rettungswagen umsteuern",
      look: "Nehmen Sie auf der Tafel der Leitstelle unter den Entscheidungen einen Einsatz. Lesen Sie die drei Vorschläge mit ihren Minuten und Gründen, wählen Sie einen und bestätigen Sie.",
      done: "Ein Einsatz ist umgesteuert.",
    },
    answer: {
      title: "Empfang und Antwort sehen",
      look: "Suchen Sie diesen Einsatz bei den laufenden Einsätzen: erst steht dort, dass die Besatzung es hat, dann antwortet die neue Klinik. Nichts gilt als angekommen, bevor die andere Seite es dauerhaft hat.",
      done: "Die Besatzung hat es, die neue Klinik hat geantwortet.",
    },
    back: {
      title: "Die Uniklinik kommt zurück",
      look: "Eben startet ihr Prozess mit derselben Platte. Sehen Sie auf der Tafel der Leitstelle: sie ist wieder zu hören, und ihr letztes Wort steht mit seinem Alter da. Niemand hat inzwischen etwas Neues gesagt, also sieht auch nichts neuer aus.",
      done: "Sie ist wieder zu hören, ihr letztes Wort zeigt sein Alter.",
    },
  } satisfies { readonly [step in WalkStepId]: StepTexts },
  nothingToSteer:
    "Wartet kein Einsatz mehr auf eine Entscheidung, beginnen Sie die Nacht von vorn oder überspringen den Schritt.",

  night: "Die Nacht",
  nightStages: {
    off: "Diese Probe läuft ohne Menschen, Einsätze und Nacht.",
    before: "Alles ist ruhig, Einsätze laufen.",
    "setting-out": "Einsätze machen sich auf den Weg zur Uniklinik Düsseldorf; gleich verstummt sie.",
    silent: "Die Uniklinik Düsseldorf ist ausgefallen.",
    back: "Die Uniklinik Düsseldorf ist wieder da. Ihre Menschen schweigen noch, bis Sie sie zurückholen.",
  } satisfies { readonly [stage in NightStage]: string },
  goesOnIn: (time: string): string => `Weiter geht es in ${time}.`,
  waitsForStep: "Die Nacht wartet auf Ihren Schritt.",
  next: "Jetzt weiter",
  startOver: "Die Nacht von vorn beginnen …",
  startOverAsk:
    "Alle Prozesse enden, alle Platten werden geleert, alles beginnt neu unter denselben Adressen.",
  startOverNow: "Ja, von vorn beginnen",
  leaveIt: "Lassen",
  openLives: "Ein „offen“ gilt",
  minutes: (minutes: number): string =>
    minutes % 60 === 0 ? `${minutes / 60}\u00a0h` : `${minutes}\u00a0min`,
  usual: (time: string): string => `${time} (wie in der Region üblich)`,

  processes: "Prozesse",
  processesExplained:
    "Jeder ist dasselbe Programm, das ein echter Standort betriebe. Die Platte bleibt, wenn er endet.",
  process: "Prozess",
  state: "Zustand",
  heardBy: (centre: string): string => `gehört von ${centre}`,
  actions: "Eingriff",
  otherHospitals: (count: number): string => `${count} weitere Kliniken`,
  vehicles: (count: number): string => `${count} Rettungswagen`,
  states: {
    starting: "startet",
    running: "läuft",
    frozen: "eingefroren",
    killed: "beendet",
    died: "von selbst beendet",
  } satisfies { readonly [state in ProcessState]: string },
  heard: "gehört",
  heardSome: (heard: number, all: number): string => `${heard} von ${all} gehört`,
  notHeard: "nicht gehört",
  notHeardSince: (time: string): string => `nicht gehört seit ${time}`,
  notShown: "zeigt keine Tafel",
  centreIsGone: "antwortet selbst nicht",
  kill: "Hart beenden",
  start: "Starten",
  freeze: "Einfrieren",
  thaw: "Auftauen",
  of: (action: string, name: string): string => `${action}: ${name}`,

  ways: "Strecken",
  waysExplained:
    "Was steht, geht nicht verloren: es kommt an, sobald die Strecke wieder frei ist. Eine Stelle bleibt über jede andere Strecke hörbar; erst wenn alle ihre Strecken stehen, schweigt sie.",
  way: "Strecke",
  between: (first: string, second: string): string => `${first} – ${second}`,
  wayFree: "frei",
  standings: (first: string, second: string): { readonly [standing in Standing]: string } => ({
    both: "steht in beide Richtungen",
    "from-first": `steht von ${first} aus`,
    "from-second": `steht von ${second} aus`,
  }),
  standBoth: "Beide anhalten",
  standFrom: (from: string): string => `Nur von ${from} aus anhalten`,
  restore: "Freigeben",

  people: "Menschen",
  peopleExplained:
    "Verstummen die Menschen einer Klinik, lebt ihre Box weiter: sie bleibt hörbar, aber jedes „offen“ läuft ab und wird unbestätigt. Mit einem kurzen „offen“ (oben) sehen Sie das in Minuten.",
  hospital: "Klinik",
  leave: "Ihre Menschen verstummen",
  silentPeople: "Verstummt sind",
  comeBack: "Wieder da",
  nobodySilent: "Zurzeit antworten die Menschen aller Kliniken.",
  persons:
    "Wer selbst an einer Tafel schreibt, spielt diese Stelle: das Drehbuch lässt sie dann fünf Minuten in Ruhe. (Ein Rettungswagen sagt weiter, wo er ist, bis Sie es sagen.)",
  personAt: (site: string, time: string): string => `${site}: ein Mensch, bis ${time}`,

  boards: "Tafeln",
  centres: "Leitstellen",
  hospitals: (count: number): string => `Kliniken (${count})`,
  busyCrews: (count: number): string => `Besatzungen im Einsatz (${count})`,
  noBusyCrews: "Gerade ist keine Besatzung im Einsatz.",
  idleCrews: (count: number): string => `Besatzungen ohne Einsatz (${count})`,
  openBoard: (name: string): string => `Tafel öffnen: ${name}`,
  inNewWindow: "(öffnet ein eigenes Fenster)",
};

export type RehearsalTexts = typeof germanRehearsal;
