import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { present } from "../../basics/assert.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import { type DeviceId, deviceIdOf, isName, type Name, type Origin } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { nextEpoch } from "../../log/epoch.ts";
import { formatVkey, parseVkey } from "../../log/vkey.ts";
import { type Charter, type CharterDevice, charterState, deviceIn } from "../../region/charter.ts";
import { compareLogs } from "../../region/log-order.ts";
import { runPacket } from "../../site/entries.ts";
import { batchBytesMax, batchEntriesMax } from "../../site/limits.ts";
import type { House } from "../../site/state.ts";
import { writePacketFile } from "../carry/packet-file.ts";
import type { Clock } from "../clock.ts";
import { isSocketUrl } from "../config.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { authoritySettings, recoveryDevice, type Settings, sayNow, withStore } from "./authority-house.ts";
import { parseRequestLine } from "./enrol.ts";
import { makeKeys } from "./keys.ts";

/*
 * The region's authority: a folder on a machine that is never on the network. It writes the charter and nothing else;
 * what it wrote leaves as a file of packets.
 */

export type AuthorityStart = {
  readonly region: Name;
  readonly site: Name;
  readonly device: Name;
  /** IANA name of the zone in which every board shows times. */
  readonly zone: string;
  readonly name: string;
};

const nameField = v.pipe(v.string(), v.check(isName));

/** Sites as a file lists them; the charter says what each field means. */
const newSitesSchema = v.array(
  v.object({
    site: nameField,
    type: v.picklist(["control-centre", "hospital", "ambulance", "authority"]),
    name: v.optional(v.string()),
    town: v.optional(v.string()),
    homeCentre: v.optional(nameField),
  }),
);
export type NewSite = v.InferOutput<typeof newSitesSchema>[number];

export type NewDevice = { readonly request: string; readonly addresses: readonly string[] };

/** Makes the authority's keys, and a recovery key in a folder of its own that is to be kept elsewhere. */
export function initAuthority(dir: string, start: AuthorityStart, clock: Clock): Result<string, string> {
  if (existsSync(join(dir, authoritySettings))) return err(`${dir} is an authority already.`);
  const { region, site, device } = start;
  if (![region, site, device].every(isName))
    return err("Region, site and device are named with a-z, 0-9 and -, at most 32 of them.");
  if (!isTimeZone(start.zone)) return err(`"${start.zone}" is no time zone, as Europe/Berlin is one.`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keys = makeKeys(dir, region, site, device);
  if (!keys.ok) return keys;
  const recovery = makeKeys(join(dir, "recovery-keep-elsewhere"), region, site, recoveryDevice);
  if (!recovery.ok) return recovery;
  const vkey = formatVkey(keys.value.signer.vkey);
  const epoch = nextEpoch(null, randomBytes(4));
  writeFileSync(
    join(dir, authoritySettings),
    JSON.stringify({ region, site, device, epoch, vkey } satisfies Settings),
  );
  return withCharter(dir, clock, (say) => {
    const body = {
      previous: null,
      recovery: formatVkey(recovery.value.signer.vkey),
      zone: start.zone,
      name: start.name,
    };
    const said = say("charter.start/1", body);
    if (!said.ok) return said;
    const own = say("charter.site/1", { site, type: "authority" });
    return own.ok ? ok(vkey) : own;
  });
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export function addSites(dir: string, sites: readonly NewSite[], clock: Clock): Result<undefined, string> {
  return withCharter(dir, clock, (say) => sayAll(sites, (site) => say("charter.site/1", bodyOf(site))));
}

/** As {@link addSites}, from a JSON file: a list of sites. */
export function addSitesOfFile(dir: string, file: string, clock: Clock): Result<undefined, string> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return err(`${file} cannot be read as JSON.`);
  }
  const parsed = v.safeParse(newSitesSchema, json);
  return parsed.success ? addSites(dir, parsed.output, clock) : err(`${file}: ${parsed.issues[0].message}`);
}

/** Enrols devices by the request lines that they printed. */
export function addDevices(
  dir: string,
  devices: readonly NewDevice[],
  clock: Clock,
): Result<undefined, string> {
  return withCharter(dir, clock, (say, ownRegion, charter) =>
    sayAll(devices, ({ request, addresses }) => {
      const parsed = parseRequestLine(request);
      if (!parsed.ok) return parsed;
      const { region, site, device, roles, key, holder, recipient } = parsed.value;
      if (region !== ownRegion)
        return err(`${site}/${device} asks for region ${region}; this is the authority of ${ownRegion}.`);
      const known = deviceIn(charter, deviceIdOf({ site, device }));
      if (known !== undefined && known.roles.join() !== roles.join())
        return err(`${site}/${device} is enrolled as ${known.roles.join()}; its line says ${roles.join()}.`);
      const sealing = recipient === null ? {} : { recipient };
      const keys = { key, holder, ...sealing };
      const kept = known === undefined ? {} : keptOf(known);
      const where = addresses.length > 0 ? { addresses: [...addresses] } : {};
      return say("charter.device/1", { site, device, ...keys, roles: [...roles], ...kept, ...where });
    }),
  );
}

/** What a line does not say of a device that is enrolled anew goes on to hold: the last word replaces all before it. */
function keptOf({ addresses, relays, pullRate }: CharterDevice): JsonObject {
  return { addresses: [...addresses], relays: [...relays], ...pullRate };
}

/** Where a device listens from now on, and by which relays it is reached; both lists replace what was said before. */
export type Reach = {
  readonly site: Name;
  readonly device: Name;
  readonly addresses: readonly string[];
  readonly relays: readonly DeviceId[];
};

export function setReach(dir: string, reach: Reach, clock: Clock): Result<undefined, string> {
  return withStore(dir, clock, (house, store) => {
    const { site, device, addresses, relays } = reach;
    const known = deviceIn(house.charter, deviceIdOf(reach));
    if (known === undefined || known.end !== null)
      return err(`${site}/${device} is no device of this region, or has ended.`);
    const wrong = addresses.find((url) => !isSocketUrl(url));
    if (wrong !== undefined) return err(`"${wrong}" is no ws:// or wss:// address.`);
    for (const relay of relays) {
      const refused = refusedRelay(house.charter, known.id, relay);
      if (refused !== null) return err(refused);
    }
    const sealing = known.recipient === undefined ? {} : { recipient: known.recipient };
    const keys = { key: formatVkey(known.key), holder: formatVkey(known.holder), ...sealing };
    const where = { addresses: [...addresses], relays: [...relays] };
    const body = { site, device, ...keys, roles: [...known.roles], ...where, ...known.pullRate };
    return sayNow(house, store, clock, "charter.device/1", body);
  });
}

function refusedRelay(charter: Charter, device: DeviceId, relay: DeviceId): string | null {
  const known = deviceIn(charter, relay);
  if (relay === device) return `${device} cannot be its own relay.`;
  if (known === undefined || known.end !== null || !known.roles.includes("anchor"))
    return `${relay} is no anchor of this region, or has ended.`;
  return known.addresses.length === 0 ? `${relay} has no address itself: nobody could dial it.` : null;
}

/** The device counts no longer past `size` entries of `log`; null: nothing it ever wrote counts. */
export function endDevice(
  dir: string,
  end: {
    readonly site: Name;
    readonly device: Name;
    readonly log: string | null;
    readonly size: number;
    readonly root: string;
  },
  clock: Clock,
): Result<undefined, string> {
  return withCharter(dir, clock, (say) => say("charter.device-ended/1", { ...end }));
}

/** Names another region by its first authority's key: its logs may be brought here from now on, read-only. */
export function nameNeighbour(dir: string, key: string, clock: Clock): Result<undefined, string> {
  const parsed = parseVkey(nodeCrypto.sha256, key);
  if (!parsed.ok) return err(`"${key}" is no authority's key, as \`authority init\` prints one.`);
  const [, , region = ""] = parsed.value.name.split("/");
  return withCharter(dir, clock, (say) => say("charter.neighbour/1", { region, key }));
}

/** Nothing new of that region is taken any more; what is here stays. */
export function endNeighbour(dir: string, region: Name, clock: Clock): Result<undefined, string> {
  return withCharter(dir, clock, (say) => say("charter.neighbour-ended/1", { region }));
}

/** Writes the whole charter as a file that every device takes in at its start. */
export function exportCharter(dir: string, file: string, clock: Clock): Result<undefined, string> {
  return withStore(dir, clock, (house, store) => {
    const packets: Uint8Array[] = [];
    for (const origin of charterLogs(house)) {
      for (let from = 0; ; ) {
        const run = store.readRun(origin, from, { entriesMax: batchEntriesMax, bytesMax: batchBytesMax });
        if (!run.ok) return err(run.error.detail);
        if (run.value === undefined) break;
        packets.push(present(runPacket(house, run.value), "the charter's own log has a key"));
        from = run.value.checkpoint.size;
      }
    }
    writePacketFile(file, packets);
    return ok(undefined);
  });
}

/** In the order in which they can be taken: whoever holds office is named in what comes before. */
function charterLogs(house: House): readonly Origin[] {
  const { authorities, recovery } = charterState(house.charter);
  const [first, ...later] = authorities;
  return [first, recovery, ...later].flatMap((one) =>
    [...house.logs.values()]
      .filter(({ device }) => device === one?.id)
      .sort((a, b) => compareLogs(a.id, b.id))
      .map(({ origin }) => origin),
  );
}

type Say = (kind: string, body: JsonObject) => Result<undefined, string>;

function sayAll<T>(
  items: readonly T[],
  say: (item: T) => Result<undefined, string>,
): Result<undefined, string> {
  for (const item of items) {
    const said = say(item);
    if (!said.ok) return said;
  }
  return ok(undefined);
}

function bodyOf(site: NewSite): JsonObject {
  return Object.fromEntries(
    Object.entries(site).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])),
  );
}

function withCharter<T>(
  dir: string,
  clock: Clock,
  use: (say: Say, region: Name, charter: Charter) => Result<T, string>,
): Result<T, string> {
  return withStore(dir, clock, (house, store) =>
    use((kind, body) => sayNow(house, store, clock, kind, body), house.region, house.charter),
  );
}
