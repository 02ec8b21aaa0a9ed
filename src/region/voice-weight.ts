import type { Voice } from "./desk-choices.ts";

/** What is known of who spoke. */
export type Spoken = { readonly answeredBy: Voice; readonly readBack: boolean };

/** Whether a spoken word may open what a clinician closed: a physician's or charge nurse's, read back. */
export function mayOpen({ answeredBy, readBack }: Spoken): boolean {
  return readBack && (answeredBy === "physician" || answeredBy === "charge-nurse");
}
