import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import { type DeviceId, isName, type LogId, logIdOf, type Name, parseOrigin } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { decodePacket } from "../../exchange/packet.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/entry.ts";
import { newestOf, nextEpoch } from "../../log/epoch.ts";
import { appendLeaves, emptyRange, rootOf } from "../../log/tree.ts";
import { formatVkey, parseVkey } from "../../log/vkey.ts";
import { authorityNow, charterState, isCharterLog, siteIn } from "../../region/charter.ts";
import type { House, LogState } from "../../site/state.ts";
import { readPacketFile } from "../carry/packet-file.ts";
import type { Clock } from "../clock.ts";
import { nodeCrypto } from "../crypto-node.ts";
import type { SqliteStore } from "../store/store-sqlite.ts";
import {
  authoritySettings,
  feedNow,
  recoveryDevice,
  type Settings,
  sayNow,
  withHouse,
} from "./authority-house.ts";
import { type DeviceKeys, makeKeys, readKeys } from "./keys.ts";

/*
 * The authority's machine is gone, or its key was stolen: a new one carries the charter on, named by the recovery key. It
 * needs nothing of the old machine, only the charter as any device has it.
 */

export type Recovery = {
  /** The folder that `authority init` made for the recovery key. */
  readonly recovery: string;
  /** The charter, a file of packets. */
  readonly charter: string;
  /** The key with which the region's devices are configured. It stays. */
  readonly key: string;
  /** The name of the new authority's device: none that was used before. */
  readonly device: Name;
  /** Up to where the word of the one before counts: left out, all of the newest log of who holds the office. */
  readonly log?: LogId;
  readonly size?: number;
};

/** Makes a new authority in `dir`. An error is a sentence, and then `dir` is not there. */
export function recoverAuthority(dir: string, wanted: Recovery, clock: Clock): Result<string, string> {
  if (existsSync(dir)) return err(`${dir} is there already; the new authority needs a folder of its own.`);
  const key = parseVkey(nodeCrypto.sha256, wanted.key);
  const [, , region = "", site = ""] = key.ok ? key.value.name.split("/") : [];
  if (!isName(region) || !isName(site))
    return err(`"${wanted.key}" is no authority's key, as devices are configured with one.`);
  if (!isName(wanted.device)) return err("A device is named with a-z, 0-9 and -, at most 32 of them.");
  const recoveryKeys = readKeys(wanted.recovery, region, site, recoveryDevice);
  if (!recoveryKeys.ok) return recoveryKeys;
  const packets = readPacketFile(wanted.charter);
  if (!packets.ok) return packets;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const settings = {
    region,
    site,
    device: wanted.device,
    epoch: nextEpoch(null, randomBytes(4)),
    vkey: wanted.key,
  };
  const made = takeOffice(
    dir,
    settings,
    { wanted, recoveryKeys: recoveryKeys.value, packets: packets.value },
    clock,
  );
  if (!made.ok) rmSync(dir, { recursive: true });
  return made;
}

type Material = {
  readonly wanted: Recovery;
  readonly recoveryKeys: DeviceKeys;
  readonly packets: readonly Uint8Array[];
};

function takeOffice(
  dir: string,
  settings: Settings,
  material: Material,
  clock: Clock,
): Result<string, string> {
  const { region, site, device } = settings;
  const keys = makeKeys(dir, region, site, device);
  if (!keys.ok) return keys;
  const read = withHouse(dir, settings, keys.value, clock, (house, store) => {
    const taken = takeCharter(house, store, material.packets, clock);
    return taken.ok ? readOffice(house, store, material) : taken;
  });
  if (!read.ok) return read;
  const { last, epoch } = read.value;
  const asRecovery = { ...settings, device: recoveryDevice, epoch };
  const body = { key: formatVkey(keys.value.signer.vkey), last };
  const named = withHouse(dir, asRecovery, material.recoveryKeys, clock, (house, store) =>
    sayNow(house, store, clock, "charter.authority-next/1", body),
  );
  if (!named.ok) return named;
  // Its first word begins its log, so that everybody sees that it is there.
  const begun = withHouse(dir, settings, keys.value, clock, (house, store) =>
    sayNow(house, store, clock, "charter.site/1", ownSite(house, site)),
  );
  if (!begun.ok) return begun;
  writeFileSync(join(dir, authoritySettings), JSON.stringify(settings));
  return ok(
    `${site}/${device} is the authority of ${region}: of ${last.log} ${last.size} entries count. Export the charter from ${dir} and bring it to every device, and to the regions that name ours.`,
  );
}

/** In any order: what the charter does not name yet may be named by what follows. */
function takeCharter(
  house: House,
  store: SqliteStore,
  packets: readonly Uint8Array[],
  clock: Clock,
): Result<undefined, string> {
  for (let before = -1, size = 0; size > before; ) {
    before = size;
    for (const bytes of packets) {
      if (!isOfCharter(house, bytes)) continue;
      const fed = feedNow(house, store, clock, { type: "carried", bytes });
      if (!fed.ok) return fed;
    }
    size = [...house.logs.values()].reduce((sum, { durable }) => sum + durable.range.size, 0);
  }
  return ok(undefined);
}

function isOfCharter(house: House, bytes: Uint8Array): boolean {
  const packet = decodePacket(bytes);
  if (!packet.ok || packet.value.type !== "entries") return false;
  const checkpoint = parseCheckpoint(packet.value.head.checkpoint);
  const parts = checkpoint.ok ? parseOrigin(checkpoint.value.origin) : checkpoint;
  return parts.ok && isCharterLog(house.charter, logIdOf(parts.value));
}

type Office = {
  readonly last: { readonly log: LogId; readonly size: number; readonly root: string };
  /** In which the recovery key speaks: it may have spoken before. */
  readonly epoch: string;
};

function readOffice(
  house: House,
  store: SqliteStore,
  { wanted, recoveryKeys }: Material,
): Result<Office, string> {
  const { start, recovery } = charterState(house.charter);
  if (start === null) return err(`${wanted.charter} holds no charter of the authority ${wanted.key}.`);
  if (recovery === null || formatVkey(recovery.key) !== formatVkey(recoveryKeys.signer.vkey))
    return err(`The charter names another recovery key than the one in ${wanted.recovery}.`);
  const holder = newestLogOf(house, authorityNow(house.charter).id);
  const log =
    wanted.log === undefined ? holder : [...house.logs.values()].find(({ id }) => id === wanted.log);
  const held = log?.durable.range.size ?? 0;
  const size = wanted.size ?? held;
  if (log === undefined || !Number.isInteger(size) || size < 0 || size > held)
    return err(`${wanted.charter} holds ${held} entries of ${wanted.log ?? "the authority's log"}.`);
  const entries = store.readLeafBytes(log.origin, 0, size);
  if (!entries.ok) return err(entries.error.detail);
  const { sha256 } = nodeCrypto;
  const leaves = entries.value.map((bytes) => leafHash(sha256, bytes));
  const root = toHex(rootOf(sha256, appendLeaves(sha256, emptyRange, leaves)));
  const epochs = logsOf(house, recovery.id).map(({ id }) => epochOf(id));
  return ok({ last: { log: log.id, size, root }, epoch: nextEpoch(newestOf(epochs), randomBytes(4)) });
}

function newestLogOf(house: House, device: DeviceId): LogState | undefined {
  const logs = logsOf(house, device);
  const newest = newestOf(logs.map(({ id }) => epochOf(id)));
  return logs.find(({ id }) => epochOf(id) === newest);
}

/** Those of which something is held. */
function logsOf(house: House, device: DeviceId): readonly LogState[] {
  return [...house.logs.values()].filter((log) => log.device === device && log.durable.range.size > 0);
}

function epochOf(log: LogId): string {
  return log.slice(log.lastIndexOf("/") + 1);
}

/** As the charter has it; nothing else of it changes. */
function ownSite(house: House, site: Name): JsonObject {
  const { name, town } = present(siteIn(house.charter, site), "the authority's own site is in its charter");
  return {
    site,
    type: "authority",
    ...(name === undefined ? {} : { name }),
    ...(town === undefined ? {} : { town }),
  };
}
