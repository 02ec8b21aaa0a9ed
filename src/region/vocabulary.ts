import type { Words } from "./words.ts";

/**
 * What a hospital has in principle, never what it can take now; named as inside a sentence of advice. CT and cath lab
 * mean day and night, psychiatry is for adults, heavy load is CT and bed, surgery is general or trauma surgery, a trauma level includes those
 * below it. The order is final: a capability's position is its bit in a mask, so a new one is added at the end (31 at
 * most).
 */
export const capabilities = {
  "emergency-department": { de: "Notaufnahme", en: "emergency department" },
  resuscitation: { de: "Schockraum", en: "resuscitation room" },
  ct: { de: "CT", en: "CT" },
  "stroke-unit": { de: "Stroke Unit", en: "stroke unit" },
  "cath-lab": { de: "Herzkatheter", en: "cath lab" },
  "trauma-local": { de: "lokales Traumazentrum", en: "local trauma centre" },
  "trauma-regional": { de: "regionales Traumazentrum", en: "regional trauma centre" },
  "trauma-supraregional": { de: "überregionales Traumazentrum", en: "supraregional trauma centre" },
  "cardiac-surgery": { de: "Herzchirurgie", en: "cardiac surgery" },
  "vascular-surgery": { de: "Gefäßchirurgie", en: "vascular surgery" },
  neurosurgery: { de: "Neurochirurgie", en: "neurosurgery" },
  surgery: { de: "Chirurgie", en: "surgery" },
  "internal-medicine": { de: "Innere Medizin", en: "internal medicine" },
  paediatrics: { de: "Kinderheilkunde", en: "paediatrics" },
  obstetrics: { de: "Geburtshilfe", en: "obstetrics" },
  "perinatal-level-1": { de: "Perinatalzentrum Level 1", en: "perinatal centre, level 1" },
  "intensive-care": { de: "Intensivstation", en: "intensive care" },
  burns: { de: "Brandverletztenzentrum", en: "burn centre" },
  psychiatry: { de: "Psychiatrie", en: "psychiatry" },
  isolation: { de: "Isolierplatz", en: "isolation place" },
  "heavy-load": { de: "Schwerlast über 200 Kilo", en: "CT and bed over 200 kilos" },
} as const satisfies { readonly [id: string]: Words };

export type CapabilityId = keyof typeof capabilities;

// The object is a literal: its keys are exactly these, in its order.
export const capabilityIds = Object.keys(capabilities) as readonly CapabilityId[];

/** What a patient requires, as a call is classified. What each one asks of a hospital stands in `needs.json`. */
export const needs = {
  "aortic-emergency": { de: "Aortennotfall", en: "aortic emergency" },
  stroke: { de: "Schlaganfall", en: "stroke" },
  stemi: { de: "Herzinfarkt (STEMI)", en: "heart attack (STEMI)" },
  "cardiac-arrest": { de: "Herzstillstand", en: "cardiac arrest" },
  polytrauma: { de: "Polytrauma", en: "multiple trauma" },
  "severe-head-injury": { de: "schweres Schädel-Hirn-Trauma", en: "severe head injury" },
  sepsis: { de: "Sepsis", en: "sepsis" },
  respiratory: { de: "Atemnot", en: "breathing difficulty" },
  abdominal: { de: "Bauchschmerz", en: "abdominal pain" },
  "gi-bleeding": { de: "Magen-Darm-Blutung", en: "gastrointestinal bleeding" },
  "chest-pain": { de: "Brustschmerz", en: "chest pain" },
  "minor-trauma": { de: "leichte Verletzung", en: "minor injury" },
  "hip-fracture": { de: "Hüftbruch", en: "hip fracture" },
  "neuro-other": { de: "Krampfanfall, Ohnmacht", en: "seizure, fainting" },
  poisoning: { de: "Vergiftung, Rausch", en: "poisoning, intoxication" },
  psychiatric: { de: "Psyche", en: "psychiatric" },
  paediatric: { de: "Kind", en: "child" },
  obstetric: { de: "Geburt, Schwangerschaft", en: "birth, pregnancy" },
  burns: { de: "schwere Verbrennung", en: "severe burn" },
  "general-medical": { de: "internistisch, sonstiges", en: "medical, other" },
  "general-surgical": { de: "chirurgisch, sonstiges", en: "surgical, other" },
} as const satisfies { readonly [id: string]: Words };

export type NeedId = keyof typeof needs;

export const needIds = Object.keys(needs) as readonly NeedId[];
