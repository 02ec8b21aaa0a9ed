import { isFactRefusalCode, refusalText } from "../../region/refusals.ts";
import type { Words } from "../../region/words.ts";

/** Refusals of the anchor itself; those of the fact border have their sentences beside it. */
const sentences: Readonly<Record<string, Words>> = {
  "cannot-record": {
    de: "Dieser Anker kann gerade nichts aufzeichnen. Nichts wurde geschrieben.",
    en: "This anchor cannot record anything now. Nothing was written.",
  },
  "too-many-waiting": {
    de: "Es wartet schon zu viel auf die Platte. Nichts wurde geschrieben; bitte gleich noch einmal.",
    en: "Too much is waiting for the disk. Nothing was written; please try again in a moment.",
  },
  "already-answered": {
    de: "Auf diese Anfrage wurde schon geantwortet. Wer es anders meint, nimmt die Antwort erst zurück. Nichts wurde geschrieben.",
    en: "This request has been answered already. To say otherwise, take that answer back first. Nothing was written.",
  },
  "mission-over": {
    de: "Dieser Einsatz ist beendet, auf die Antwort wartet niemand mehr. Nichts wurde geschrieben.",
    en: "This mission has ended, nobody waits for the answer any more. Nothing was written.",
  },
  "request-taken-back": {
    de: "Die Leitstelle hat diese Anfrage zurückgenommen, auf die Antwort wartet niemand mehr. Nichts wurde geschrieben.",
    en: "The control centre took this request back, nobody waits for the answer any more. Nothing was written.",
  },
  "driven-elsewhere": {
    de: "Der Patient fährt inzwischen zu einem anderen Haus, auf die Antwort wartet niemand mehr. Nichts wurde geschrieben.",
    en: "The patient is being driven to another hospital by now, nobody waits for the answer any more. Nothing was written.",
  },
  "chosen-meanwhile": {
    de: "Inzwischen hat ein anderer Platz dieser Leitstelle für diesen Einsatz entschieden. Bitte die Zeile noch einmal ansehen. Nichts wurde geschrieben.",
    en: "Another desk of this centre has decided on this mission meanwhile. Please look at its row again. Nothing was written.",
  },
  "physician-needed": {
    de: "Bei einer Verlegung sagt eine Ärztin oder ein Arzt zu, am Telefon mit Zurücklesen. Nichts wurde geschrieben.",
    en: "A transfer is agreed by a physician, by voice with read-back. Nothing was written.",
  },
  "not-agreed": {
    de: "Verlegt wird erst dorthin, wenn je eine Ärztin oder ein Arzt beider Häuser zugesagt hat. Nichts wurde geschrieben.",
    en: "A transfer goes there only once a physician of each of the two hospitals has agreed. Nothing was written.",
  },
  "transfer-not-forced": {
    de: "Eine Verlegung wird niemandem zugewiesen: sie braucht die Zusage beider Häuser. Nichts wurde geschrieben.",
    en: "A transfer is assigned to nobody: both hospitals have to agree. Nothing was written.",
  },
  "sends-the-patient": {
    de: "Dieses Haus gibt den Patienten ab. Es kann nicht das Ziel sein. Nichts wurde geschrieben.",
    en: "This hospital sends the patient. It cannot be the destination. Nothing was written.",
  },
  "no-transfer": {
    de: "Dieser Einsatz ist keine Verlegung aus diesem Haus. Nichts wurde geschrieben.",
    en: "This mission is no transfer from this hospital. Nothing was written.",
  },
  "transfer-elsewhere": {
    de: "Eine Verlegung beginnt an dem Haus, das den Patienten abgibt. Nichts wurde geschrieben.",
    en: "A transfer begins at the hospital that sends the patient. Nothing was written.",
  },
  "transfer-opened": {
    de: "Zu dieser Anforderung läuft schon ein Einsatz. Nichts wurde geschrieben.",
    en: "A mission is under way for this request already. Nothing was written.",
  },
  "transfer-taken-back": {
    de: "Das Krankenhaus hat diese Anforderung zurückgenommen. Nichts wurde geschrieben.",
    en: "The hospital has taken this request back. Nothing was written.",
  },
  "name-needed": {
    de: "Eine Zwangsbelegung wählt jemand, der hier namentlich im Dienst ist. Bitte Schicht beginnen. Nichts wurde geschrieben.",
    en: "A forced assignment is chosen by somebody who is on shift here by name. Please begin a shift. Nothing was written.",
  },
  "bad-by": {
    de: "Wer das schreibt, ist keine Rolle dieses Standorts mit Nummer. Bitte neu anmelden. Nichts wurde geschrieben.",
    en: "Who writes this is no role of this site with a number. Please begin your shift again. Nothing was written.",
  },
  "bad-role": {
    de: "Diese Rolle gibt es an diesem Standort nicht.",
    en: "This site has no such role.",
  },
  "bad-name": {
    de: "Der Name muss 1 bis 60 Zeichen haben.",
    en: "The name must have 1 to 60 characters.",
  },
  "no-such-case": {
    de: "Diesen Fall kennt dieser Anker nicht.",
    en: "This anchor does not know this case.",
  },
  "no-key": {
    de: "Dieses Gerät hat keinen Schlüssel für diesen Fall. Er kommt von den anderen, sobald eine Verbindung besteht.",
    en: "This device has no key for this case. It comes from the others as soon as there is a connection.",
  },
  "no-recipient": {
    de: "Die Charta nennt für dieses Gerät keinen Empfänger für Schlüssel. Bitte neu aufnehmen lassen.",
    en: "The charter names no recipient of keys for this device. Have it enrolled anew.",
  },
  "body-too-long": {
    de: "Das ist zu lang: höchstens 32 KiB. Nichts wurde geschrieben.",
    en: "This is too long: at most 32 KiB. Nothing was written.",
  },
  "body-not-canonical": {
    de: "Das kann nicht versiegelt werden: nur Texte, ganze Zahlen, ja und nein. Nichts wurde geschrieben.",
    en: "This cannot be sealed: only texts, whole numbers, true and false. Nothing was written.",
  },
  "unknown-number": {
    de: "Zu dieser Nummer ist kein Name gespeichert.",
    en: "No name is kept for this number.",
  },
  "unknown-shift": {
    de: "Unter dieser Nummer ist niemand im Dienst.",
    en: "Nobody is on shift under this number.",
  },
  "bad-question": {
    de: "Diese Frage braucht einen Bedarf und einen Ort in ganzen Tausendstel Grad, oder einen Einsatz.",
    en: "This question needs a need and a place in whole thousandths of a degree, or a mission.",
  },
  "place-outside-region": {
    de: "Dieser Ort liegt außerhalb der Region. Sind Breite und Länge vertauscht? Nichts wurde geschrieben.",
    en: "This place is outside the region. Are latitude and longitude swapped? Nothing was written.",
  },
  "bad-post": {
    de: "Diese Eingabe ist unvollständig. Nichts wurde geschrieben.",
    en: "This input is incomplete. Nothing was written.",
  },
};

const unknown: Words = {
  de: "Diese Eingabe wurde nicht angenommen. Nichts wurde geschrieben.",
  en: "This input was not accepted. Nothing was written.",
};

export function refusalSentence(code: string, detail: string): Words {
  if (isFactRefusalCode(code)) return refusalText({ code, detail });
  return sentences[code] ?? unknown;
}
