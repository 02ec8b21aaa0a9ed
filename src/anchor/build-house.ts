import { randomBytes } from "node:crypto";
import { deviceIdOf, parseOrigin } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { newestOf, nextEpoch } from "../log/epoch.ts";
import { parseVkey } from "../log/vkey.ts";
import type { StoredLog } from "../site/effects.ts";
import type { HostedConfig } from "../site/hosted.ts";
import { newHouse } from "../site/house.ts";
import type { House } from "../site/state.ts";
import { epochKey, type StoreResult } from "../site/store-port.ts";
import type { Clock } from "./clock.ts";
import type { AnchorConfig } from "./config.ts";
import { nodeCrypto } from "./crypto-node.ts";
import { readKeys } from "./keys/keys.ts";
import type { StoreThread } from "./store/store.ts";
import { isMarked, mark } from "./store/store-marker.ts";
import { readsOfRegion } from "./store/store-reads.ts";

type BuildOptions = {
  readonly dir: string;
  readonly config: AnchorConfig;
  readonly note: (code: string, about: string) => void;
};

export type BuiltHouse = { readonly house: House; readonly isOfStore: boolean };

/** The house of one process from its folder, with the epoch in which each of its devices writes; an error is a sentence. */
export async function buildHouse(
  { dir, config, note }: BuildOptions,
  store: StoreThread,
  clock: Clock,
): Promise<Result<BuiltHouse, string>> {
  const authority = parseVkey(nodeCrypto.sha256, config.authority);
  if (!authority.ok) return err("The authority's key in the settings cannot be read.");
  const logs = await readsOfRegion(store, config.region).storedLogs();
  if (!logs.ok) return err(logs.error.detail);
  const marked = await isMarked(dir, store);
  if (!marked.ok) return err(marked.error.detail);
  if (!marked.value && logs.value.length > 0) note("store-put-back", dir);
  const hosted: HostedConfig[] = [];
  for (const device of config.hosted) {
    const keys = readKeys(dir, config.region, device.site, device.device);
    if (!keys.ok) return keys;
    const id = deviceIdOf(device);
    const boot = await store.nextBoot(id);
    if (!boot.ok) return err(boot.error.detail);
    const epoch = await epochOf(store, device, logs.value, marked.value);
    if (!epoch.ok) return err(epoch.error.detail);
    const asks = config.dials.flatMap((target) => (target.hosted === id ? [target.peer] : []));
    hosted.push({ ...device, ...keys.value, boot: boot.value, epoch: epoch.value, asks });
  }
  const renewed = await mark(dir, store);
  if (!renewed.ok) return err(renewed.error.detail);
  const house = newHouse({
    ports: { crypto: nodeCrypto, randomBytes },
    region: config.region,
    authority: authority.value,
    hosted,
    startMonoMs: clock().monoMs,
  });
  return ok({ house, isOfStore: marked.value });
}

/**
 * A device goes on in the log that it began on this store, if the store is the one that was used here last. Others of
 * its logs may lie there, taken from peers after a store was lost: those it never continues, since peers may hold more
 * of them.
 */
async function epochOf(
  store: StoreThread,
  device: Pick<HostedConfig, "site" | "device">,
  logs: readonly StoredLog[],
  marked: boolean,
): Promise<StoreResult<string>> {
  const key = epochKey(deviceIdOf(device));
  const begun = await store.readMeta(key);
  if (!begun.ok) return begun;
  if (begun.value !== undefined && marked) return ok(begun.value);
  const known = [...epochsOf(device, logs), ...(begun.value === undefined ? [] : [begun.value])];
  const epoch = nextEpoch(newestOf(known), randomBytes(4));
  const written = await store.writeMeta(key, epoch);
  return written.ok ? ok(epoch) : written;
}

function epochsOf(
  device: Pick<HostedConfig, "site" | "device">,
  logs: readonly StoredLog[],
): readonly string[] {
  const id = deviceIdOf(device);
  return logs.flatMap(({ origin }) => {
    const parts = parseOrigin(origin);
    return parts.ok && deviceIdOf(parts.value) === id ? [parts.value.epoch] : [];
  });
}
