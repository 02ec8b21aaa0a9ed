import {
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "../../basics/result.ts";
import type { StoredKeys, StoreResult } from "../../site/store-port.ts";
import { copyWithoutKeys, publish } from "./store-copy.ts";
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
  const before = keysBefore(path);
  if (!before.ok) return before;
  try {
    prepare(file, partOf(path), before.value?.keys ?? null);
    const aside = putInPlace(path);
    const old = aside ?? before.value?.file ?? null;
    const { logs, entries } = counted.value;
    const kept = aside === null ? "" : ` The store that lay there is ${aside} now.`;
    return ok(
      `${entries} entries of ${logs} logs are restored.${kept}${leaveNoKeys(old, before.value?.keys ?? null)} At its ` +
        "next start the process begins a new log for each of its devices and fetches from its peers what is missing.",
    );
  } catch (error) {
    return err(`Nothing was restored, and the store is as it was. ${openErrorOf(error).detail}`);
  } finally {
    removeParts(path);
  }
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

/** Where keys of cases lie that must not be lost, and which; null: that store cannot be opened. */
type KeysBefore = { readonly file: string; readonly keys: StoredKeys | null };

/**
 * Those of the store that lies there, or, where an earlier try was cut off between setting it aside and putting another in its
 * place, of the one set aside last; null: there is neither. Opening takes what side files hold into the file itself, and shows
 * whether anybody uses it.
 */
function keysBefore(path: string): Result<KeysBefore | null, string> {
  const file = existsSync(path) ? path : asidesOf(path).at(-1);
  if (file === undefined) return ok(null);
  const store = openStore(file);
  if (!store.ok && store.error.code === "in-use")
    return err(`The store in ${dirname(path)} is in use: stop its process first.`);
  const keys = store.ok ? store.value.readKeyTable() : store;
  if (store.ok) store.value.close();
  return ok({ file, keys: keys.ok ? keys.value : null });
}

/** The backup as it will lie there, with the keys in it already: what fails here has touched nothing else. */
function prepare(file: string, part: string, keys: StoredKeys | null): void {
  makePrivate(part);
  copyFileSync(file, part);
  if (keys === null) return;
  const store = openStore(part);
  if (!store.ok) throw new Error(store.error.detail);
  overwriteDeleted(store.value.database, true);
  writeKeys(store.value.database, keys);
  store.value.close();
}

/** Returns under which name the store that lay there lies now; null: there was none. */
function putInPlace(path: string): string | null {
  const aside = existsSync(path) ? setAside(path) : null;
  try {
    // First the marker: a store without it is one that was put back, whatever happens next.
    rmSync(join(dirname(path), markerFile), { force: true });
    removeSnapshots(dirname(path));
    publish(partOf(path), path);
    return aside;
  } catch (error) {
    if (aside !== null) putBack(path, aside);
    throw error;
  }
}

/** By a second name for the same file, where the file system has such: then there is no moment without a store. */
function setAside(path: string): string {
  const aside = asideOf(path, 1 + asidesOf(path).length);
  // What belongs to one that cannot be opened must not lie beside another.
  for (const end of sideFiles) if (existsSync(path + end)) renameSync(path + end, aside + end);
  try {
    linkSync(path, aside);
  } catch {
    renameSync(path, aside);
  }
  return aside;
}

function putBack(path: string, aside: string): void {
  // Renaming one name of a file to another of its names does nothing.
  if (existsSync(path)) rmSync(aside);
  else renameSync(aside, path);
  for (const end of sideFiles) if (existsSync(aside + end)) renameSync(aside + end, path + end);
}

const sideFiles = ["-wal", "-shm"] as const;

function asideOf(path: string, n: number): string {
  return `${path}.before-restore-${n}`;
}

/** The oldest first. */
function asidesOf(path: string): readonly string[] {
  const asides: string[] = [];
  for (let n = 1; existsSync(asideOf(path, n)); n += 1) asides.push(asideOf(path, n));
  return asides;
}

/** They lie in the restored store by now: a key is not lost on the way. Returns what there is to say of it. */
function leaveNoKeys(old: string | null, keys: StoredKeys | null): string {
  if (old === null) return "";
  if (keys === null) return " It cannot be read: if it holds keys of cases they are still in it; destroy it.";
  try {
    const store = openStore(old);
    if (!store.ok) throw new Error(store.error.detail);
    dropAllSlots(store.value.database);
    store.value.close();
  } catch (error) {
    return ` Keys of cases may still be in ${old} as well; destroy it. ${openErrorOf(error).detail}`;
  }
  return keys.slots.length === 0
    ? ""
    : " The keys of cases that it held are in the restored store, and only there.";
}

function partOf(path: string): string {
  return `${path}.part`;
}

/** With what opening an older backup leaves beside it: the backup itself is the copy. */
function removeParts(path: string): void {
  const part = basename(partOf(path));
  for (const name of readdirSync(dirname(path)).filter((one) => one.startsWith(part)))
    rmSync(join(dirname(path), name), { recursive: true, force: true });
}

function makePrivate(file: string): void {
  closeSync(openSync(file, "w", 0o600));
}
