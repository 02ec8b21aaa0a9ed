import * as v from "valibot";
import { ageGroups } from "./choices.ts";
import { basis, id, whole, words } from "./data-fields.ts";
import { capabilityIds, needIds } from "./vocabulary.ts";

const capabilityId = v.picklist(capabilityIds);
/** Of every group any one; all groups are required. */
const groups = v.array(v.pipe(v.array(capabilityId), v.minLength(1, "is an empty group")));

export const needId = v.picklist(needIds);
export const needSchema = v.strictObject({
  id: needId,
  required: groups,
  preferred: v.array(capabilityId),
  /** From the call to the hospital; colours a line, excludes nothing. */
  goalMin: v.exactOptional(v.strictObject({ value: whole(1, 1_440), ...basis })),
  ...basis,
});

const code = v.pipe(v.string(), v.regex(/^\d{3}$/, "is not a code of three digits"));

/** Which need a patient assignment code (PZC) means; tables differ from state to state. */
export const pzcSchema = v.strictObject({
  table: words,
  ...basis,
  rows: v.array(v.strictObject({ need: needId, codes: v.array(code) })),
});

/** What is said of a patient besides age, and may change what they need. */
export const modifierFlags = ["pregnant", "newborn", "ventilated", "infectious", "heavy"] as const;

/** What somebody's age, or something that is said of them, changes in what they need. */
export const modifierSchema = v.pipe(
  v.strictObject({
    id,
    flag: v.exactOptional(v.picklist(modifierFlags)),
    ageGroups: v.exactOptional(v.array(v.picklist(Object.keys(ageGroups) as (keyof typeof ageGroups)[]))),
    /** Left out: with every need, in every urgency. */
    needs: v.exactOptional(v.array(needId)),
    urgencies: v.exactOptional(v.array(whole(1, 3))),
    /** Capabilities that are asked for no more: of a group what is left, a group without any not at all. */
    without: v.array(capabilityId),
    required: groups,
    preferred: v.array(capabilityId),
    ...basis,
  }),
  v.check(
    (row) => (row.flag === undefined) !== (row.ageGroups === undefined),
    "has to name a flag or age groups, one of the two",
  ),
);
