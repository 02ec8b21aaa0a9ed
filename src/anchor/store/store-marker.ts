import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Name } from "../../basics/name.ts";
import { err, ok } from "../../basics/result.ts";
import type { StoreResult } from "../../site/store-port.ts";
import type { StoreThread } from "./store.ts";
import { openErrorOf } from "./store-schema.ts";

/*
 * The marker: one random word in the store and in a file beside it, a new one at each start. A store that was put back
 * from a copy, or carried to another machine, has another word than the file, or there is no file: its devices begin
 * new logs, since others may hold more of the old ones.
 */

export const markerFile = "store.marker";
const markerKey = "marker";
/** The snapshot of the fold, beside the store and only for that one (snapshot-file.ts). */
export const snapshotFile = "fold.snapshot";

/** The same of another region's fold. */
export function neighbourSnapshotFile(region: Name): string {
  return `${region}.${snapshotFile}`;
}

/** Those of every region: for a folder whose store is another one from now on. */
export function removeSnapshots(dir: string): void {
  for (const name of readdirSync(dir).filter((one) => one.endsWith(snapshotFile))) rmSync(join(dir, name));
}

/** Whether the store in this folder is the one that was used here last. */
export async function isMarked(dir: string, store: StoreThread): Promise<StoreResult<boolean>> {
  const stored = await store.readMeta(markerKey);
  if (!stored.ok) return stored;
  const word = wordIn(join(dir, markerFile));
  // Two words stand there while the file is being written.
  return ok(word !== null && (stored.value ?? "").split(" ").includes(word));
}

/** Marks store and folder anew; to be called when it is durable which logs the devices write from now on. */
export async function mark(dir: string, store: StoreThread): Promise<StoreResult<undefined>> {
  const file = join(dir, markerFile);
  const word = randomBytes(16).toString("hex");
  const before = wordIn(file);
  const stored = await store.readMeta(markerKey);
  if (!stored.ok) return stored;
  const wasMarked = before !== null && (stored.value ?? "").split(" ").includes(before);
  const announced = await store.writeMeta(markerKey, wasMarked ? `${before} ${word}` : word);
  if (!announced.ok) return announced;
  try {
    writeDurably(file, word);
  } catch (error) {
    return err(openErrorOf(error));
  }
  return store.writeMeta(markerKey, word);
}

function wordIn(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}

function writeDurably(file: string, word: string): void {
  const part = `${file}.part`;
  const descriptor = openSync(part, "w", 0o600);
  writeSync(descriptor, `${word}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(part, file);
  const folder = openSync(dirname(file), "r");
  fsyncSync(folder);
  closeSync(folder);
}
