import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeSnapshot } from "../src/anchor/store/snapshot-file.ts";
import { snapshotFile } from "../src/anchor/store/store-marker.ts";
import { englishShell } from "../src/boards/shell/texts-en.ts";
import { type Kinds, kindsOf, knownKinds } from "../src/region/facts.ts";
import { hospitalView, regionView } from "../src/region/view.ts";
import { viewContext } from "../src/site/views/region-context.ts";
import { foundRegion } from "./support/founded.ts";
import { fastClock, ShellNode, until } from "./support/shells.ts";

// A house that is older than a kind of fact: its store holds what it cannot use, and its next version uses it.

const founded = foundRegion({ centre: "control-centre", ukd: "hospital" });
const nodes: ShellNode[] = [];
afterAll(async () => {
  for (const node of nodes) await node.stop();
  rmSync(founded.dir, { recursive: true });
});

const olderKinds: Kinds = kindsOf([...knownKinds.values()].filter(({ kind }) => kind !== "hospital.beds/1"));
const runOut = { openRunsOutMs: 28_800_000, voiceRunsOutMs: 3_600_000 };

/** What the centre's boards are made from. */
function shownBy({ house, hosted }: ShellNode) {
  const context = viewContext({ house, hosted, runOut }, fastClock());
  const { cells, beds } = hospitalView(context, "ukd");
  const bars = regionView(context).unusable.map(({ entries }) => englishShell.unusable(entries, "UKD"));
  return {
    cells: cells.map(({ capability, state }) => `${capability} ${state}`).sort(),
    beds: beds.map(({ ward, free }) => `${ward} ${free}`),
    bars,
  };
}

async function restarted(node: ShellNode, kinds: Kinds | null, version: string): Promise<ShellNode> {
  await node.stop();
  node.knows = kinds;
  const file = join(founded.dir, "centre", snapshotFile);
  node.snapshot = { file, version, isOfStore: true, afterEntries: 1_000_000 };
  node.notes.length = 0;
  return node.start();
}

async function leaveSnapshot(node: ShellNode, version: string): Promise<void> {
  const file = join(founded.dir, "centre", snapshotFile);
  expect(await writeSnapshot(file, node.house, { version, pauseMs: 0, isWanted: () => true })).toBe(true);
}

test("[FACT7] [FACT8] an older house keeps, confirms and counts what it cannot use; its next version uses it", async () => {
  const centre = new ShellNode(founded, "centre");
  centre.knows = olderKinds;
  const ukd = new ShellNode(founded, "ukd");
  for (const node of [centre, ukd]) nodes.push(await (await node.start()).takeCharter());
  await ukd.status("burns", "open");
  await ukd.submit("hospital.beds/1", { ward: "general", free: 7, over: [] });
  await ukd.status("ct", "cannot");
  await ukd.dial(centre);
  await until(() => centre.holds(ukd) === 4, "the centre holds the log");
  const isConfirmed = () => ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size === 4;
  await until(isConfirmed, "the centre confirms it");
  const older = {
    cells: ["burns open", "ct cannot"],
    beds: [],
    bars: ["1 entry of UKD cannot be used by this version."],
  };
  expect(shownBy(centre)).toEqual(older);
  await leaveSnapshot(centre, "older");
  // From its own snapshot it is the same again.
  expect(shownBy(await restarted(centre, olderKinds, "older"))).toEqual(older);
  expect(centre.notes).toEqual([]);
  // The newer version finds the snapshot of the older fold, takes nothing from it, and folds the store anew.
  const newer = { cells: older.cells, beds: ["general 7"], bars: [] };
  expect(shownBy(await restarted(centre, null, "newer"))).toEqual(newer);
  expect(centre.notes).toEqual(["snapshot-discarded other-version"]);
  await leaveSnapshot(centre, "newer");
  expect(shownBy(await restarted(centre, null, "newer"))).toEqual(newer);
  expect(centre.notes).toEqual([]);
});
