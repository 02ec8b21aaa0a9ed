import type { Voice } from "./desk-choices.ts";

/** What is known of who spoke. */
export type Spoken = { readonly answeredBy: Voice; readonly readBack: boolean };

/** Whether a spoken word may open what a clinician closed: a physician's or charge nurse's, read back. */
export function mayOpen({ answeredBy, readBack }: Spoken): boolean {
  return readBack && (answeredBy === "physician" || answeredBy === "charge-nurse");
}

const physicianRole = "physician";

/** Whether a word is a physician's: written in that role or, by voice, a physician's that was read back. */
export function isByPhysician(by: string, spoken: Spoken | null): boolean {
  if (spoken !== null) return spoken.readBack && spoken.answeredBy === "physician";
  return by.split("#")[0] === physicianRole;
}
