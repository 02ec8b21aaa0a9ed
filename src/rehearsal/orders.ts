import * as v from "valibot";
import { isName } from "../basics/name.ts";
import { type RehearsalOrder, walkSteps } from "../site/views/rehearsal-view.ts";

/** An *open* is said again in turn within this time, and must not run out before: min. */
export const openLivesMinMin = 2;
export const openLivesMinMax = 24 * 60;

const id = v.pipe(v.string(), v.maxLength(80));
const name = v.pipe(v.string(), v.check(isName));

const orderSchema = v.variant("order", [
  v.strictObject({
    order: v.literal("start-over"),
    openLivesMin: v.nullable(
      v.pipe(v.number(), v.integer(), v.minValue(openLivesMinMin), v.maxValue(openLivesMinMax)),
    ),
  }),
  v.strictObject({ order: v.picklist(["kill", "start", "freeze", "thaw"]), process: id }),
  v.strictObject({
    order: v.literal("stand"),
    way: id,
    standing: v.picklist(["both", "from-first", "from-second"]),
  }),
  v.strictObject({ order: v.literal("restore"), way: id }),
  v.strictObject({ order: v.picklist(["leave", "return"]), hospital: name }),
  v.strictObject({ order: v.literal("onward"), step: v.picklist(walkSteps) }),
  v.strictObject({ order: v.literal("walk"), walks: v.boolean() }),
  v.strictObject({ order: v.literal("next") }),
]);

/** Null: the text is none of the orders that a page can give. */
export function parseOrder(text: string): RehearsalOrder | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(orderSchema, value);
  return parsed.success ? parsed.output : null;
}
