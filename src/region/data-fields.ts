import * as v from "valibot";
import { isName } from "../basics/name.ts";

/** A official register, B published page, C general knowledge, D derived or estimated here. */
export const certaintySchema = v.picklist(["A", "B", "C", "D"]);

export const text = v.pipe(v.string(), v.minLength(1, "is empty"), v.maxLength(400, "is longer than 400"));
export const id = v.custom<string>(
  (value) => typeof value === "string" && isName(value),
  "is not 1 to 32 of a-z, 0-9, -",
);
export const words = v.strictObject({ de: text, en: text });
export const basis = { certainty: certaintySchema, source: id };
export const position = { latE3: whole(-90_000, 90_000), lonE3: whole(-180_000, 180_000) };

export function whole(min: number, max: number) {
  const message = `is not a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.safeInteger(message),
    v.minValue(min, message),
    v.maxValue(max, message),
  );
}
