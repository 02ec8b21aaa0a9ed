/** What the forms and lists of a desk say: they come after the rows. German is the master. */
export const germanDesk = {
  proposals: (vehicle: string): string => `Neues Ziel für ${vehicle}`,
  selectFirst: "Erst ein Ziel wählen.",
  keepReason: "Grund wählen",
  keep: (hospital: string): string => `Beim Ziel bleiben: ${hospital}`,
  keepButton: "Bleiben und bestätigen",
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

  tools: "Werkzeuge dieses Platzes",
  close: "Schließen",
  back: "Zurück",
  confirm: "Bestätigen",

  takeBack: (seconds: number): string => `Zurücknehmen (noch ${seconds} s)`,
  slipVoice: (hospital: string, what: string): string => `Sprechmeldung ${hospital}: ${what}`,
  slipVoiceBack: (hospital: string, what: string): string =>
    `Sprechmeldung ${hospital}, ${what}: zurückgenommen`,
  slipTask: (task: string): string => `Übernommen: ${task}`,
  slipTaskFree: (task: string): string => `Freigegeben: ${task}`,
  slipEscalated: (vehicle: string, hospital: string, channel: string): string =>
    `${vehicle}: ${hospital} auf zweitem Weg gefragt (${channel})`,
  slipUnderstood: (vehicle: string, hospital: string, channel: string): string =>
    `${vehicle}: Besatzung fährt nach ${hospital}, über ${channel} gesagt`,
  slipSteerBack: (vehicle: string, hospital: string): string => `${vehicle}: ${hospital} zurückgenommen`,

  slipSpoken: (vehicle: string, hospital: string, answer: string): string =>
    `${vehicle}: ${hospital} sagt mündlich „${answer}“`,
  slipRoundCall: (hospital: string, voice: string | null): string =>
    voice === null ? `${hospital} angerufen: niemand` : `${hospital} angerufen: ${voice}`,
  slipTransferDeclined: (hospital: string): string => `${hospital}: Verlegung abgelehnt`,
  transferAsked: (hospital: string): string => `${hospital} fordert eine Verlegung an`,
  transferAskedBy: (who: string, age: string, ends: string): string => `${who}, ${age}. Läuft ab ${ends}.`,
  transferAgrees: "Ärztlich angefordert, also einverstanden mit jedem Haus, das den Patienten nimmt.",
  transferUnagreed: "Nicht ärztlich angefordert: Das Einverständnis wird noch erfragt.",
  transferTwin: "Dasselbe Haus fordert noch einmal Gleiches an: Ist es derselbe Patient?",
  transferSilent: (time: string): string => `Das Haus schweigt seit ${time}: bitte anrufen.`,
  transferBroken: (time: string): string =>
    `Einsatz endete ${time} ohne Ankunft. Vor dem nächsten anrufen: Liegt der Patient noch dort?`,
  transferOver: {
    declined: (time: string, who: string, why: string): string => `Abgelehnt ${time}, ${who}: ${why}`,
    "taken-back": (time: string): string => `Vom Haus zurückgenommen ${time}`,
    "run-out": (time: string): string => `Abgelaufen ${time}: Das Haus muss neu anfordern.`,
  },
  transferOpenAll: "Doch eröffnen",
  transferDeclineWhy: "Warum wird nicht gefahren?",
  confirmTransferOpen: (from: string, patient: string): string =>
    `Einsatz eröffnen: Verlegung von ${from}, ${patient}. Das Ziel wird danach gewählt und gefragt.`,
  confirmTransferOpenButton: (vehicle: string | null): string =>
    vehicle === null ? "Bestätigen: eröffnen" : `Bestätigen: mit ${vehicle} eröffnen`,
  confirmTransferDecline: (from: string, patient: string): string =>
    `Verlegung von ${from} ablehnen: ${patient}. ${from} sieht das mit dem Grund.`,
  confirmTransferDeclineButton: "Bestätigen: ablehnen",
  slipWordBack: (about: string): string => `${about}: Eintrag zurückgenommen`,
  slipOpenedBack: (vehicle: string): string => `${vehicle}: Einsatz zurückgenommen`,
  slipHandover: {
    handover: (vehicle: string, centre: string): string => `${vehicle}: ${centre} gefragt, ob sie übernimmt`,
    "taken-over": (vehicle: string, centre: string): string => `${vehicle}: jetzt bei uns, vorher ${centre}`,
    "handover-declined": (vehicle: string, centre: string): string =>
      `${vehicle}: Übernahme abgelehnt, bleibt bei ${centre}`,
  },

  calls: (rounds: number, asks: number, transfers: number): string =>
    [
      ...(transfers > 0
        ? [transfers === 1 ? "1 Verlegung angefordert" : `${transfers} Verlegungen angefordert`]
        : []),
      ...(rounds > 0 ? [rounds === 1 ? "1 Haus anrufen" : `${rounds} Häuser anrufen`] : []),
      ...(asks > 0 ? [`${asks} zu klären`] : []),
    ].join(", "),
  transfersOver: "Verlegungen, erledigt",
  callsOver: "Anrufe, erledigt",
  roundOver: "Erledigt oder wieder gehört.",
  forcedBy: (hospital: string, why: string, who: string, time: string): string =>
    `Zwangsbelegung ${hospital}: ${why}. Gewählt von ${who}, ${time}.`,
  tellForced: (hospital: string): string => `${hospital} anrufen: Zwangsbelegung ansagen`,
  assignWhy: "Warum dieses Haus?",
  assignName: "Eine Zwangsbelegung wählt jemand mit Namen.",
  theirTask: (centre: string): string => `Aufgabe von ${centre}`,
  callIt: "Anrufen",
  lines: "Nummern, der Reihe nach",
  nobodyAnswered: "Niemand antwortet",
  roundOld: (time: string): string => `Begonnen ${time}: Was da gesagt wurde, ist nicht von jetzt.`,
  roundEarlier: "Das Haus schweigt inzwischen von neuem: Das hier gehört zum vorigen Mal.",
  roundAnew: "Neu beginnen",
  triedAt: (time: string): string => `niemand, ${time}`,
  whoAnswers: "Wer antwortet?",
  whatGoes: "Was geht? Ein Buchstabe genügt.",
  allOfIt: "Alles davon",
  notSaid: "–",
  readOutLine: (hospital: string, parts: string): string => `Zurücklesen: „${hospital}: ${parts}. Richtig?“`,
  readBackTick: "zurückgelesen, bestätigt",
  opensNot: (what: string, own: string): string =>
    `${what}: Die Klinik sagt ${own}. Öffnen kann das nur eine Ärztin, ein Arzt oder die Schichtleitung Pflege, zurückgelesen. Sonst bleibt beides stehen, das Vorsichtigere gilt.`,
  roundReplaces: (what: string, words: string): string => `${what}, bisher: ${words}`,
  writeRound: (hospital: string, count: number): string =>
    `Bestätigen: ${hospital}, ${count === 1 ? "1 Angabe" : `${count} Angaben`}`,
  inVain: (hospital: string, what: string): string => `${hospital}: ${what} gilt nicht`,
  inVainWhy: (voice: string): string =>
    `Gesagt von: ${voice}. Die Klinik hatte geschlossen, das bleibt. Ärztin, Arzt oder Schichtleitung Pflege fragen und zurücklesen.`,
  handoverAsked: (vehicle: string, centre: string): string => `${centre} will ${vehicle} an uns abgeben`,
  handoverOpen: (centre: string, time: string): string => `${centre} gefragt, ob sie übernimmt, ${time}`,
  handoverDeclined: (time: string): string => `Abgabe abgelehnt, ${time}`,
  handOver: "Abgeben",
  handOverTo: "An welche Leitstelle?",
  confirmHandover: (vehicle: string, centre: string): string =>
    `${vehicle}: ${centre} wird gefragt. Bis sie übernimmt, führen wir den Einsatz.`,
  takeMission: "Einsatz übernehmen",
  confirmTakeMission: (vehicle: string, centre: string): string =>
    `${vehicle}: Wir führen den Einsatz ab jetzt, nicht mehr ${centre}.`,
  confirmTakeMissionButton: (vehicle: string): string => `Bestätigen: ${vehicle} übernehmen`,
  decline: "Ablehnen",
  confirmDecline: (vehicle: string, centre: string): string => `${vehicle}: bleibt bei ${centre}.`,
  confirmDeclineButton: (vehicle: string): string => `Bestätigen: ${vehicle} nicht übernehmen`,
  spokenAnswer: "Antwort mündlich",
  spokenAnswerOf: (hospital: string): string => `Antwort von ${hospital}, mündlich`,
  askedAbout: (hospital: string, to: string): string => `${hospital} (nach ${to})`,
  requestOver: (hospital: string): string =>
    `Die Anfrage an ${hospital} läuft nicht mehr: Hier wird nichts eingetragen.`,
  answerSoFar: (answer: string, time: string): string => `Bisher: ${answer}, ${time}.`,
  opensNoAnswer:
    "Das Haus hat selbst abgesagt: Das hebt nur eine zurückgelesene Zusage auf, von Ärztin, Arzt oder Schichtleitung Pflege.",
  answeredBySpoken: (hospital: string, voice: string): string => `${hospital} antwortete mündlich: ${voice}`,
  answersDiffer: (hospital: string): string => `${hospital}: eine andere Antwort sagt etwas anderes`,
  answer: "Antwort",
  by: "Weg",
  confirmSpoken: (hospital: string, answer: string, voice: string, vehicle: string): string =>
    `${hospital} ${answer}: ${vehicle}. Sagt ${voice}.`,
  contest: (hospital: string, free: number, age: string, others: string): string =>
    `${hospital} meldet ${free === 1 ? "1 freien Platz" : `${free} freie Plätze`} (${age}), dorthin auch: ${others}. Das Haus antwortet.`,

  nobodyHere: (desk: string): string => `${desk}: niemand angemeldet`,
  shiftOver: (name: string): string => `${name}: Schicht ist um`,
  onShift: (name: string, until: string): string => `${name} bis ${until}`,
  shift: "Schicht und Übergabe",
  shiftStart: "Wer sitzt hier?",
  shiftWhy: "Was dieser Platz schreibt, trägt Rolle und Nummer. Der Name bleibt an diesem Standort.",
  shiftUnnamed: (desk: string): string =>
    `Ohne Anmeldung schreibt dieser Platz als ${desk}. Entscheiden geht auch so.`,
  shiftAgain: "Zwölf Stunden sind um: bitte Rolle und Name neu angeben.",
  role: "Rolle",
  name: "Name",
  begin: "Schicht beginnen",
  takeOver: "Ablösen",
  shiftLost: "Keine Antwort vom Anker. Erneut versuchen.",

  openTasks: "Offene Aufgaben",
  noTasks: "Keine offenen Aufgaben.",
  runsOut: "Läuft aus: nachfragen",
  noneRunsOut: "In den nächsten 30 Minuten läuft kein Zustand aus.",
  endsAt: (capability: string, state: string, time: string): string => `${capability}: ${state} bis ${time}`,
  taskAbout: (topic: string, about: string): string => `${topic}: ${about}`,
  taskFree: "noch niemand",
  taskMine: (time: string): string => `bei mir seit ${time}`,
  taskTheirs: (owners: string): string => `bei ${owners}`,
  ownerSince: (owner: string, time: string): string => `${owner} (seit ${time})`,
  ownedByTwo: "Zwei Plätze haben übernommen: absprechen.",
  take: "Übernehmen",
  takeFrom: "Selbst übernehmen",
  release: "Freigeben",
  taskLeft: (owners: string): string => `ohne Besitzer, nicht mehr im Dienst: ${owners}`,
  leftTasks: (count: number): string =>
    count === 1 ? "1 Aufgabe ohne Besitzer" : `${count} Aufgaben ohne Besitzer`,
  takeAll: "Alle übernehmen",
  releaseAll: "Alle freigeben",
  relieves: (name: string): string =>
    `Wer sich hier anmeldet, löst ${name} ab und bekommt die Aufgaben angeboten.`,
  signOff: "Abmelden ohne Ablösung",
  takenByOther: (owner: string): string => `Achtung: Das hat ${owner} übernommen.`,

  voice: "Sprechmeldung",
  voiceNew: "Sprechmeldung eintragen",
  voiceCorrect: "Sprechmeldung berichtigen",
  correct: "Berichtigen",
  withdraw: "Zurückziehen",
  confirmWithdraw: (hospital: string, what: string): string =>
    `${hospital}: Die Sprechmeldung „${what}“ war falsch und wird zurückgezogen.`,
  confirmWithdrawButton: (hospital: string): string => `Bestätigen: Meldung für ${hospital} zurückziehen`,
  thenHolds: (words: string): string => `Danach gilt: ${words}.`,
  nothingLeft: "Danach ist der Zustand unbestätigt.",
  reason: "Grund",
  noReason: "kein Grund genannt",
  until: "Gilt bis",
  noUntil: "nicht gesagt",
  findHospital: "Krankenhaus suchen (Name oder Ort)",
  noMatch: "Kein Krankenhaus heißt so.",
  matches: (count: number): string => (count === 1 ? "1 Treffer" : `${count} Treffer`),
  otherHospital: "Anderes Haus",
  capability: "Was",
  choose: "bitte wählen",
  state: "Zustand",
  answeredBy: "Wer hat gesprochen?",
  readBack: "Zurückgelesen?",
  readBackYes: "ja, bestätigt",
  readBackNo: "nein",
  check: "Prüfen",
  missing: (fields: string): string => `Es fehlt: ${fields}.`,
  willReplace: "Gilt jetzt und wird ersetzt",
  noWords: "Bisher sagt niemand etwas.",
  wordsLoading: "Geltende Worte werden geladen …",
  wordsLost: "Geltende Worte sind nicht zu laden. Neuer Versuch läuft.",
  confirmVoice: (hospital: string, what: string, voice: string): string =>
    `${hospital}: ${what}, sagt ${voice}.`,
  isReadBack: "zurückgelesen",
  notReadBack: "nicht zurückgelesen",
  replaces: (words: string): string => `Ersetzt: ${words}.`,
  replacesNothing: "Ersetzt kein anderes Wort.",
  everyoneSees: "Alle in der Region sehen es.",
  voices: "Sprechmeldungen in Kraft",
  noVoices: "Keine Sprechmeldung in Kraft.",
  beside: "steht neben einem anderen Wort",
  saidBy: (voice: string): string => `gesagt von: ${voice}`,
  writtenBy: (person: string): string => `notiert von ${person}`,

  words: "Alle geltenden Worte",
  ended: "abgelaufen",
  askPeople: "Enter: Schaltflächen. Esc: schließen.",

  town: "Ort",
  allTowns: "alle Orte",
  exceptions: "nur Ausnahmen",
  missionNeed: "Bedarf",
  allNeeds: "alle",
  hiddenHospitals: (count: number): string =>
    count === 1 ? "1 Haus verborgen" : `${count} Häuser verborgen`,
  hiddenMissions: (count: number): string =>
    count === 1 ? "1 Einsatz verborgen" : `${count} Einsätze verborgen`,
  hidesNothing: "Filter an, nichts verborgen",
  showAll: "alle zeigen",

  fresh: (count: number): string => (count === 1 ? "1 neu" : `${count} neue`),
  settle: "einsortieren",

  atDoor: (hospital: string, time: string): string => `steht vor ${hospital}, schweigt seit ${time}`,
  nearDoor: (hospital: string, time: string): string => `gleich bei ${hospital}, schweigt seit ${time}`,
  nearUnconfirmed: (hospital: string): string => `gleich bei ${hospital}, unbestätigt`,
  toTheDoor: "Jemand dort soll an die Tür kommen.",
  radioGroup: (group: string): string => `Funkgruppe ${group}`,
  reachedBy: "Erreicht über",
  notReached: "niemand erreicht",
  triedInVain: (tries: number, time: string): string =>
    tries === 1 ? `1-mal vergeblich, ${time}` : `${tries}-mal vergeblich, zuletzt ${time}`,

  whereTo: "Wohin?",
  whereToAsk: "Bedarf und Ort wählen: Die besten drei Häuser stehen dann hier zum Vorlesen.",
  whereToFor: (need: string, place: string): string => `${need}, ${place}`,
  readOut: "Vorlesen:",
  whereToCounts: (policy: string | undefined): string =>
    `Gerechnet mit Bedarf und Ort${policy === undefined ? "" : ` nach der Regel ${policy}`}. Nichts davon wird geschrieben.`,
  findPlace: "Ort (Name, oder Koordinaten wie 51,17 6,93)",
  noPlace: "Kein Ort heißt so.",
  openMission: "Einsatz eröffnen",
  vehicle: "Fahrzeug",
  noneFree: "keins frei, alle im Einsatz",
  sceneOf: "Gleiche Einsatzstelle wie",
  noScene: "keine andere",
  transfer: "Verlegung von",
  noTransfer: "keine Verlegung",
  confirmAskBoth: (vehicle: string, need: string, to: string, from: string): string =>
    `Verlegung, ${vehicle}, ${need}: ${to} wird gefragt, ob es annimmt, ${from}, ob es einverstanden ist. Losgefahren wird erst, wenn beide zugesagt haben.`,
  bothAreAsked: (vehicle: string, need: string, to: string, from: string): string =>
    `Verlegung, ${vehicle}, ${need}: ${to} und ${from} sind gefragt, eine Antwort steht noch aus. Losgefahren wird erst, wenn beide zugesagt haben.`,
  confirmTransfer: (vehicle: string, need: string, to: string, from: string): string =>
    `Verlegung, ${vehicle}, ${need}: von ${from} nach ${to}. Beide Häuser haben zugesagt, die Besatzung erhält das Ziel.`,
  confirmAskReceiver: (vehicle: string, need: string, to: string, from: string): string =>
    `Verlegung, ${vehicle}, ${need}: ${to} wird gefragt, ob es annimmt; ${from} nicht noch einmal. Losgefahren wird erst, wenn beide zugesagt haben.`,
  confirmAskSender: (vehicle: string, need: string, to: string, from: string): string =>
    `Verlegung, ${vehicle}, ${need}: ${from} wird gefragt, ob es mit ${to} einverstanden ist; ${to} nicht noch einmal. Losgefahren wird erst, wenn beide zugesagt haben.`,
  confirmAskBothButton: "Bestätigen: beide Häuser fragen",
  senderAgrees: (from: string): string => `${from} hat die Verlegung angefordert und ist einverstanden`,
  senderTookBack: (from: string, time: string): string =>
    `${from} hat die Anforderung zurückgenommen, ${time}`,
  senderNotAsked: (from: string): string => `${from}: noch nicht gefragt`,
  senderAsked: (from: string, to: string, age: string): string => `${from} gefragt ${age}: nach ${to}?`,
  senderSaid: (from: string, word: string, to: string, time: string): string =>
    `${from}: ${word} mit ${to}, ${time}`,
  bothAgreed: (names: string): string => `Beide Häuser haben zugesagt: ${names}`,
  physicianOnly: "Verlegung: Es zählt nur die Zusage einer Ärztin oder eines Arztes, zurückgelesen.",
  pzc: "Code, Alter, Dringlichkeit: sechs Ziffern",
  pzcUnknown: (code: string): string => `${code}: nicht in der Tabelle, Bedarf wählen`,
  massCasualty: (plan: string): string => `Massenanfall: nicht mit Holdfast. Es gilt: ${plan}.`,
  mates: (vehicles: string): string => `gleiche Einsatzstelle: ${vehicles}`,
  urgency: "Dringlichkeit",
  toAir: "Fliegt doch",
  toGround: "Fährt doch am Boden",
  flown: "Hubschrauber, Tag und Wetter lassen es zu",
  age: "Alter",
  missingForMission: "Es fehlt: Fahrzeug, Dringlichkeit oder Alter.",
  confirmOpen: (vehicle: string, need: string, place: string, patient: string, time: string): string =>
    `${vehicle}, ${need}, ${place}: ${patient}. Neuer Einsatz, Notruf ${time}.`,
  confirmOpenButton: (vehicle: string): string => `Bestätigen: Einsatz für ${vehicle}`,
  slipOpened: (vehicle: string, need: string): string => `Einsatz eröffnet: ${vehicle}, ${need}`,

  steer: "Anderes Ziel",
  anotherHospital: "Ein anderes Haus suchen",
  adviceLoading: "Vorschläge werden berechnet …",
  adviceLost: "Vorschläge sind nicht zu laden. Neuer Versuch läuft.",
  notSuitable: "Nicht vorgeschlagen, weil ungeeignet:",
  notAmongFirst: "Nicht unter den ersten drei:",
  attention: (hospital: string): string => `Zu wissen, ${hospital}:`,
  hasDeclined: (time: string): string => `hat diesen Patienten abgelehnt, ${time}`,

  ask: (hospital: string): string => `${hospital} fragen`,
  askAgain: (hospital: string): string => `${hospital} erneut fragen`,
  confirmAsk: (vehicle: string, need: string, hospital: string): string =>
    `${vehicle}, ${need}: ${hospital} wird gefragt, ob es annimmt.`,
  confirmAskButton: (hospital: string): string => `Bestätigen: ${hospital} fragen`,
  due: (time: string): string => `Antwort bis ${time}`,
  overdue: (time: string): string => `Keine Antwort, Frist war ${time}`,
  notThere: (time: string): string => `Um ${time} noch nicht dort angekommen: anrufen`,
  escalated: (channels: string): string => `auf zweitem Weg gefragt: ${channels}`,
  secondChannel: "Zweiter Weg:",
  askedBy: "Gefragt über",
  answerTakenBack: (hospital: string, time: string): string =>
    `${hospital} hat die Antwort zurückgenommen, ${time}`,
  understood: "Besatzung sagt „verstanden“ über",
  confirmUnderstood: (
    vehicle: string,
    need: string,
    hospital: string,
    old: string | null,
    channel: string,
  ) =>
    old === null
      ? `${vehicle}, ${need}: Besatzung fährt nach ${hospital}, über ${channel} gesagt.`
      : `${vehicle}, ${need}: Besatzung fährt nach ${hospital} statt ${old}, über ${channel} gesagt.`,
  confirmUnderstoodButton: (hospital: string): string => `Bestätigen: fährt nach ${hospital}`,
  receipts: "Quittungen",
  receiptSteps: {
    opened: "Einsatz",
    step: "Schritt",
    destination: "Ziel",
    steered: "Vorschlag",
    kept: "Bleiben",
    asked: "Anfrage",
    answered: "Antwort",
  },
  heldBy: (what: string, sites: string): string => `${what}: liegt vor bei ${sites}`,
  heldByNobody: (what: string): string => `${what}: noch bei niemandem sonst`,
  takenBack: {
    steered: (hospital: string, time: string): string => `Vorschlag ${hospital} zurückgenommen, ${time}`,
    destination: (hospital: string, time: string): string => `Ziel ${hospital} zurückgenommen, ${time}`,
  },

  wall: "Wand",
  camera: "Codes lesen",
  closures: "Straßensperrungen",

  paths: "Wege und Kontakt",
  pathsShort: (heard: number): string => `Wege: ${heard} gehört`,
  pathsTrouble: (heard: number, trouble: number): string => `Wege: ${heard} gehört, ${trouble} gestört`,
  ownPaths: "Unsere eigenen Wege",
  pathsHeard: (count: number): string =>
    count === 1 ? "1 Standort direkt gehört" : `${count} Standorte direkt gehört`,
  pathHeard: (site: string): string => `${site}: direkt gehört`,
  pathLate: (site: string): string => `${site}: verspätet`,
  pathSilent: (site: string, time: string): string => `${site}: auf unserem Weg still seit ${time}`,
  pathNeverHeard: (site: string): string => `${site}: auf unserem Weg noch nicht gehört`,
  contactTrouble: "Uhren, Aussetzer, Ton",
  noTrouble: "Keine Störung bekannt.",
  siteTrouble: (site: string, trouble: string): string => `${site}: ${trouble}`,
};

export type DeskTexts = typeof germanDesk;
