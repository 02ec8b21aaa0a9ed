import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ownFiles, root } from "./support/files.ts";

const rule = /\[([A-Z]+[1-9][0-9]*)\]/g;
const definition = /\*\*([A-Z]+[1-9][0-9]*)\*\*/g;

function numbersIn(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, number = ""]) => number));
}

const defined = numbersIn(readFileSync(join(root, "SPEC.md"), "utf8"), definition);
const tested = numbersIn(
  ownFiles()
    .filter((file) => /\.test\.tsx?$|^test\/.*\.ts$/.test(file) && file !== "test/spec.test.ts")
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n"),
  rule,
);

describe("the specification and its tests", () => {
  test("every rule is shown by a test that carries its number", () => {
    expect([...defined].filter((number) => !tested.has(number))).toEqual([]);
  });

  test("every number in a test is a rule of the specification", () => {
    expect([...tested].filter((number) => !defined.has(number))).toEqual([]);
  });

  test("the numbers are found", () => {
    expect(numbersIn("**LOG4** Leaf hash", definition)).toEqual(new Set(["LOG4"]));
    expect(numbersIn("test('[LOG4] [TREE1] roots')", rule)).toEqual(new Set(["LOG4", "TREE1"]));
    expect(defined.size).toBeGreaterThan(80);
  });
});
