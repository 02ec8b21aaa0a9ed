import { describe, expect, test } from "vitest";
import { type Modifier, needOfPatient, type Traits } from "./modifiers.ts";

const need = { id: "stroke", required: [["ed"], ["unit", "other"]], preferred: ["ct"] };
const plain: Traits = {
  ageGroup: "18-64",
  urgency: 2,
  ...{ pregnant: false, newborn: false, ventilated: false, infectious: false, heavy: false },
};

function changed(change: Partial<Modifier>, patient: Partial<Traits> = { pregnant: true }) {
  const row: Modifier = { flag: "pregnant", without: [], required: [], preferred: [], ...change };
  return needOfPatient(need, [row], { ...plain, ...patient });
}

describe("[NEED1] what age or a flag changes in a need", () => {
  test("nothing where it is not told, in another need or in another urgency", () => {
    expect(changed({ preferred: ["x"] }, {})).toBe(need);
    expect(changed({ preferred: ["x"], needs: ["sepsis"] })).toBe(need);
    expect(changed({ preferred: ["x"], urgencies: [1, 3] })).toBe(need);
    expect(changed({ preferred: ["x"], needs: ["stroke"], urgencies: [2] }).preferred).toEqual(["ct", "x"]);
  });

  test("what is added stands before the group that the need is about, once", () => {
    expect(changed({ required: [["icu"], ["ed"]] }).required).toEqual([["ed"], ["icu"], ["unit", "other"]]);
  });

  test("what is required by itself is not preferred too, one of several may be", () => {
    expect(changed({ preferred: ["ed", "unit"] }).preferred).toEqual(["ct", "unit"]);
  });

  test("what is not asked for any more leaves its group, an empty group the need; then the new one comes last", () => {
    const part = changed({ without: ["unit", "ct"], required: [["icu"]] });
    expect(part).toMatchObject({ required: [["ed"], ["icu"], ["other"]], preferred: [] });
    expect(changed({ without: ["unit", "other"], required: [["icu"]] }).required).toEqual([["ed"], ["icu"]]);
  });
});
