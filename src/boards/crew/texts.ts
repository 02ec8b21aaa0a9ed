/** What a crew's board says. German is the master; English comes when wanted. */
export const germanCrew = {
  notKept: "Einsätze stehen hier nicht mehr: über Funk fragen.",
  noMission: "Kein Einsatz.",
  noMissionNote: "Ein neuer Einsatz erscheint hier von selbst, mit Ton.",

  shift: "Schichtbeginn",
  shiftAgain: "Schicht seit 12 Stunden: bitte neu anmelden",
  shiftNote: "Der Name bleibt an diesem Standort; andere sehen Rolle und Nummer.",
  role: "Rolle",
  name: "Name",
  begin: "Schicht beginnen",
  beginFirst: "Rolle wählen und Namen eingeben.",
  beginFailed: "Nicht angemeldet: keine Antwort vom Anker. Bitte erneut versuchen.",
  change: "Schichtwechsel",
  nobody: "niemand angemeldet",
  unsigned: "Niemand angemeldet: was hier gesagt wird, steht unter Rettungsdienst Nr. 1.",
  person: (role: string, number: string, name: string | null): string =>
    `${role} Nr. ${number}${name === null ? "" : `, ${name}`}`,

  soundHeld: "Ton ist aus: einmal auf die Tafel tippen.",

  steps: "Schritt melden",
  endQuestion: (vehicle: string): string =>
    `${vehicle}: Einsatz beenden, ohne am Ziel zu sein? Er verschwindet von allen Tafeln.`,
  endButton: "Einsatz beenden",

  destination: "Unser Ziel",
  noDestination: "Noch kein Ziel",
  arrives: (time: string): string => `an ${time}`,
  drive: (minutes: number): string => `Fahrt ${minutes} min`,
  driveUnknown: "Fahrzeit nicht bekannt",
  spoken: "über Funk oder Telefon gesagt",
  centreHolds: "Leitstelle hat es",
  centreHoldsNot: "Noch NICHT bei der Leitstelle. Ziel über Funk melden.",
  otherTablet: (hospitals: string): string => `Anderes Gerät dieser Besatzung nennt: ${hospitals}`,
  takenBack: (hospital: string, time: string): string => `zurückgenommen ${time}: Ziel ${hospital}`,
  proposalTakenBack: (hospital: string, time: string): string =>
    `Leitstelle nahm Vorschlag ${hospital} zurück, ${time}`,

  ownedTwice: (centres: string): string => `Zwei Leitstellen führen uns: ${centres}. Unser Ziel gilt.`,
  apart: (choices: string, isSet: boolean): string =>
    `Leitstellen nennen Verschiedenes: ${choices}. Keins gilt, bis sie sich einigen. ${isSet ? "Es bleibt beim Ziel oben. Über" : "Noch kein Ziel: über"} Funk fragen.`,
  silentThere: (time: string): string => `Haus schweigt seit ${time}`,
  notAsked: "Haus noch nicht angefragt",
  asked: (age: string): string => `Haus angefragt ${age}`,
  askedNotThere: "noch nicht dort angekommen",
  askedHeld: "liegt dort vor, noch keine Antwort",
  announcedThere: "unser Ziel liegt dort vor",
  ready: (time: string): string => `Haus nimmt an, ${time}`,
  heldAt: (centre: string): string => `, liegt ${centre} vor`,
  cannotTake: (reason: string): string => `Haus kann nicht annehmen${reason === "" ? "" : `: ${reason}`}`,
  noMore: (time: string): string => `Zusage von ${time} gilt NICHT mehr.`,
  lastWord: (word: string): string => `letzter Stand: ${word}`,

  resteer: "Neues Ziel von der Leitstelle",
  firstDestination: "Ziel von der Leitstelle",
  old: "Bisher",
  fresh: "Neu",
  byCentre: (centre: string, by: string, age: string): string => `${centre}, ${by}, ${age}`,
  understood: (hospital: string): string => `Verstanden: wir fahren nach ${hospital}`,
  readOut: "Über Funk vorlesen",

  proposals: "Wohin? Die ersten drei",
  proposal: "Vorschlag",
  confirmed: "von der Leitstelle bestätigt",
  freshLines: (count: number): string => `${count} neu: einordnen`,
  lineGone: "Nicht mehr unter den ersten drei.",
  forced: "Kein geeignetes Haus frei: Zwangsbelegung",
  noLines: "Kein Vorschlag.",
  minutes: (minutes: number): string => `${minutes} min`,
  drivingTo: (hospital: string): string => `Wir fahren nach ${hospital}`,
  isDestination: "ist unser Ziel",
  elsewhere: "Anderes Krankenhaus suchen",
  noMatch: "Nichts gefunden.",
  confirmDestination: (vehicle: string, need: string, hospital: string, old: string | null): string =>
    old === null
      ? `${vehicle}, ${need}: wir fahren nach ${hospital}.`
      : `${vehicle}, ${need}: wir fahren nach ${hospital} statt nach ${old}.`,
  confirm: "Bestätigen",
  back: "Zurück",

  fromOldPlace: (age: string): string => `Ort von ${age}: neu angeben`,
  position: "Wo wir sind",
  near: (town: string, age: string): string => `bei ${town}, ${age}`,
  chooseTown: "Ort suchen und antippen",

  slips: "An dieser Tafel geschrieben",
  notHeldYet: "Noch NICHT bei der Leitstelle",
  slipStep: (step: string): string => `Schritt: ${step}`,
  slipDestination: (hospital: string): string => `Ziel ${hospital}`,
  slipTakenBack: (hospital: string): string => `Ziel ${hospital} zurückgenommen`,
  slipPosition: (town: string): string => `Ort: ${town}`,
  takeBack: (seconds: number): string => `Zurücknehmen (${seconds} s)`,
};

export type CrewTexts = typeof germanCrew;
