import type { Need } from "./state.ts";

/** Who the patient is, as far as that may change what is needed. */
export type Traits = {
  readonly ageGroup: string;
  /** 1 to 3. */
  readonly urgency: number;
  readonly pregnant: boolean;
  /** Mother and newborn together. */
  readonly newborn: boolean;
  readonly ventilated: boolean;
  readonly infectious: boolean;
  readonly heavy: boolean;
};

/** A row of the region's `modifiers.json`: what one trait changes. */
export type Modifier<Id extends string = string> = {
  readonly flag?: "pregnant" | "newborn" | "ventilated" | "infectious" | "heavy";
  readonly ageGroups?: readonly string[];
  /** With these needs alone, in these urgencies alone; left out: in all. */
  readonly needs?: readonly string[];
  readonly urgencies?: readonly number[];
  readonly without: readonly Id[];
  readonly required: readonly (readonly Id[])[];
  readonly preferred: readonly Id[];
};

/**
 * The need of this very patient. What is added stands before the last group: that one says what the need is about, and
 * lines name it. Where a modifier takes that group away, its own takes that place. What is required by itself is not
 * preferred too: its doubt would count twice. The need itself where nothing changes.
 */
export function needOfPatient<Id extends string>(
  need: Need<Id>,
  modifiers: readonly Modifier<Id>[],
  patient: Traits,
): Need<Id> {
  const rows = modifiers.filter((row) => applies(row, need.id, patient));
  return rows.length === 0 ? need : rows.reduce(withModifier, need);
}

function applies({ flag, ageGroups, needs, urgencies }: Modifier, need: string, patient: Traits): boolean {
  const isTold = flag === undefined ? ageGroups?.includes(patient.ageGroup) === true : patient[flag];
  return isTold && needs?.includes(need) !== false && urgencies?.includes(patient.urgency) !== false;
}

function withModifier<Id extends string>(
  need: Need<Id>,
  { without, required, preferred }: Modifier<Id>,
): Need<Id> {
  const isKept = (capability: Id) => !without.includes(capability);
  const groups = need.required.map((group) => group.filter(isKept)).filter((group) => group.length > 0);
  const last = need.required.at(-1)?.some(isKept) === true ? groups.slice(-1) : [];
  const before = groups.slice(0, groups.length - last.length);
  const added = required.filter((group) => !groups.some((known) => known.join() === group.join()));
  const asked = [...before, ...added, ...last];
  const worth = preferred.filter((capability) => !asked.some((group) => group.join() === capability));
  return {
    ...need,
    required: asked,
    preferred: [...new Set([...need.preferred.filter(isKept), ...worth])],
  };
}
