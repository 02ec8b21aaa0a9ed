import type { Choices } from "./words.ts";

// Apart from desk-choices.ts: a hospital's board reads it too, with nothing else of what a centre chooses from.

/** Why a person at a control centre assigns a patient to a hospital by force. */
export const assignReasons = {
  "no-time": { de: "keine Zeit für Weg oder Suche", en: "no time to drive or search farther" },
  "only-one": { de: "kein anderes Haus hat diese Versorgung", en: "no other hospital has this capability" },
  "its-turn": { de: "nach der Reihe", en: "its turn" },
  "least-bad": { de: "am wenigsten belastet", en: "least burdened of all" },
  "agreed-by-voice": { de: "mündlich abgesprochen", en: "agreed by voice" },
  ordered: { de: "Anordnung der Einsatzleitung", en: "ordered by incident command" },
} as const satisfies Choices;
export type AssignReason = keyof typeof assignReasons;
