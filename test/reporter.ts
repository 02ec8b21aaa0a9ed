// The end of a test run: every skipped test by name, every failure that is no test of its own, and as the very last
// line `N passed, N failed`. See docs/decisions/0004-tests-and-their-last-line.md.

import process from "node:process";
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from "vitest/node";

/** Where a skipped test is a failure: what the evidence rests on must have been tried. */
const neverSkippedUnder = "src/log/";

type Tally = {
  passed: number;
  /** One line for each failure, tests and all else (a file that could not be loaded, a broken hook, a stray error). */
  readonly failures: string[];
  /** One line for each skipped test, with its reason. */
  readonly skipped: string[];
};

function nameOf(entity: TestCase | TestSuite): string {
  return `${entity.module.relativeModuleId} > ${entity.fullName}`;
}

function skipReason(test: TestCase): string {
  const result = test.result();
  if (result.state === "skipped" && result.note !== undefined) return result.note;
  return test.options.mode === "todo"
    ? "not written yet"
    : "its condition did not hold; no other reason given";
}

function tallySkipped(tally: Tally, test: TestCase): void {
  tally.skipped.push(`${nameOf(test)} (${skipReason(test)})`);
  if (test.module.relativeModuleId.startsWith(neverSkippedUnder))
    tally.failures.push(`${nameOf(test)} (skipped, which nothing under ${neverSkippedUnder} may be)`);
}

function tallyTest(tally: Tally, test: TestCase, narrowed: boolean): void {
  const { state } = test.result();
  if (state === "passed") tally.passed += 1;
  else if (state === "failed") tally.failures.push(nameOf(test));
  else if (state === "pending") tally.failures.push(`${nameOf(test)} (did not finish)`);
  else if (!narrowed) tallySkipped(tally, test);
}

function tallyModule(tally: Tally, module: TestModule, narrowed: boolean): void {
  for (const test of module.children.allTests()) tallyTest(tally, test, narrowed);
  for (const suite of module.children.allSuites())
    if (suite.errors().length > 0) tally.failures.push(`${nameOf(suite)} (a hook of the group failed)`);
  if (module.errors().length > 0)
    tally.failures.push(`${module.relativeModuleId} (the file could not be run)`);
}

function print(tally: Tally): void {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? "" : `\n${title}\n${lines.map((line) => `  ${line}\n`).join("")}`;
  process.stdout.write(
    `${list("Skipped:", tally.skipped)}${list("Failed:", tally.failures)}\n` +
      `${tally.passed} passed, ${tally.failures.length} failed\n`,
  );
}

export default class LastLineReporter implements Reporter {
  #tally: Tally = { passed: 0, failures: [], skipped: [] };
  #narrowed = false;

  onInit(vitest: Vitest): void {
    // Printed while the process exits, so that neither another reporter nor a late warning comes after it.
    process.once("exit", (code) => {
      const { failures } = this.#tally;
      if (code !== 0 && failures.length === 0) failures.push("the run itself (its own words are above)");
      if (failures.length > 0) process.exitCode = 1;
      print(this.#tally);
    });
    // With `-t` every other test counts as skipped: a developer's narrow run, where the list would only be noise.
    this.#narrowed = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly { message?: string }[]): void {
    const tally: Tally = { passed: 0, failures: [], skipped: [] };
    for (const module of modules) tallyModule(tally, module, this.#narrowed);
    for (const error of strayErrors)
      tally.failures.push(`outside any test: ${error.message ?? "unknown error"}`);
    this.#tally = tally;
  }
}
