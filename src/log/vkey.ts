import { assert } from "../basics/assert.ts";
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  toBase64,
  toHex,
  utf8Encode,
} from "../basics/bytes.ts";
import { isName, type Name, originPrefix } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { publicKeyBytes, type Sha256 } from "./crypto.ts";

/** A log key signs checkpoints; a holder key signs receipts (C2SP cosignature/v1). */
export type VkeyKind = "log" | "holder";

/** A C2SP signed-note verifier key: a name, an Ed25519 public key and what it may sign. */
export type Vkey = {
  readonly name: string;
  readonly kind: VkeyKind;
  /** First 4 bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key): tells keys apart, proves nothing. */
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
};

export const keyIdBytes = 4;
/** A bound on what is parsed; the longest name that {@link holderKeyName} makes has 115 characters. */
export const keyNameCharactersMax = 255;

// The type bytes that C2SP signed-note assigns.
const typeBytes = { log: 0x01, holder: 0x04 } as const;

/** A key name in a signed note: not empty, no white space, no control character, no "+". */
export function isKeyName(name: string): boolean {
  if (name.length === 0 || name.length > keyNameCharactersMax) return false;
  return name.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

/** `holdfast/1/<region>/<site>/<device>`: the device's log key. */
export function logKeyName(region: Name, site: Name, device: Name): string {
  assert(isName(region) && isName(site) && isName(device), "region, site and device are names");
  return `${originPrefix}/${region}/${site}/${device}`;
}

/** `holdfast/1/<region>/<site>/<device>/holder`: the device's holder key. */
export function holderKeyName(region: Name, site: Name, device: Name): string {
  return `${logKeyName(region, site, device)}/holder`;
}

export function makeVkey(sha256: Sha256, kind: VkeyKind, name: string, publicKey: Uint8Array): Vkey {
  assert(isKeyName(name), "a key name without spaces and plus");
  assert(publicKey.length === publicKeyBytes, "an Ed25519 public key of 32 bytes");
  const key = Uint8Array.from(publicKey);
  const hash = sha256(concatBytes(utf8Encode(`${name}\n`), Uint8Array.of(typeBytes[kind]), key));
  return { name, kind, keyId: hash.slice(0, keyIdBytes), publicKey: key };
}

/** `<name>+<key id in hex>+<base64 of type ‖ public key>`. */
export function formatVkey(vkey: Vkey): string {
  const material = concatBytes(Uint8Array.of(typeBytes[vkey.kind]), vkey.publicKey);
  return `${vkey.name}+${toHex(vkey.keyId)}+${toBase64(material)}`;
}

/** Also refuses a key id that does not belong to the name, type and key. */
export function parseVkey(sha256: Sha256, text: string): Result<Vkey, "not-a-vkey"> {
  const [name = "", id = "", ...rest] = text.split("+");
  const keyId = fromHex(id);
  // Base64 has "+" of its own.
  const material = fromBase64(rest.join("+"));
  if (!isKeyName(name) || !keyId.ok || !material.ok) return err("not-a-vkey");
  const kind = kindOf(material.value[0]);
  if (kind === null || material.value.length !== 1 + publicKeyBytes) return err("not-a-vkey");
  const vkey = makeVkey(sha256, kind, name, material.value.subarray(1));
  return equalBytes(vkey.keyId, keyId.value) ? ok(vkey) : err("not-a-vkey");
}

function kindOf(typeByte: number | undefined): VkeyKind | null {
  if (typeByte === typeBytes.log) return "log";
  return typeByte === typeBytes.holder ? "holder" : null;
}
