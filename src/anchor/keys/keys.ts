import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { present } from "../../basics/assert.ts";
import { fromHex, toHex } from "../../basics/bytes.ts";
import type { Name } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { type Signer, seedBytes } from "../../log/crypto.ts";
import { holderKeyName, logKeyName } from "../../log/vkey.ts";
import { nodeSigner } from "../crypto-node.ts";

/** The two keys of a device: one signs its log, the other its receipts for other logs. */
export type DeviceKeys = { readonly signer: Signer; readonly holder: Signer };

const seedSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const fileSchema = v.object({ log: seedSchema, holder: seedSchema });

/** Keys lie beside the store, in files that only their owner can read, and in no backup. */
function keyFile(dir: string, site: Name, device: Name): string {
  return join(dir, "keys", `${site}.${device}.json`);
}

/** Makes the keys of a device. Fails where there are some: a key is never overwritten. */
export function makeKeys(dir: string, region: Name, site: Name, device: Name): Result<DeviceKeys, string> {
  const seeds = { log: toHex(randomBytes(seedBytes)), holder: toHex(randomBytes(seedBytes)) };
  const file = keyFile(dir, site, device);
  try {
    mkdirSync(join(dir, "keys"), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(seeds), { mode: 0o600, flag: "wx", flush: true });
  } catch {
    return err(`${file} cannot be written, or keys are there already.`);
  }
  return ok(keysOf(seeds, region, site, device));
}

export function readKeys(dir: string, region: Name, site: Name, device: Name): Result<DeviceKeys, string> {
  const file = keyFile(dir, site, device);
  try {
    const parsed = v.safeParse(fileSchema, JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? ok(keysOf(parsed.output, region, site, device)) : err(`${file} holds no keys.`);
  } catch {
    return err(`${file} cannot be read.`);
  }
}

function keysOf(seeds: v.InferOutput<typeof fileSchema>, region: Name, site: Name, device: Name): DeviceKeys {
  return {
    signer: nodeSigner(seedOf(seeds.log), logKeyName(region, site, device), "log"),
    holder: nodeSigner(seedOf(seeds.holder), holderKeyName(region, site, device), "holder"),
  };
}

function seedOf(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  return present(bytes.ok ? bytes.value : undefined, "the file's schema admits hexadecimal only");
}
