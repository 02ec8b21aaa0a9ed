import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "../../basics/result.ts";
import type { StoredKeys, StoreResult } from "../../site/store-port.ts";
import { copyWithoutKeys } from "./store-copy.ts";
import { dropAllSlots, overwriteDeleted, writeKeys } from "./store-keys.ts";
import { markerFile, removeSnapshots } from "./store-marker.ts";
import { openErrorOf, refusalOf } from "./store-schema.ts";
import { openStore } from "./store-sqlite.ts";

/*
 * A backup is the store as it was at one moment, in one file, without keys (a device's own and those of cases), without
 * names of people, and without the marker: whoever starts from it begins new logs.
 */

/**
 * Writes the copy and looks through it before it gets its name; `file` must not be there. Commits wait meanwhile, as for
 * a slow disk: about a second for 100 MB. What was deleted from the store is not in it.
 */
export function copyStore(database: DatabaseSync, file: string): StoreResult<undefined> {
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    if (existsSync(file)) return err({ code: "cannot-open", detail: `${file} is there already.` });
    copyWithoutKeys(database, part);
    const copy = new DatabaseSync(part, { readOnly: true });
    const refusal = refusalOf(copy);
    copy.close();
    if (refusal !== null) return err(refusal);
    publish(part, file);
    return ok(undefined);
  } catch (error) {
    rmSync(part, { force: true });
    return err(openErrorOf(error));
  }
}

/**
 * Puts a backup in the place of the store in `dir`, which nobody may be using; the one that lay there is set aside, but
 * for the keys of cases: they stay with the store in use, and which cases are erased is not forgotten. An error is a
 * sentence, and then everything is as it was. Returns what was restored, as a sentence.
 */
export function restoreStore(file: string, dir: string): Result<string, string> {
  if (!existsSync(file)) return err(`There is no file ${file}.`);
  if (!existsSync(dir)) return err(`There is no folder ${dir}.`);
  const counted = lookThrough(file);
  if (!counted.ok) return counted;
  const path = join(dir, "store.db");
  const before = existsSync(path) ? setAside(path) : ok(nothingAside);
  if (!before.ok) return before;
  const part = `${path}.part`;
  makePrivate(part);
  copyFileSync(file, part);
  // First the marker: a store without it is one that was put back, whatever happens next.
  rmSync(join(dir, markerFile), { force: true });
  removeSnapshots(dir);
  publish(part, path);
  const { file: aside, keys } = before.value;
  const moved = aside === null || keys === null ? ok(undefined) : moveKeys(keys, path, aside);
  if (!moved.ok) return moved;
  const { logs, entries } = counted.value;
  const kept = aside === null ? "" : ` The store that lay there is ${aside} now.${keysWord(keys)}`;
  return ok(
    `${entries} entries of ${logs} logs are restored.${kept} At its next start the process begins a new log for each ` +
      "of its devices and fetches from its peers what is missing.",
  );
}

function lookThrough(file: string): Result<{ readonly logs: number; readonly entries: number }, string> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const refusal = refusalOf(database);
    if (refusal !== null) return err(`${file}: ${refusal.detail}`);
    const row = database.prepare("SELECT count(*) AS logs, coalesce(sum(size), 0) AS entries FROM log").get();
    return ok({ logs: Number(row?.["logs"]), entries: Number(row?.["entries"]) });
  } catch {
    return err(`${file} is no backup of a Holdfast store.`);
  } finally {
    database?.close();
  }
}

/** A store that was set aside, and what of keys it held; null: there was none, or it could not be opened. */
type Aside = { readonly file: string | null; readonly keys: StoredKeys | null };
const nothingAside: Aside = { file: null, keys: null };

function keysWord(keys: StoredKeys | null): string {
  if (keys === null) return " It cannot be read: if it holds keys of cases they are still in it; destroy it.";
  return keys.slots.length === 0
    ? ""
    : " The keys of cases that it held are in the restored store, and only there.";
}

/** Into the restored store first, then out of the one that was set aside: a key is not lost on the way. */
function moveKeys(keys: StoredKeys, path: string, aside: string): Result<undefined, string> {
  const restored = openStore(path);
  if (!restored.ok) return err(restored.error.detail);
  overwriteDeleted(restored.value.database, true);
  writeKeys(restored.value.database, keys);
  restored.value.close();
  const old = openStore(aside);
  if (!old.ok) return err(old.error.detail);
  dropAllSlots(old.value.database);
  old.value.close();
  return ok(undefined);
}

/** Opening takes what its side files hold into the file itself, and shows whether anybody uses it. */
function setAside(path: string): Result<Aside, string> {
  const store = openStore(path);
  if (!store.ok && store.error.code === "in-use")
    return err(`The store in ${dirname(path)} is in use: stop its process first.`);
  const keys = store.ok ? store.value.readKeyTable() : store;
  if (store.ok) store.value.close();
  let aside = "";
  for (let n = 1; aside === "" || existsSync(aside); n += 1) aside = `${path}.before-restore-${n}`;
  // A store that cannot be opened is set aside with all that belongs to it.
  for (const end of ["-wal", "-shm", ""]) if (existsSync(path + end)) renameSync(path + end, aside + end);
  return ok({ file: aside, keys: keys.ok ? keys.value : null });
}

function makePrivate(file: string): void {
  closeSync(openSync(file, "w", 0o600));
}

/** Under its name only when it is on the disk. */
function publish(part: string, file: string): void {
  const descriptor = openSync(part, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(part, file);
  syncFolder(dirname(file));
}

export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
