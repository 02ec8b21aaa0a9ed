import type { Choices } from "./words.ts";

/** Why a control centre opens no mission for a transfer that a hospital asks for. */
export const transferDeclines = {
  "no-vehicle": { de: "zurzeit kein Rettungsmittel frei", en: "no ambulance free at present" },
  "emergencies-only": { de: "zurzeit nur Notfälle", en: "emergencies only at present" },
  "no-hospital": { de: "kein Haus nimmt auf", en: "no hospital takes the patient" },
  "other-transport": { de: "anderer Transport ist bestellt", en: "another transport is ordered" },
  "asked-twice": { de: "doppelt angefordert", en: "asked for twice" },
} as const satisfies Choices;
export type TransferDecline = keyof typeof transferDeclines;
