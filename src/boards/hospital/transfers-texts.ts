/** What only transfers that this hospital asks for say; it comes with them. */
const german = {
  title: "Verlegungen anfordern",
  ask: "Verlegung anfordern",
  why: "Für einen eigenen Patienten. Die Leitstelle sucht das Haus und das Rettungsmittel. Keine Namen.",
  need: "Was der Patient braucht",
  choose: "bitte wählen",
  urgency: "Dringlichkeit",
  age: "Alter",
  doctor: "Notarzt soll mitfahren",
  missing: "Bedarf, Dringlichkeit und Alter angeben.",
  check: "Prüfen",
  twin: "Gleiches ist schon angefordert: Ist das ein weiterer Patient?",
  agrees:
    "Als Ärztin oder Arzt angefordert: Das Haus ist damit einverstanden mit jedem, das den Patienten nimmt.",
  unagreed: "Nicht ärztlich angefordert: Vor der Fahrt wird nach dem ärztlichen Einverständnis gefragt.",
  confirmAsk: (patient: string): string => `Verlegung anfordern: ${patient}.`,
  confirmAskButton: "Bestätigen: Verlegung anfordern",
  confirmBack: (patient: string): string =>
    `Anforderung zurücknehmen: ${patient}. Ein Einverständnis gilt damit nicht mehr.`,
  confirmBackButton: "Bestätigen: zurücknehmen",
  takeBack: "Zurücknehmen",
  said: (who: string, time: string): string => `angefordert ${time}, ${who}`,
  ends: (time: string): string => `läuft ab ${time}`,
  state: {
    open: "Wartet auf die Leitstelle",
    declined: "Abgelehnt",
    "taken-back": "Zurückgenommen",
    "run-out": "Abgelaufen, nicht beantwortet: neu anfordern oder anrufen",
    opened: "Einsatz ist eröffnet",
    ended: "Einsatz ist beendet. Liegt der Patient noch hier: neu anfordern oder anrufen",
    "not-driven": "Kein Transport, Einsatz ist beendet: neu anfordern oder anrufen",
  },
  ended: (time: string): string => `beendet ${time}`,
  broken: (time: string): string =>
    `Der Einsatz endete ${time} ohne Ankunft. Ist der Patient nicht mehr hier: zurücknehmen.`,
  declined: (time: string, centre: string, why: string): string => `${centre}, ${time}: ${why}`,
};

export type TransferTexts = typeof german;

const english: TransferTexts = {
  title: "Asking for transfers",
  ask: "Ask for a transfer",
  why: "For a patient of your own. The control centre looks for hospital and ambulance. No names.",
  need: "What the patient needs",
  choose: "please choose",
  urgency: "Urgency",
  age: "Age",
  doctor: "an emergency doctor is to go with them",
  missing: "Say need, urgency and age.",
  check: "Check",
  twin: "The like is asked for already: is this another patient?",
  agrees: "Asked for as a physician: the hospital agrees with that to any that takes the patient.",
  unagreed: "Not asked for by a physician: before anybody drives, a physician is asked to agree.",
  confirmAsk: (patient) => `Ask for a transfer: ${patient}.`,
  confirmAskButton: "Confirm: ask for the transfer",
  confirmBack: (patient) => `Take the request back: ${patient}. An agreement ends with it.`,
  confirmBackButton: "Confirm: take back",
  takeBack: "Take back",
  said: (who, time) => `asked for ${time}, ${who}`,
  ends: (time) => `runs out ${time}`,
  state: {
    open: "Waits for the control centre",
    declined: "Declined",
    "taken-back": "Taken back",
    "run-out": "Run out without an answer: ask anew, or call",
    opened: "A mission is opened",
    ended: "The mission has ended. If the patient still lies here: ask anew, or call",
    "not-driven": "Not driven, the mission has ended: ask anew, or call",
  },
  ended: (time) => `ended ${time}`,
  broken: (time) => `The mission ended ${time} without arriving. If the patient is here no more: take back.`,
  declined: (time, centre, why) => `${centre}, ${time}: ${why}`,
};

export const transferTexts = { de: german, en: english };
