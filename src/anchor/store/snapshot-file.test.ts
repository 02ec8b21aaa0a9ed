import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Founded, foundRegion } from "../../../test/support/founded.ts";
import { fastClock, ShellNode, until } from "../../../test/support/shells.ts";
import type { SnapshotCut } from "../../site/snapshot.ts";
import type { House } from "../../site/state.ts";
import { writeSnapshot } from "./snapshot-file.ts";
import { snapshotFile } from "./store-marker.ts";

const version = "as tested";
let founded: Founded;
let node: ShellNode;
let file: string;
/** The snapshot as it was written before the last two facts. */
let kept: string;
/** Everything folded anew. */
let anew: House;

beforeAll(async () => {
  founded = foundRegion({ centre: "control-centre", ukd: "hospital" });
  node = await new ShellNode(founded, "ukd").start();
  await node.takeCharter();
  for (const state of ["open", "full", "limited"]) await node.status("ct", state, `request-${state}`);
  file = join(founded.dir, "ukd", snapshotFile);
  kept = join(founded.dir, "snapshot.kept");
  const written = await writeSnapshot(file, node.house, { version, pauseMs: 0, isWanted: () => true });
  expect(written).toBe(true);
  copyFileSync(file, kept);
  for (const capability of ["burns", "ct"]) await node.status(capability, "cannot");
  await node.stop();
  rmSync(file);
  const opened = await openedAgain();
  expect(opened.notes).toEqual([]);
  anew = opened.house;
});

afterAll(() => rmSync(founded.dir, { recursive: true }));

/** Starts again on the same store; what was noted and what was folded. */
async function openedAgain(
  isOfStore = true,
  first = version,
): Promise<{ notes: readonly string[]; house: House }> {
  node.snapshot = { file, version: first, isOfStore, afterEntries: 1_000_000 };
  node.notes.length = 0;
  await node.start();
  const { house } = node;
  await node.stop();
  return { notes: [...node.notes], house };
}

/** Everything that was folded, however. */
function contents({ fold, addressed, saidAgain }: House) {
  const logs = [...fold.logs].map(([log, { charterRevision: _, ...folded }]) => [log, folded] as const);
  return { ...fold, leftMs: 0, logs: new Map(logs), addressed, saidAgain };
}

function withCut(
  change: (cut: Record<keyof SnapshotCut, unknown>) => void,
  lines = (text: string) => text,
): void {
  const text = readFileSync(kept, "utf8");
  const place = Number(/([0-9]{15}) [0-9a-f]{64}\n$/.exec(text)?.[1]);
  const cut = JSON.parse(text.slice(place, text.lastIndexOf("\n", text.length - 2)));
  change(cut);
  const before = lines(text.slice(0, place));
  const signed = `${before}${JSON.stringify(cut)}\n${String(before.length).padStart(15, "0")}`;
  writeFileSync(file, `${signed} ${createHash("sha256").update(signed).digest("hex")}\n`);
}

describe("[OPEN5] a snapshot of the fold", () => {
  test("[OPEN4] with what was stored since is what everything folded anew is", async () => {
    copyFileSync(kept, file);
    const again = await openedAgain();
    expect(again.notes).toEqual([]);
    expect(contents(again.house)).toEqual(contents(anew));
    expect(again.house.fold.hospitals.get("ukd")?.folded).toBe(5);
    expect(existsSync(file)).toBe(true);
  });

  test.each<[string, () => void, string]>([
    ["a byte that was changed", () => flip(100), "damaged"],
    ["a byte of its cut that was changed", () => flip(readFileSync(kept).length - 120), "damaged"],
    ["a byte of its hash that was changed", () => flip(readFileSync(kept).length - 3), "damaged"],
    ["an end that is missing", () => writeFileSync(file, readFileSync(kept).subarray(0, -1)), "damaged"],
    ["nothing in it", () => writeFileSync(file, ""), "damaged"],
    ["another version", () => withCut((cut) => Object.assign(cut, { version: "older" })), "other-version"],
    ["another region", () => withCut((cut) => Object.assign(cut, { region: "rehearsal-x" })), "other-region"],
    ["another authority", () => withCut((cut) => Object.assign(cut, { authority: "x" })), "other-region"],
    [
      "another device's requests",
      () => withCut((cut) => Object.assign(cut, { hosted: [] })),
      "other-devices",
    ],
    ["another digest", () => withCut((cut) => Object.assign(cut, { digest: "0".repeat(64) })), "other-store"],
    ["a log that is longer than stored", () => withCut((cut) => lengthen(cut)), "other-store"],
    [
      "a log that it does not hold",
      () =>
        withCut(
          () => undefined,
          (text) => text.replace(/^\["log","ukd.*\n/m, ""),
        ),
      "other-store",
    ],
    [
      "a fork that is not known here",
      () => withCut((cut) => Object.assign(cut, { forks: [["x", 1]] })),
      "forked-since",
    ],
    [
      "missions that left at a time to come",
      () => withCut((cut) => Object.assign(cut, { leftMs: fastClock().wallMs + 60_000_000 })),
      "clock-set-back",
    ],
    [
      "a writer whom the charter names otherwise",
      () =>
        withCut(
          () => undefined,
          (text) => text.replace('"hospital",null]]', '"ambulance",null]]'),
        ),
      "charter-changed",
    ],
    [
      "a device that had ended by then",
      () =>
        withCut(
          () => undefined,
          (text) => text.replace('"hospital",null]]', '"hospital",1]]'),
        ),
      "charter-changed",
    ],
  ])("with %s is discarded, and that is said", async (_what, edit, why) => {
    edit();
    const again = await openedAgain();
    expect(again.notes).toEqual([`snapshot-discarded ${why}`]);
    expect(contents(again.house)).toEqual(contents(anew));
    expect(existsSync(file)).toBe(false);
  });

  test("beside a store that was put back is discarded", async () => {
    copyFileSync(kept, file);
    expect((await openedAgain(false)).notes).toEqual(["snapshot-discarded store-put-back"]);
  });

  test("[OPEN6] is left behind once enough was written, while the process runs", async () => {
    rmSync(file, { force: true });
    node.snapshot = { file, version, isOfStore: true, afterEntries: 3 };
    await node.start();
    await until(() => existsSync(file), "what was folded at the start is worth one");
    rmSync(file);
    for (const state of ["open", "full", "limited"]) await node.status("ct", state);
    await until(() => existsSync(file), "so are three facts");
    await node.stop();
    expect(existsSync(`${file}.part`)).toBe(false);
  });
});

function flip(at: number): void {
  const bytes = readFileSync(kept);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function lengthen(cut: Record<keyof SnapshotCut, unknown>): void {
  const [[origin, size] = ["", 0], ...logs] = cut.logs as [string, number][];
  cut.logs = [[origin, size + 1_000], ...logs];
}
