import type { Choices } from "./words.ts";

// What a control centre chooses from: apart from choices.ts, which every board needs for its first rows.

/** Who spoke for the hospital when a voice report was taken down. */
export const voices = {
  physician: { de: "Ärztin oder Arzt", en: "physician" },
  "charge-nurse": { de: "Schichtleitung Pflege", en: "charge nurse" },
  registration: { de: "Anmeldung", en: "registration" },
  switchboard: { de: "Telefonzentrale", en: "switchboard" },
  other: { de: "andere Stelle", en: "someone else" },
} as const satisfies Choices;
export type Voice = keyof typeof voices;

/** Telephone numbers of one hospital that a call-round tries, one after another. */
export const phoneLinesMax = 4;

/** Why a dispatcher leaves an ambulance on its way to a hospital that is silent, or later than another would be. */
export const keptReasons = {
  "at-the-door": { de: "steht vor der Tür", en: "at the door" },
  "nothing-nearer": { de: "kein anderes Haus rechtzeitig erreichbar", en: "no other hospital in time" },
  "confirmed-by-voice": { de: "mündlich bestätigt", en: "confirmed by voice" },
  "not-worth-turning": { de: "Wechsel lohnt nicht", en: "not worth turning" },
  "crew-decided": { de: "Entscheidung der Besatzung", en: "the crew decided" },
} as const satisfies Choices;
export type KeptReason = keyof typeof keptReasons;

/** What a desk can take upon itself; a mission's or a hospital's reference makes it one task. */
export const taskTopics = {
  decide: { de: "Ziel entscheiden", en: "decide on a destination" },
  call: { de: "Krankenhaus anrufen", en: "call the hospital" },
  escalate: { de: "Antwort auf zweitem Weg holen", en: "get an answer on the second channel" },
  confirm: { de: "Zustand bestätigen lassen", en: "have a state confirmed" },
} as const satisfies Choices;
export type TaskTopic = keyof typeof taskTopics;

/** The answers of a hospital that is asked whether its own patient is to be transferred somewhere. */
export const agreementAnswers = {
  ready: { de: "einverstanden", en: "agrees" },
  cannot: { de: "nicht einverstanden", en: "does not agree" },
} as const satisfies Choices;

/** Why a control centre ends a mission that the crew has not ended. */
export const closedReasons = {
  "handed-over": { de: "Patient übergeben", en: "patient handed over" },
  "no-transport": { de: "kein Transport", en: "no transport" },
  cancelled: { de: "storniert", en: "cancelled" },
  duplicate: { de: "doppelt angelegt", en: "opened twice" },
} as const satisfies Choices;
export type ClosedReason = keyof typeof closedReasons;

/** Why no road can be driven at a place. */
export const closureReasons = {
  flood: { de: "Überflutung", en: "flood" },
  bomb: { de: "Kampfmittel", en: "unexploded bomb" },
  fire: { de: "Feuer oder Gefahrstoff", en: "fire or hazardous material" },
  accident: { de: "Unfall", en: "accident" },
  police: { de: "Polizeilage", en: "police operation" },
  works: { de: "Baustelle", en: "road works" },
  other: { de: "anderer Grund", en: "another reason" },
} as const satisfies Choices;
export type ClosureReason = keyof typeof closureReasons;
export const closureReasonIds = Object.keys(closureReasons) as readonly ClosureReason[];
