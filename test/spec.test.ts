import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ownFiles, root } from "./support/files.ts";
import { titlesIn } from "./support/titles.ts";

const rule = /\[([A-Z]+[1-9][0-9]*)\]/g;
const definition = /\*\*([A-Z]+[1-9][0-9]*)\*\*/g;

function numbersIn(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, number = ""]) => number));
}

const defined = numbersIn(readFileSync(join(root, "SPEC.md"), "utf8"), definition);
const tests = ownFiles()
  .filter((file) => /\.test\.tsx?$|^test\/.*\.ts$/.test(file) && file !== "test/spec.test.ts")
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
const tested = numbersIn(tests.flatMap(({ file, text }) => titlesIn(file, text)).join("\n"), rule);
const mentioned = numbersIn(tests.map(({ text }) => text).join("\n"), rule);

describe("the specification and its tests", () => {
  test("every rule is shown by a test that carries its number in its title", () => {
    expect([...defined].filter((number) => !tested.has(number))).toEqual([]);
  });

  test("every number in a test, its comments too, is a rule of the specification", () => {
    expect([...mentioned].filter((number) => !defined.has(number))).toEqual([]);
  });

  test("the numbers are found", () => {
    expect(numbersIn("**LOG4** Leaf hash", definition)).toEqual(new Set(["LOG4"]));
    expect(numbersIn("test('[LOG4] [TREE1] roots')", rule)).toEqual(new Set(["LOG4", "TREE1"]));
    expect(defined.size).toBeGreaterThan(80);
  });

  test.each([
    ["a title", `test("[LOG1] x", () => {});`, ["LOG1"]],
    [
      "titles of every form",
      `describe.skipIf(absent)("[A1]", () => { it.each(rows)("[A2] %s", f); });`,
      ["A1", "A2"],
    ],
    ["a template", `test(\`[A1] of \${sum} [A2]\`, f);`, ["A1", "A2"]],
    [
      "the rows of a table",
      `test.each([["[A1] x", "[A2]"], ["[A3] y", 1]] as const)("%s", f);`,
      ["A1", "A3"],
    ],
    ["no row that the title does not show", `test.each([["[A1] x"]])("each", f);`, []],
    ["a property", `const rules = [{ name: \`[A1] \${x}\` }]; test(rules[0].name, f);`, ["A1"]],
    [
      "no property that is no title",
      `const rules = [{ name: "[A1]", why: "[A2]" }]; test(rules[0].why, f);`,
      ["A2"],
    ],
    ["no comment", `test("x", () => {}); // [A1]`, []],
    ["no text of a body", `test("x", () => { expect("[A1]").toBe("[A1]"); });`, []],
    ["no call of anything else", `expect("[A1]"); rule.test("[A1]"); contest("[A1]");`, []],
    [
      "no test that never runs",
      `test.skip("[A1]", f); test.todo("[A2]"); describe.skip.each(rows)("[A3]", f);`,
      [],
    ],
  ])("numbers count in titles: %s", (_, text, numbers) => {
    expect([...numbersIn(titlesIn("a.test.ts", text).join("\n"), rule)]).toEqual(numbers);
  });
});
