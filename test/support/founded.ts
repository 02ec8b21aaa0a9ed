import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPacketFile } from "../../src/anchor/carry/packet-file.ts";
import { systemClock } from "../../src/anchor/clock.ts";
import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import {
  addDevices,
  addSites,
  endDevice,
  exportCharter,
  initAuthority,
} from "../../src/anchor/keys/authority.ts";
import { initDevice } from "../../src/anchor/keys/enrol.ts";
import { type DeviceKeys, readKeys } from "../../src/anchor/keys/keys.ts";
import type { LogId, Name } from "../../src/basics/name.ts";
import type { Result } from "../../src/basics/result.ts";
import { parseVkey, type Vkey } from "../../src/log/vkey.ts";
import type { SiteType } from "../../src/region/choices.ts";

export const foundedRegion = "rehearsal-founded";
/** Each site has one anchor of this name. */
export const foundedDevice = "box";
const emptyRoot = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

export type Founded = {
  readonly region: Name;
  readonly dir: string;
  readonly authority: Vkey;
  readonly sites: readonly Name[];
  readonly keysOf: (site: Name) => DeviceKeys;
  /** The charter as it is now. */
  readonly charter: () => readonly Uint8Array[];
  readonly end: (site: Name, log: LogId | null, size: number) => void;
  readonly add: (site: Name, type: SiteType) => void;
};

/** A region founded in a temporary folder (sites in `pockets` have a pocket and no anchor), through the functions behind the commands. */
export function foundRegion(
  sites: Readonly<Record<Name, SiteType>>,
  region: Name = foundedRegion,
  pockets: ReadonlySet<Name> = new Set(),
): Founded {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-founded-"));
  const desk = join(dir, "authority");
  const start = { region, site: "land", device: "desk", zone: "Europe/Berlin", name: "Test" };
  const authority = parseVkey(nodeCrypto.sha256, valueIn(initAuthority(desk, start, systemClock)));
  if (!authority.ok) throw new Error(authority.error);
  const add = (site: Name, type: SiteType): void => {
    valueIn(addSites(desk, [{ site, type }], systemClock));
    mkdirSync(join(dir, site));
    const roles = [pockets.has(site) ? ("pocket" as const) : ("anchor" as const)];
    const request = valueIn(initDevice(join(dir, site), { region, site, device: foundedDevice, roles }));
    valueIn(addDevices(desk, [{ request, addresses: [] }], systemClock));
  };
  for (const [site, type] of Object.entries(sites)) add(site, type);
  return {
    region,
    dir,
    authority: authority.value,
    sites: Object.keys(sites),
    keysOf: (site) => valueIn(readKeys(join(dir, site), region, site, foundedDevice)),
    charter: () => {
      const file = join(dir, "charter.txt");
      valueIn(exportCharter(desk, file, systemClock));
      return valueIn(readPacketFile(file));
    },
    end: (site, log, size) =>
      valueIn(endDevice(desk, { site, device: foundedDevice, log, size, root: emptyRoot }, systemClock)),
    add,
  };
}

export function valueIn<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
