import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { assert } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import { type Aead, type Crypto, type Sha256, type Signer, seedBytes } from "../log/crypto.ts";
import { isStrictSignature } from "../log/ed25519.ts";
import { makeVkey, type VkeyKind } from "../log/vkey.ts";

// DER headers of RFC 8410: what stands before the 32 bytes of an Ed25519 key.
const publicKeyHeader = Buffer.from("302a300506032b6570032100", "hex");
const privateKeyHeader = Buffer.from("302e020100300506032b657004220420", "hex");

/** More keys than any region has devices; a full cache starts again. */
const cachedKeysMax = 4_096;
const cachedKeys = new Map<string, KeyObject>();

// A plain array: Buffer's own slice() would share memory where callers expect a copy.
const sha256: Sha256 = (bytes) => plain(hash("sha256", bytes, "buffer"));

/** Crypto of the Node runtime (OpenSSL), in the strict profile. */
export const nodeCrypto: Crypto = {
  sha256,
  verify: (publicKey, message, signature) => {
    if (!isStrictSignature(publicKey, signature)) return false;
    try {
      return verify(null, message, keyOf(publicKey), signature);
    } catch {
      // OpenSSL throws when the public key is no point of the curve.
      return false;
    }
  },
};

const cipher = "aes-256-gcm";
const tagBytes = 16;

/** AES-256-GCM of the Node runtime (OpenSSL). */
export const nodeAead: Aead = {
  seal: (key, nonce, body, additional) => {
    const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(additional);
    return plain(Buffer.concat([sealing.update(body), sealing.final(), sealing.getAuthTag()]));
  },
  open: (key, nonce, sealed, additional) => {
    if (sealed.length < tagBytes) return null;
    const end = sealed.length - tagBytes;
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
    opening.setAAD(additional).setAuthTag(sealed.subarray(end));
    try {
      return plain(Buffer.concat([opening.update(sealed.subarray(0, end)), opening.final()]));
    } catch {
      return null;
    }
  },
};

/** A signer from its 32-byte seed (the RFC 8032 private key). */
export function nodeSigner(seed: Uint8Array, name: string, kind: VkeyKind): Signer {
  assert(seed.length === seedBytes, "a seed of 32 bytes");
  const key = createPrivateKey({
    key: Buffer.concat([privateKeyHeader, seed]),
    format: "der",
    type: "pkcs8",
  });
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  const vkey = makeVkey(sha256, kind, name, der.subarray(publicKeyHeader.length));
  return { vkey, sign: (message) => plain(sign(null, message, key)) };
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function keyOf(publicKey: Uint8Array): KeyObject {
  const name = toHex(publicKey);
  const cached = cachedKeys.get(name);
  if (cached !== undefined) return cached;
  const key = createPublicKey({
    key: Buffer.concat([publicKeyHeader, publicKey]),
    format: "der",
    type: "spki",
  });
  if (cachedKeys.size >= cachedKeysMax) cachedKeys.clear();
  cachedKeys.set(name, key);
  return key;
}
