import { expect, test } from "vitest";
import { readPzc } from "./pzc.ts";

const needs = { "421": "stroke" } as const;

test("[NEED2] a PZC is three digits of the code, two of the age, one of the urgency, and kept as text", () => {
  expect(readPzc("421681", needs)).toEqual({
    ...{ text: "421681", code: "421", need: "stroke", ageGroup: "65-79", urgency: 1 },
  });
  expect(readPzc(" 421 68-1", needs)?.text).toBe("421681");
  const ages = ["00", "01", "05", "06", "17", "18", "64", "65", "79", "80", "99"];
  expect(ages.map((age) => readPzc(`421${age}2`, needs)?.ageGroup)).toEqual([
    "0",
    "1-5",
    "1-5",
    "6-17",
    "6-17",
    "18-64",
    "18-64",
    "65-79",
    "65-79",
    "80+",
    "80+",
  ]);
});

test("[NEED2] a code that the table does not name is no need; what is none is refused", () => {
  expect(readPzc("999451", needs)).toMatchObject({ code: "999", need: null, urgency: 1 });
  for (const typed of ["", "42168", "4216811", "421680", "421684", "42x681"])
    expect(readPzc(typed, needs), typed).toBeNull();
});
