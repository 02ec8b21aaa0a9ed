import type { Language } from "../shell/language.ts";

/** What the control centre's board says. German is the master. */
const german = {
  desk: (desk: number): string => `Platz ${desk}`,

  goneSince: (time: string): string =>
    `Anker nicht erreichbar seit ${time}. Alles hier ist alt, Schaltflächen sind aus.`,
  goneFromStart: "Anker nicht erreichbar. Neuer Versuch läuft.",
  notStoring: "Dieser Anker kann nicht aufzeichnen: nichts wird geschrieben.",
  slowDisk: "Platte langsam: Bestätigungen dauern länger.",
  cutOff: (time: string): string => `Wir sind abgeschnitten: nichts bekannt seit ${time}.`,
  notHeard: "Wir werden nicht gehört: andere empfangen uns nicht.",
  halfSilent: "Die halbe Region verstummte binnen einer Minute: vielleicht eine Netzstörung zwischen uns.",
  centreSilent: (centre: string, time: string): string => `${centre} schweigt seit ${time}.`,
  centreNotYetHeard: (centre: string): string => `${centre}: noch nicht gehört.`,
  centreCannotRecord: (centre: string): string => `${centre} kann nicht aufzeichnen.`,
  unusable: (entries: number, site: string): string =>
    entries === 1
      ? `1 Eintrag von ${site} kann diese Version nicht verwenden.`
      : `${entries} Einträge von ${site} kann diese Version nicht verwenden.`,
  forked: (site: string): string => `Protokoll von ${site} liegt in zwei unvereinbaren Fassungen vor.`,

  decisions: "Zu entscheiden",
  decisionCount: (count: number): string => (count === 1 ? "1 Entscheidung" : `${count} Entscheidungen`),
  nothingToDecide: "Nichts zu entscheiden.",
  whySilent: (hospital: string, time: string): string => `${hospital} schweigt seit ${time}`,
  whyCannot: (hospital: string, time: string): string => `${hospital} kann nicht, seit ${time}`,
  whyDeclined: (hospital: string, time: string): string => `${hospital} hat abgelehnt, ${time}`,
  whyNoDestination: "Noch kein Ziel",
  waitsSince: (age: string): string => `offen ${age}`,
  forced: "Zwangsbelegung nach Regel der Region",
  callNow: "Sofort anrufen",
  callNumber: (hospital: string): string => `${hospital}:`,
  reached: "Angerufen: erreicht",
  notReached: "Angerufen: niemand da",
  proposals: (vehicle: string): string => `Neues Ziel für ${vehicle}`,
  noLines: "Kein Vorschlag: Fahrzeiten sind nicht zu berechnen.",
  select: "Auswählen und bestätigen",
  selectFirst: "Erst ein Ziel wählen.",
  keepBecause: "Oder bleiben, weil",
  keepReason: "Grund wählen",
  keep: (hospital: string): string => `Beim Ziel bleiben: ${hospital}`,
  confirmSteer: (vehicle: string, need: string, hospital: string, old: string | null): string =>
    old === null
      ? `${vehicle}, ${need}: Ziel ${hospital}. Die Besatzung erhält den Vorschlag, das Haus wird gefragt.`
      : `${vehicle}, ${need}: neues Ziel ${hospital} statt ${old}. Die Besatzung erhält den Vorschlag, das Haus wird gefragt.`,
  confirmKeep: (vehicle: string, need: string, hospital: string): string =>
    `${vehicle}, ${need}: bleibt beim Ziel ${hospital}.`,
  confirmSteerButton: (hospital: string): string => `Bestätigen: nach ${hospital}`,
  confirmKeepButton: (hospital: string): string => `Bestätigen: ${hospital} bleibt Ziel`,
  noLongerListed: (hospital: string): string =>
    `Achtung: ${hospital} steht nicht mehr unter den ersten drei.`,
  confirm: "Bestätigen",
  back: "Zurück",

  slips: "An diesem Platz geschrieben",
  slipSteered: (vehicle: string, hospital: string): string => `${vehicle}: Ziel ${hospital} vorgeschlagen`,
  slipKept: (vehicle: string, hospital: string): string => `${vehicle}: bleibt beim Ziel ${hospital}`,
  slipCalled: (vehicle: string, hospital: string, reached: boolean): string =>
    `${vehicle}: ${hospital} angerufen, ${reached ? "erreicht" : "niemand erreicht"}`,
  slipAsked: (vehicle: string, hospital: string): string => `${vehicle}: ${hospital} gefragt, ob es annimmt`,

  missions: "Laufende Einsätze",
  noMissions: "Keine laufenden Einsätze.",
  urgency: (urgency: number): string => ["", "Lebensgefahr", "dringend", "nicht dringend"][urgency] ?? "",
  flags: {
    doctor: "mit Notarzt",
    ventilated: "beatmet",
    cpr: "Reanimation läuft",
    pregnant: "schwanger",
    infectious: "ansteckend",
  },
  call: (time: string): string => `Notruf ${time}`,
  noStep: "Schritt nicht gemeldet",
  destination: (hospital: string): string => `Ziel ${hospital}`,
  noDestination: "kein Ziel",
  crewSaid: (age: string): string => `laut Besatzung ${age}`,
  proposed: (hospital: string): string => `Vorschlag: ${hospital}`,
  proposedHere: "hier geschrieben, noch nicht bei der Besatzung",
  proposedHeld: "liegt der Besatzung vor, noch nicht bestätigt",
  kept: (reason: string): string => `bleibt: ${reason}`,
  notAsked: "Haus nicht gefragt",
  asked: (hospital: string, age: string): string => `${hospital} gefragt ${age}`,
  askedNotThere: "noch nicht dort angekommen",
  askedHeld: "liegt dort vor, noch keine Antwort",
  ready: (hospital: string, time: string): string => `${hospital} nimmt an, ${time}`,
  cannotTake: (hospital: string, reason: string): string =>
    reason === "" ? `${hospital} kann nicht annehmen` : `${hospital} kann nicht annehmen: ${reason}`,
  arrival: (time: string, margin: number): string => `an ${time} ± ${margin} min`,
  arrivalFromScene: (minutes: number, margin: number): string => `Fahrt ${minutes} ± ${margin} min`,
  arrivalUnknown: "Ankunft nicht bekannt",
  positionAge: (age: string): string => `Ort ${age}`,
  positionOld: (age: string): string => `Ort alt: ${age}`,
  owner: (centre: string): string => `geführt von ${centre}`,
  ownedTwice: (centres: string): string =>
    `Zwei Leitstellen führen diesen Einsatz: ${centres}. Es gilt das letzte bestätigte Ziel der Besatzung.`,

  hospitals: "Krankenhäuser",
  need: "Was der Patient braucht",
  hospital: "Krankenhaus",
  contact: "Kontakt",
  required: "nötig",
  requiredAny: "eine davon nötig",
  preferred: "bevorzugt",
  inbound: (count: number): string => (count === 1 ? "1 Einsatz dorthin" : `${count} Einsätze dorthin`),
  noHospitals: "Keine Krankenhäuser in dieser Region.",

  map: "Karte",
  mapHelp: "Pfeiltasten: nächstes Haus. Eingabetaste: zur Zeile.",
  mapMission: (vehicle: string, age: string): string => `${vehicle}, Ort ${age}`,

  legend: "Zeichen",
  estimate: "Fahrzeiten sind aus der Luftlinie geschätzt, ± 30 %.",
};

export type DispatchTexts = typeof german;

const english: DispatchTexts = {
  desk: (desk) => `Desk ${desk}`,

  goneSince: (time) => `Anchor out of reach since ${time}. Everything here is old, buttons are off.`,
  goneFromStart: "Anchor out of reach. Trying again.",
  notStoring: "This anchor cannot record: nothing is written.",
  slowDisk: "Slow disk: confirmations take longer.",
  cutOff: (time) => `We are cut off: nothing known since ${time}.`,
  notHeard: "We are not heard: others do not receive us.",
  halfSilent: "Half the region fell silent within a minute: perhaps a network fault between us.",
  centreSilent: (centre, time) => `${centre} silent since ${time}.`,
  centreNotYetHeard: (centre) => `${centre}: not yet heard.`,
  centreCannotRecord: (centre) => `${centre} cannot record.`,
  unusable: (entries, site) =>
    entries === 1
      ? `1 entry of ${site} cannot be used by this version.`
      : `${entries} entries of ${site} cannot be used by this version.`,
  forked: (site) => `The log of ${site} exists in two versions that contradict each other.`,

  decisions: "To decide",
  decisionCount: (count) => (count === 1 ? "1 decision" : `${count} decisions`),
  nothingToDecide: "Nothing to decide.",
  whySilent: (hospital, time) => `${hospital} silent since ${time}`,
  whyCannot: (hospital, time) => `${hospital} cannot, since ${time}`,
  whyDeclined: (hospital, time) => `${hospital} declined, ${time}`,
  whyNoDestination: "No destination yet",
  waitsSince: (age) => `open ${age}`,
  forced: "Forced assignment by the region’s rule",
  callNow: "Call at once",
  callNumber: (hospital) => `${hospital}:`,
  reached: "Called: reached",
  notReached: "Called: nobody there",
  proposals: (vehicle) => `New destination for ${vehicle}`,
  noLines: "No proposal: driving times cannot be computed.",
  select: "Select and confirm",
  selectFirst: "Choose a destination first.",
  keepBecause: "Or stay, because",
  keepReason: "choose a reason",
  keep: (hospital) => `Keep the destination: ${hospital}`,
  confirmSteer: (vehicle, need, hospital, old) =>
    old === null
      ? `${vehicle}, ${need}: destination ${hospital}. The crew is given the proposal, the hospital is asked.`
      : `${vehicle}, ${need}: new destination ${hospital} instead of ${old}. The crew is given the proposal, the hospital is asked.`,
  confirmKeep: (vehicle, need, hospital) => `${vehicle}, ${need}: keeps the destination ${hospital}.`,
  confirmSteerButton: (hospital) => `Confirm: to ${hospital}`,
  confirmKeepButton: (hospital) => `Confirm: ${hospital} stays the destination`,
  noLongerListed: (hospital) => `Note: ${hospital} is no longer among the first three.`,
  confirm: "Confirm",
  back: "Back",

  slips: "Written at this desk",
  slipSteered: (vehicle, hospital) => `${vehicle}: destination ${hospital} proposed`,
  slipKept: (vehicle, hospital) => `${vehicle}: keeps the destination ${hospital}`,
  slipCalled: (vehicle, hospital, reached) =>
    `${vehicle}: ${hospital} called, ${reached ? "reached" : "nobody reached"}`,
  slipAsked: (vehicle, hospital) => `${vehicle}: ${hospital} asked for acceptance`,

  missions: "Running missions",
  noMissions: "No running missions.",
  urgency: (urgency) => ["", "life in danger", "urgent", "not urgent"][urgency] ?? "",
  flags: {
    doctor: "with doctor",
    ventilated: "ventilated",
    cpr: "CPR running",
    pregnant: "pregnant",
    infectious: "infectious",
  },
  call: (time) => `call ${time}`,
  noStep: "step not reported",
  destination: (hospital) => `To ${hospital}`,
  noDestination: "no destination",
  crewSaid: (age) => `crew’s word ${age}`,
  proposed: (hospital) => `Proposal: ${hospital}`,
  proposedHere: "written here, not yet with the crew",
  proposedHeld: "held by the crew, not yet confirmed",
  kept: (reason) => `kept: ${reason}`,
  notAsked: "hospital not asked",
  asked: (hospital, age) => `${hospital} asked ${age}`,
  askedNotThere: "not yet arrived there",
  askedHeld: "held there, no answer yet",
  ready: (hospital, time) => `${hospital} ready, ${time}`,
  cannotTake: (hospital, reason) =>
    reason === "" ? `${hospital} cannot accept` : `${hospital} cannot accept: ${reason}`,
  arrival: (time, margin) => `arrives ${time} ± ${margin} min`,
  arrivalFromScene: (minutes, margin) => `drive ${minutes} ± ${margin} min`,
  arrivalUnknown: "arrival not known",
  positionAge: (age) => `position ${age}`,
  positionOld: (age) => `position old: ${age}`,
  owner: (centre) => `led by ${centre}`,
  ownedTwice: (centres) =>
    `Two control centres lead this mission: ${centres}. The crew’s last confirmed destination holds.`,

  hospitals: "Hospitals",
  need: "What the patient needs",
  hospital: "Hospital",
  contact: "Contact",
  required: "required",
  requiredAny: "one of these required",
  preferred: "preferred",
  inbound: (count) => (count === 1 ? "1 mission on its way" : `${count} missions on their way`),
  noHospitals: "No hospitals in this region.",

  map: "Map",
  mapHelp: "Arrow keys: next hospital. Enter: to its row.",
  mapMission: (vehicle, age) => `${vehicle}, position ${age}`,

  legend: "Signs",
  estimate: "Driving times are estimated from the straight line, ± 30 %.",
};

export const dispatchTexts: { readonly [language in Language]: DispatchTexts } = { de: german, en: english };
