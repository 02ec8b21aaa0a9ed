import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { assert } from "../../basics/assert.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import { deviceIdOf, isName, logIdOf, originOf, parseOrigin } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { parseVkey } from "../../log/vkey.ts";
import type { Input, SubmitAnswer } from "../../site/effects.ts";
import { endReplay, newHouse, openStored, replayStored, step } from "../../site/house.ts";
import { batchBytesMax, batchEntriesMax } from "../../site/limits.ts";
import type { House } from "../../site/state.ts";
import { refusalSentence } from "../boards/board-refusals.ts";
import type { Clock } from "../clock.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { openStore, type SqliteStore } from "../store/store-sqlite.ts";
import { type DeviceKeys, readKeys } from "./keys.ts";

/* The house and the store of an authority's folder: it has no network and no haste, so each step is durable when it returns. */

export const authoritySettings = "authority.json";
export const recoveryDevice = "recovery";

const settingsSchema = v.object({
  region: v.pipe(v.string(), v.check(isName)),
  site: v.pipe(v.string(), v.check(isName)),
  device: v.pipe(v.string(), v.check(isName)),
  epoch: v.string(),
  /** Of the region's first authority, with which devices are configured; of a later one it is not its own. */
  vkey: v.string(),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

/** With the folder's own settings and keys. */
export function withStore<T>(
  dir: string,
  clock: Clock,
  use: (house: House, store: SqliteStore) => Result<T, string>,
): Result<T, string> {
  const settings = readSettings(dir);
  if (!settings.ok) return settings;
  const { region, site, device } = settings.value;
  const keys = readKeys(dir, region, site, device);
  return keys.ok ? withHouse(dir, settings.value, keys.value, clock, use) : keys;
}

/** As the device that the settings name, be it the recovery key. */
export function withHouse<T>(
  dir: string,
  settings: Settings,
  keys: DeviceKeys,
  clock: Clock,
  use: (house: House, store: SqliteStore) => Result<T, string>,
): Result<T, string> {
  const store = openStore(join(dir, "store.db"));
  if (!store.ok) return err(store.error.detail);
  try {
    const house = openHouse(dir, settings, keys, store.value, clock);
    return house.ok ? use(house.value, store.value) : house;
  } finally {
    store.value.close();
  }
}

export function sayNow(
  house: House,
  store: SqliteStore,
  clock: Clock,
  kind: string,
  body: JsonObject,
): Result<undefined, string> {
  const [hosted] = house.hosted.keys();
  assert(hosted !== undefined, "the authority's own device is hosted");
  const submission = { hosted, kind, by: "authority", body, token: 1 };
  const fed = feedNow(house, store, clock, { type: "submit", submission });
  if (!fed.ok) return fed;
  const answer = fed.value;
  assert(answer !== null, "a submission is answered when its commit is");
  return answer.ok
    ? ok(undefined)
    : err(`${kind} was refused. ${refusalSentence(answer.error.code, answer.error.detail ?? "").en}`);
}

/** Returns what a writer was answered; null: nobody was. */
export function feedNow(
  house: House,
  store: SqliteStore,
  clock: Clock,
  input: Input,
): Result<SubmitAnswer | null, string> {
  let answer: SubmitAnswer | null = null;
  const pending = [...step(house, input, clock())];
  for (let effect = pending.shift(); effect !== undefined; effect = pending.shift()) {
    if (effect.type === "answer") answer = effect.answer;
    if (effect.type !== "commit") continue;
    const stored = store.commit(effect.commit);
    if (!stored.ok) return err(stored.error.detail);
    pending.push(...step(house, { type: "committed", id: effect.commit.id }, clock()));
  }
  return ok(answer);
}

function readSettings(dir: string): Result<Settings, string> {
  try {
    const parsed = v.safeParse(
      settingsSchema,
      JSON.parse(readFileSync(join(dir, authoritySettings), "utf8")),
    );
    return parsed.success ? ok(parsed.output) : err(`${dir} holds no authority that this version can read.`);
  } catch {
    return err(`${dir} holds no authority.`);
  }
}

function openHouse(
  dir: string,
  settings: Settings,
  keys: DeviceKeys,
  store: SqliteStore,
  clock: Clock,
): Result<House, string> {
  const { region, site, device, epoch } = settings;
  const vkey = parseVkey(nodeCrypto.sha256, settings.vkey);
  const boot = store.nextBoot(deviceIdOf({ site, device }));
  const logs = store.storedLogs();
  if (!vkey.ok || !boot.ok || !logs.ok) return err(`${dir} is damaged.`);
  const house = newHouse({
    ports: { crypto: nodeCrypto, randomBytes },
    region,
    authority: vkey.value,
    hosted: [{ site, device, epoch, ...keys, boot: boot.value, mobile: false }],
    startMonoMs: clock().monoMs,
  });
  openStored(house, { logs: logs.value, receipts: [], forks: [] });
  for (const log of logs.value) replayLog(house, store, log.origin);
  endReplay(house);
  assert(
    house.logs.has(originOf(region, `${deviceIdOf({ site, device })}/${epoch}`)),
    "the charter's log is open",
  );
  return ok(house);
}

function replayLog(house: House, store: SqliteStore, origin: string): void {
  const parts = parseOrigin(origin);
  assert(parts.ok, "a stored log has an origin");
  for (let from = 0; ; ) {
    const slice = store.readSlice(origin, from, { entriesMax: batchEntriesMax, bytesMax: batchBytesMax });
    if (!slice.ok || slice.value.items.length === 0) return;
    for (const [i, bytes] of slice.value.items.entries()) {
      replayStored(house, logIdOf(parts.value), from + i, bytes, slice.value.storedMs[i] ?? 0);
    }
    from += slice.value.items.length;
  }
}
