import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { openStore } from "../../src/anchor/store-sqlite.ts";
import { seededRandom } from "../../src/basics/random.ts";
import { nordKlinik, sampleCheckpoint, sampleEntry, uniKlinik } from "./store-samples.ts";

const rounds = 20;
const longestRunMs = 150;

/** Lets a child commit, kills it with SIGKILL a while after its first answer, and says the last size it answered. */
async function lastAnswerOfKilled(path: string, runMs: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "store-crash-child.ts"), path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await once(child.stdout, "data");
  setTimeout(() => child.kill("SIGKILL"), runMs);
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  return Number(printed.trimEnd().split("\n").at(-1));
}

/** Asserts that the store is whole; the size of both its logs. */
function checkedSize(path: string): number {
  const store = openStore(path);
  if (!store.ok) throw new Error(store.error.detail);
  const { database } = store.value;
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  const logs = store.value.storedLogs();
  if (!logs.ok) throw new Error(logs.error.detail);
  const size = logs.value[0]?.checkpoint.size ?? 0;
  for (const origin of [uniKlinik, nordKlinik]) {
    const log = logs.value.find((stored) => stored.origin === origin);
    expect(log?.checkpoint).toEqual(sampleCheckpoint(origin, size));
    const entries = store.value.readLeafBytes(origin, 0, size + 1);
    const wanted = Array.from({ length: size }, (_, position) => Buffer.from(sampleEntry(origin, position)));
    expect(entries.ok && entries.value.length).toBe(size);
    expect(entries.ok && Buffer.concat(entries.value).equals(Buffer.concat(wanted))).toBe(true);
  }
  const cosignatures = store.value.newestCosignatures();
  expect(cosignatures).toMatchObject({ value: [{ origin: uniKlinik, size }] });
  store.value.close();
  return size;
}

test("[STORE1] kill -9, twenty times: every answered entry is there, and no commit is there by half", async () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-crash-"));
  const path = join(folder, "store.sqlite");
  const random = seededRandom(20_200_910);
  let before = 0;
  for (let round = 0; round < rounds; round += 1) {
    const answered = await lastAnswerOfKilled(path, random.below(longestRunMs));
    const stored = checkedSize(path);
    expect(answered).toBeGreaterThan(before);
    expect(stored).toBeGreaterThanOrEqual(answered);
    before = stored;
  }
  rmSync(folder, { recursive: true });
}, 120_000);
