import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writePacketFile } from "../../src/anchor/carry/packet-file.ts";
import { type AnchorConfig, charterFile, readRegionData, writeConfig } from "../../src/anchor/config.ts";
import { nodeCrypto, nodeSigner } from "../../src/anchor/crypto-node.ts";
import { makeKeys } from "../../src/anchor/keys/keys.ts";
import { present } from "../../src/basics/assert.ts";
import { utf8Encode } from "../../src/basics/bytes.ts";
import type { JsonObject } from "../../src/basics/canonical-json.ts";
import type { Name, Origin } from "../../src/basics/name.ts";
import { seededRandom } from "../../src/basics/random.ts";
import type { Result } from "../../src/basics/result.ts";
import { hourMs } from "../../src/basics/time.ts";
import { encodePacket } from "../../src/exchange/packet.ts";
import { formatCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import type { Signer } from "../../src/log/crypto.ts";
import { encodeEntry, leafHash } from "../../src/log/entry.ts";
import { appendLeaves, type CompactRange, emptyRange, rootOf } from "../../src/log/tree.ts";
import { formatVkey, holderKeyName, logKeyName } from "../../src/log/vkey.ts";
import type { DeviceRole, SiteType } from "../../src/region/choices.ts";
import { type Call, drawMissions } from "../../src/rehearsal/generator.ts";
import { batchEntriesMax } from "../../src/site/limits.ts";

/* A region as large as the bench wants it, with real keys; its charter is written in one go, as large runs. */

export const region = "rehearsal-scale";
export const centre = "duesseldorf";
export const anchorDevice = "anchor";
export const host = "127.0.0.1";
const regionData = join(import.meta.dirname, "..", "..", "regions", "rhein-ruhr");

export type Scale = { readonly replicas: number; readonly hospitalDevices: number; readonly crews: number };

/** One device of a hospital or a crew, by its place in the list. */
export type Pocket = { readonly site: Name; readonly device: Name; readonly number: number };

export function hospitalSites(scale: Scale): readonly Name[] {
  const data = valueFrom(readRegionData(regionData));
  return data.hospitals.slice(0, scale.replicas).map(({ id }) => id);
}

export function hospitalPockets(scale: Scale): readonly Pocket[] {
  const sites = hospitalSites(scale);
  return Array.from({ length: scale.hospitalDevices }, (_, number) => ({
    site: present(sites[number % sites.length], "a hospital"),
    device: `desk-${number}`,
    number,
  }));
}

export function crewPockets(scale: Scale): readonly Pocket[] {
  return Array.from({ length: scale.crews }, (_, number) => ({
    site: `rtw-${number}`,
    device: "tablet",
    number,
  }));
}

/**
 * The calls of one hour at the time of day at which most come (missions.json): about as many are under way at once. One
 * crew drives each.
 */
export function drawCalls(crews: number): readonly Call[] {
  const data = valueFrom(readRegionData(regionData));
  const { shares } = data.missions.hourlyE4;
  const hour = shares.indexOf(Math.max(...shares));
  const fromMs = Date.now();
  const drawn = drawMissions(data, seededRandom(20_200_910), { fromMs, toMs: fromMs + hourMs, hour });
  // All called just now: an age of more than it is would be a call from the future.
  return drawn.slice(0, crews).map(({ call }) => ({ ...call, callAtMs: fromMs }));
}

/** Its log key; derived anew wherever it is needed. */
export function signerOf({ site, device }: Pick<Pocket, "site" | "device">): Signer {
  return nodeSigner(seed(`${site}/${device} log`), logKeyName(region, site, device), "log");
}

/** Founds it in `dir`: a folder for the centre, one for the replicas. */
export function found(
  dir: string,
  scale: Scale,
  ports: { readonly centre: number; readonly others: number },
): void {
  const sites = hospitalSites(scale);
  const authority = nodeSigner(seed("authority"), logKeyName(region, "authority", "desk"), "log");
  const charter = new CharterLog(authority);
  const recovery = nodeSigner(seed("recovery"), logKeyName(region, "authority", "recovery"), "log");
  charter.say("charter.start/1", {
    previous: null,
    recovery: formatVkey(recovery.vkey),
    zone: "Europe/Berlin",
    name: "Scale",
  });
  const site = (name: Name, type: SiteType): void => charter.say("charter.site/1", { site: name, type });
  site("authority", "authority");
  site(centre, "control-centre");
  for (const name of sites) site(name, "hospital");
  const crews = crewPockets(scale);
  for (const crew of crews) site(crew.site, "ambulance");
  mkdirSync(join(dir, "centre"), { recursive: true });
  mkdirSync(join(dir, "others"), { recursive: true });
  charter.enrolAnchor(join(dir, "centre"), centre);
  for (const name of sites) charter.enrolAnchor(join(dir, "others"), name);
  for (const pocket of hospitalPockets(scale)) charter.enrolPocket(pocket, ["pocket"]);
  for (const crew of crews) charter.enrolPocket(crew, ["pocket", "mobile"]);
  const packets = charter.packets();
  const hosted = (name: Name) => ({ site: name, device: anchorDevice, mobile: false });
  const base = { region, authority: formatVkey(authority.vkey), regionData, policy: {}, faults: false };
  const configs: readonly (readonly [string, AnchorConfig])[] = [
    ["centre", { ...base, listen: { host, port: ports.centre }, hosted: [hosted(centre)], dials: [] }],
    [
      "others",
      {
        ...base,
        listen: { host, port: ports.others },
        hosted: sites.map(hosted),
        dials: sites.map((name) => ({
          hosted: `${name}/${anchorDevice}`,
          peer: `${centre}/${anchorDevice}`,
          url: `ws://${host}:${ports.centre}/exchange`,
        })),
      },
    ],
  ];
  for (const [folder, config] of configs) {
    writePacketFile(join(dir, folder, charterFile), packets);
    writeConfig(join(dir, folder), config);
  }
  writeFileSync(join(dir, "scale.json"), JSON.stringify(scale));
}

class CharterLog {
  readonly #signer: Signer;
  readonly #origin: Origin;
  readonly #entries: Uint8Array[] = [];

  constructor(signer: Signer) {
    this.#signer = signer;
    this.#origin = `${signer.vkey.name}/1-00000001`;
  }

  say(kind: string, body: JsonObject): void {
    this.#entries.push(valueFrom(encodeEntry({ ...body, at: Date.now(), kind, by: "authority" })));
  }

  enrolAnchor(dir: string, site: Name): void {
    const { signer, holder } = valueFrom(makeKeys(dir, region, site, anchorDevice));
    const keys = { key: formatVkey(signer.vkey), holder: formatVkey(holder.vkey) };
    this.say("charter.device/1", { site, device: anchorDevice, ...keys, roles: ["anchor"] });
  }

  enrolPocket(pocket: Pocket, roles: readonly DeviceRole[]): void {
    const { site, device } = pocket;
    const holder = nodeSigner(
      seed(`${site}/${device} holder`),
      holderKeyName(region, site, device),
      "holder",
    );
    const keys = { key: formatVkey(signerOf(pocket).vkey), holder: formatVkey(holder.vkey) };
    this.say("charter.device/1", { site, device, ...keys, roles: [...roles] });
  }

  packets(): readonly Uint8Array[] {
    const packets: Uint8Array[] = [];
    let range: CompactRange = emptyRange;
    for (let from = 0; from < this.#entries.length; from += batchEntriesMax) {
      const items = this.#entries.slice(from, from + batchEntriesMax);
      range = appendLeaves(
        nodeCrypto.sha256,
        range,
        items.map((bytes) => leafHash(nodeCrypto.sha256, bytes)),
      );
      const root = rootOf(nodeCrypto.sha256, range);
      const signed = signCheckpoint(this.#signer, { origin: this.#origin, size: range.size, root });
      const head = { checkpoint: formatCheckpoint(signed, this.#signer.vkey), from };
      packets.push(
        encodePacket({ type: "entries", head, items: items.map((bytes) => ({ kind: "bytes", bytes })) }),
      );
    }
    return packets;
  }
}

function seed(of: string): Uint8Array {
  return nodeCrypto.sha256(utf8Encode(`holdfast scale ${of}`));
}

export function valueFrom<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
