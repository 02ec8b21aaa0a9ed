import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { root } from "./support/files.ts";

type Ended = { readonly out: string; readonly complaints: string };

function night(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, "src/cli.ts"), "night", ...args], { cwd: root });
  let out = "";
  let complaints = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  return new Promise((resolve) => child.once("close", () => resolve({ out, complaints })));
}

// The two latencies are figures of a quiet machine and belong to the command, whose exit code judges them too
// (docs/night.md): a test that also times would fail with the weather of the machine.
const isOfLatency = (sentence: string): boolean => sentence.includes("p99");

test("the night with real processes: killed, found, steered, accepted, nothing lost", {
  timeout: 280_000,
}, async () => {
  const { out, complaints } = await night(["--fault", "kill", "--short", "--seed", "1", "--json"]);
  const unmet = complaints.split("\n").filter((line) => line.startsWith("holdfast: ") && !isOfLatency(line));
  expect(unmet).toEqual([]);
  const figures: unknown = JSON.parse(out.trim().split("\n").at(-1) ?? "");
  expect(figures).toMatchObject({ fault: "kill", falseSilences: 0, unconfirmedShownOpen: 0, lostFacts: 0 });
  expect(figures).toMatchObject({ converged: true });
});
