import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { root } from "./support/files.ts";

const program = join(root, "src", "cli.ts");

function holdfast(...args: readonly string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: "utf8", timeout: 55_000 });
}

describe("a mistake in a command line", () => {
  test.each([
    ["an option that night does not have", ["night", "--fualt", "kill"], "'--fualt'", "night --json"],
    ["an option without its value", ["night", "--seed"], "'--seed", "night --json"],
    ["a word where night has no place for one", ["night", "kill"], "'kill'", "night --json"],
    ["an option that anchor does not have", ["anchor", "--foo"], "'--foo'", "anchor DIR"],
    [
      "an option that device does not have",
      ["device", "init", "x", "--foo"],
      "'--foo'",
      "device init|recipient DIR",
    ],
    ["an option that start does not have", ["start", "--prot", "1"], "'--prot'", "start"],
    ["a port that is no number", ["start", "--port", "abc"], "up to 65535", "start"],
    ["a port after which there are too few", ["start", "--port", "65530"], "up to 65535", "start"],
    ["a port that is too high", ["start", "--port", "70000"], "up to 65535", "start"],
  ])("%s: a sentence, the usage of the command, exit code 2", (_, args, about, usage) => {
    const { status, stdout, stderr } = holdfast(...args);
    const [sentence = "", usageLine = "", ...more] = stderr.trimEnd().split("\n");
    expect(sentence).toMatch(/^holdfast: /);
    expect(sentence).toContain(about);
    expect(usageLine).toContain(`usage: holdfast ${usage}`);
    expect(more).toEqual([]);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  test("a command that there is not: every usage, exit code 2", () => {
    const { status, stderr } = holdfast("nihgt");
    expect(stderr).toMatch(/^usage: holdfast COMMAND\n {2}start /);
    expect(status).toBe(2);
  });
});
