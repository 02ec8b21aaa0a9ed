import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { readPacketFile } from "../../src/anchor/carry/packet-file.ts";
import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import {
  type AuthorityStart,
  addSites,
  exportCharter,
  initAuthority,
} from "../../src/anchor/keys/authority.ts";
import { initDevice } from "../../src/anchor/keys/enrol.ts";
import { readKeys } from "../../src/anchor/keys/keys.ts";
import { decodePacket } from "../../src/exchange/packet.ts";
import { decodeEntry, type Entry } from "../../src/log/entry.ts";
import { parseVkey } from "../../src/log/vkey.ts";
import { newHouse, step } from "../../src/site/house.ts";
import type { House } from "../../src/site/state.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-authority-"));
let folders = 0;
afterAll(() => rmSync(folder, { recursive: true }));

export const region = "rehearsal-x";
export const start: AuthorityStart = {
  region,
  site: "land",
  device: "desk",
  zone: "Europe/Berlin",
  name: "Testland",
};
export const clock = () => ({ wallMs: Date.UTC(2020, 8, 1), monoMs: 0 });
export const emptyRoot = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

export function newDir(): string {
  folders += 1;
  return join(folder, String(folders));
}

export function value<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

export function requestOf(site: string, device = "box", of = region): string {
  return value(initDevice(newDir(), { region: of, site, device, roles: ["anchor"] }));
}

/** An authority with two sites. */
export function founded(): { readonly dir: string; readonly vkey: string } {
  const dir = newDir();
  const vkey = value(initAuthority(dir, start, clock));
  value(
    addSites(
      dir,
      [
        { site: "centre", type: "control-centre", name: "Leitstelle" },
        { site: "ukd", type: "hospital", town: "Düsseldorf" },
      ],
      clock,
    ),
  );
  return { dir, vkey };
}

export function packetsOf(dir: string): readonly Uint8Array[] {
  const file = join(dir, "charter.txt");
  value(exportCharter(dir, file, clock));
  return value(readPacketFile(file));
}

export function entriesOf(dir: string): Entry[] {
  return packetsOf(dir).flatMap((bytes) => {
    const packet = decodePacket(bytes);
    if (!packet.ok || packet.value.type !== "entries") throw new Error("not entries");
    return packet.value.items.map((item) => {
      const entry = item.kind === "bytes" ? decodeEntry(item.bytes) : undefined;
      if (!entry?.ok) throw new Error("not an entry");
      return entry.value;
    });
  });
}

/** A device elsewhere that was given the authority's key and this file. */
export function readElsewhere(vkey: string, packets: readonly Uint8Array[]): House {
  const authority = parseVkey(nodeCrypto.sha256, vkey);
  const dir = newDir();
  value(initDevice(dir, { region, site: "other", device: "box", roles: ["anchor"] }));
  if (!authority.ok) throw new Error("no key");
  const keys = value(readKeys(dir, region, "other", "box"));
  const house = newHouse({
    ports: { crypto: nodeCrypto, randomBytes: (length) => new Uint8Array(length) },
    region,
    authority: authority.value,
    hosted: [{ site: "other", device: "box", epoch: "1-00000001", ...keys, boot: 1, mobile: false }],
    startMonoMs: 0,
  });
  for (const bytes of packets) {
    for (let effects = step(house, { type: "carried", bytes }, clock()); effects.length > 0; ) {
      effects = effects.flatMap((effect) =>
        effect.type === "commit" ? step(house, { type: "committed", id: effect.commit.id }, clock()) : [],
      );
    }
  }
  return house;
}
