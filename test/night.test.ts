import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { root } from "./support/files.ts";

type Ended = { readonly out: string; readonly complaints: string; readonly status: number | null };

function night(args: readonly string[], env: { readonly TMPDIR?: string } = {}): Promise<Ended> {
  const cli = [join(root, "src/cli.ts"), "night", ...args];
  const child = spawn(process.execPath, cli, { cwd: root, env: { ...process.env, ...env } });
  let out = "";
  let complaints = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  return new Promise((resolve) => child.once("close", (status) => resolve({ out, complaints, status })));
}

function brokenLimits({ complaints }: Pick<Ended, "complaints">): readonly string[] {
  return complaints.split("\n").filter((line) => line.startsWith("holdfast: "));
}

/** Once it may be whoever else uses the machine who made it late; nothing but a time is forgiven, and that once. */
function isOnlyLate(ended: Ended): boolean {
  const broken = brokenLimits(ended);
  return (
    broken.length > 0 &&
    broken.every((line) => / p99 (from state to board|of receipts) \d+ ms, not /.test(line))
  );
}

test("the night with real processes: killed, found, steered, accepted, nothing lost", {
  timeout: 280_000,
}, async () => {
  // The tests run on machines that others use too, and nobody here knows how much: the wide limits hold for that
  // reason alone. Nothing is loaded on purpose; with a core loaded (`--loaded`) and on a quiet machine it is a command.
  const args = ["--fault", "kill", "--short", "--shared", "--seed", "1", "--json"];
  const first = await night(args);
  if (isOnlyLate(first))
    console.warn(`played once more, since it was late: ${brokenLimits(first).join(" ")}`);
  const { out, complaints, status } = isOnlyLate(first) ? await night(args) : first;
  expect(brokenLimits({ complaints })).toEqual([]);
  expect(status).toBe(0);
  const figures: unknown = JSON.parse(out.trim().split("\n").at(-1) ?? "");
  expect(figures).toMatchObject({
    fault: "kill",
    seeds: [1],
    broken: 0,
    falseSilences: 0,
    unconfirmedShownOpen: 0,
    lostFacts: 0,
  });
  expect(figures).toMatchObject({ converged: true, load: "shared", busyPercent: null });
});

test("a night that breaks off is counted and said, the next one is played, and the object is printed all the same", async () => {
  const nowhere = { TMPDIR: join(root, "no-such-folder") };
  const { out, complaints, status } = await night(["--fault", "cut", "--seeds", "1,2", "--json"], nowhere);
  expect(status).toBe(1);
  expect(complaints).toMatch(/holdfast: cut, seed 1, broke off: .*no-such-folder/);
  expect(complaints).toMatch(/holdfast: cut, seed 2, broke off: /);
  const figures: unknown = JSON.parse(out.trim());
  expect(figures).toMatchObject({ fault: "cut", seeds: [1, 2], broken: 2, silentAfterMs: null });
  expect(figures).toMatchObject({ converged: false, load: "none" });
});
