import type { CapabilityId } from "./vocabulary.ts";

/** What of a hospital stands still when its IT does, as far as emergency care needs it. */
export type Reliance = "images" | "laboratory" | "blood" | "theatre";

const surgical = ["images", "laboratory", "blood", "theatre"] as const;

/**
 * What each capability relies on. Certainty C: general knowledge of how emergency care works, from no source; each
 * hospital corrects it by what it says of the capability after an *IT failure*. That a CT which carries much stands still, its
 * CT says.
 */
export const reliances: { readonly [capability in CapabilityId]: readonly Reliance[] } = {
  "emergency-department": ["images", "laboratory"],
  resuscitation: ["images", "laboratory", "blood"],
  ct: ["images"],
  "stroke-unit": ["images", "laboratory"],
  "cath-lab": ["images", "laboratory"],
  "trauma-local": surgical,
  "trauma-regional": surgical,
  "trauma-supraregional": surgical,
  "cardiac-surgery": surgical,
  "vascular-surgery": surgical,
  neurosurgery: surgical,
  surgery: surgical,
  "internal-medicine": ["images", "laboratory"],
  paediatrics: ["laboratory"],
  obstetrics: ["laboratory", "blood", "theatre"],
  "perinatal-level-1": ["laboratory", "blood", "theatre"],
  "intensive-care": ["laboratory", "blood"],
  burns: ["laboratory", "blood", "theatre"],
  psychiatry: [],
  isolation: [],
  "heavy-load": [],
};

/** Whether an *IT failure* sets it to *limited, being checked*. */
export function concernedByItFailure(capability: CapabilityId): boolean {
  return reliances[capability].length > 0;
}
