import type { AgeGroup } from "./choices.ts";
import type { NeedId } from "./vocabulary.ts";

/** A patient assignment code: what it says of a patient. */
export type Pzc = {
  /** Six digits as they are kept: three of the code, two of the age in years, one of the urgency. */
  readonly text: string;
  readonly code: string;
  /** Null: the region's table does not say; a person chooses. */
  readonly need: NeedId | null;
  readonly ageGroup: AgeGroup;
  /** 1 to 3. */
  readonly urgency: number;
};

export const pzcPattern = /^\d{5}[1-3]$/;

/**
 * Reads what somebody typed, spaces and hyphens left out: `421 68 1`. Null: no such code.
 *
 * @param needs by code: the region's table
 */
export function readPzc(typed: string, needs: { readonly [code: string]: NeedId }): Pzc | null {
  const text = typed.replace(/[\s-]/g, "");
  if (!pzcPattern.test(text)) return null;
  const code = text.slice(0, 3);
  const ageGroup = ageGroupOf(Number(text.slice(3, 5)));
  return { text, code, need: needs[code] ?? null, ageGroup, urgency: Number(text.slice(5)) };
}

/** 00 is under a year. */
function ageGroupOf(years: number): AgeGroup {
  if (years < 1) return "0";
  if (years < 6) return "1-5";
  if (years < 18) return "6-17";
  if (years < 65) return "18-64";
  return years < 80 ? "65-79" : "80+";
}
