import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { openStore } from "../../src/anchor/store/store-sqlite.ts";
import { assert } from "../../src/basics/assert.ts";
import { equalBytes } from "../../src/basics/bytes.ts";
import { seededRandom } from "../../src/basics/random.ts";
import { nordKlinik, sampleCheckpoint, sampleEntry, uniKlinik } from "./store-samples.ts";

const longestRunMs = 150;

/**
 * So many times: a process writes as fast as it can and is killed in the middle of it. Throws when an answered entry is
 * not there, or half a commit is. Returns how many entries each of two logs has in the end.
 */
export async function killWriter(rounds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-crash-"));
  const path = join(folder, "store.sqlite");
  const random = seededRandom(20_200_910);
  let before = 0;
  for (let round = 0; round < rounds; round += 1) {
    const answered = await lastAnswerOfKilled(path, random.below(longestRunMs));
    const stored = checkedSize(path);
    assert(answered > before, `round ${round}: something was answered`);
    assert(stored >= answered, `round ${round}: ${answered} entries were answered, ${stored} are there`);
    before = stored;
  }
  rmSync(folder, { recursive: true });
  return before;
}

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
  assert(signal === "SIGKILL", "it ran until it was killed");
  return Number(printed.trimEnd().split("\n").at(-1));
}

/** Asserts that the store is whole; the size of both its logs. */
function checkedSize(path: string): number {
  const store = openStore(path);
  if (!store.ok) throw new Error(store.error.detail);
  const { database } = store.value;
  const [found] = database.prepare("PRAGMA integrity_check").all();
  assert(found?.["integrity_check"] === "ok", `the store is whole: ${JSON.stringify(found)}`);
  const logs = store.value.storedLogs();
  if (!logs.ok) throw new Error(logs.error.detail);
  const size = logs.value[0]?.checkpoint.size ?? 0;
  for (const origin of [uniKlinik, nordKlinik]) {
    const log = logs.value.find((stored) => stored.origin === origin);
    const root = sampleCheckpoint(origin, size).root;
    assert(log !== undefined && equalBytes(log.checkpoint.root, root), `the checkpoint of ${origin}`);
    const entries = store.value.readLeafBytes(origin, 0, size + 1);
    const wanted = Array.from({ length: size }, (_, position) => Buffer.from(sampleEntry(origin, position)));
    const isWhole = entries.ok && Buffer.concat(entries.value).equals(Buffer.concat(wanted));
    assert(isWhole, `the ${size} entries of ${origin}`);
  }
  const newest = store.value.newestCosignatures();
  assert(newest.ok && newest.value[0]?.size === size, "the receipt of the last commit");
  store.value.close();
  return size;
}
