/** What the control centre's board says. German is the master; English comes when wanted. */
export const germanDispatch = {
  desk: (desk: number): string => `Platz ${desk || "…"}`,

  decidedElsewhere: "Nicht mehr zu entscheiden.",
  missionOver: "Läuft nicht mehr.",

  decisions: "Zu entscheiden",
  waitingCount: (decisions: number, calls: number): string =>
    [
      ...(decisions > 0 ? [decisions === 1 ? "1 Entscheidung" : `${decisions} Entscheidungen`] : []),
      ...(calls > 0 ? [calls === 1 ? "1 Anruf" : `${calls} Anrufe`] : []),
    ].join(", "),
  nothingToDecide: "Nichts zu entscheiden.",
  whySilent: (hospital: string, time: string): string => `${hospital} schweigt seit ${time}`,
  whyCannot: (hospital: string, time: string): string => `${hospital} kann nicht, seit ${time}`,
  whyDeclined: (hospital: string, time: string): string => `${hospital} hat abgelehnt, ${time}`,
  whyNotAgreed: (hospital: string, time: string): string =>
    `Verlegung nach ${hospital} nicht (mehr) zugesagt, ${time}`,
  whySooner: (hospital: string, other: string, minutes: number): string =>
    `${other} spart ${minutes} min gegen ${hospital}`,
  chose: (centre: string, hospital: string, time: string): string => `${centre} nach ${hospital} (${time})`,
  whyApart: (choices: string): string =>
    `Verschieden gelenkt: ${choices}. Bis jemand entscheidet, gilt das Ziel der Besatzung.`,
  whyNoDestination: "Noch kein Ziel",
  policy: (version: string): string => `Regel ${version}`,
  waitsSince: (age: string): string => `gemeldet ${age}`,
  forced: "Kein geeignetes Haus frei: Zwangsbelegung",
  callNow: "Sofort anrufen",
  callNumber: (hospital: string): string => `${hospital}:`,
  noLines: "Kein weiterer Vorschlag.",
  select: "Auswählen und bestätigen",

  slips: "An diesem Platz geschrieben",
  slipSteered: (vehicle: string, hospital: string): string => `${vehicle}: Ziel ${hospital} vorgeschlagen`,
  slipKept: (vehicle: string, hospital: string): string => `${vehicle}: bleibt beim Ziel ${hospital}`,
  slipCalled: (vehicle: string, hospital: string, reached: boolean): string =>
    `${vehicle}: ${hospital} angerufen, ${reached ? "erreicht" : "niemand erreicht"}`,
  slipAsked: (vehicle: string, hospital: string): string => `${vehicle}: ${hospital} gefragt, ob es annimmt`,

  missions: "Laufende Einsätze",
  noMissions: "Keine laufenden Einsätze.",
  call: (time: string): string => `Notruf ${time}`,
  noStep: "Schritt nicht gemeldet",
  destination: (hospital: string): string => `Ziel ${hospital}`,
  noDestination: "kein Ziel",
  crewSaid: (age: string): string => `laut Besatzung ${age}`,
  proposed: (hospital: string): string => `Vorschlag: ${hospital}`,
  proposedHere: "geschrieben, noch nicht bei der Besatzung",
  proposedHeld: "liegt der Besatzung vor, noch nicht bestätigt",
  kept: (reason: string): string => `bleibt: ${reason}`,
  notAsked: "Haus nicht gefragt",
  asked: (hospital: string, age: string): string => `${hospital} gefragt ${age}`,
  askedNotThere: "noch nicht dort angekommen",
  askedHeld: "liegt dort vor, noch keine Antwort",
  ready: (hospital: string, time: string): string => `${hospital} nimmt an, ${time}`,
  wasReady: (hospital: string, time: string): string => `zuletzt: ${hospital} nahm an, ${time}`,
  cannotTake: (hospital: string, reason: string): string =>
    reason === "" ? `${hospital} kann nicht annehmen` : `${hospital} kann nicht annehmen: ${reason}`,
  arrival: (time: string, margin: number): string => `an ${time} ± ${margin} min`,
  arrivalFromScene: (minutes: number, margin: number): string => `Fahrt ${minutes} ± ${margin} min`,
  arrived: "angekommen",
  arrivalUnknown: "Ankunft nicht bekannt",
  positionAge: (age: string): string => `Ort ${age}`,
  positionOld: (age: string): string => `Ort alt: ${age}`,
  vehicleSilent: (time: string): string => `Fahrzeug seit ${time} nicht gehört`,
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
  flapping: (count: number): string =>
    count === 1 ? "flattert: setzte eben einmal aus" : `flattert: setzte eben ${count}-mal aus`,
  soundHeldBack: "Kein Ton. Einmal klicken oder eine Taste drücken.",
  noSound: (time: string): string => `kein Ton dort seit ${time}`,
  noBoard: (time: string): string => `keine Tafel offen dort seit ${time}`,
  wordOld: "Zeit ist um, bitte nachfragen",
  wordTakenBack: (time: string): string => `letztes Wort zurückgenommen, ${time}`,
  inbound: (count: number): string => (count === 1 ? "1 Einsatz dorthin" : `${count} Einsätze dorthin`),
  noHospitals: "Keine Krankenhäuser in dieser Region.",

  map: "Karte",

  legend: "Zeichen",
  print: "Drucken",
};

export type DispatchTexts = typeof germanDispatch;
