import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { assert } from "../basics/assert.ts";
import { equalBytes } from "../basics/bytes.ts";
import { type Crypto, type Signer, seedBytes } from "./crypto.ts";
import { isStrictSignature } from "./ed25519.ts";
import { makeVkey, type VkeyKind } from "./vkey.ts";

const { Point } = ed25519;

/** Crypto in plain JavaScript, for browsers on plain http, which have no `crypto.subtle`. */
export const nobleCrypto: Crypto = { sha256, verify };

/** A signer from its 32-byte seed (the RFC 8032 private key). The seed is copied. */
export function nobleSigner(seed: Uint8Array, name: string, kind: VkeyKind): Signer {
  assert(seed.length === seedBytes, "a seed of 32 bytes");
  const secretKey = Uint8Array.from(seed);
  const vkey = makeVkey(sha256, kind, name, ed25519.getPublicKey(secretKey));
  return { vkey, sign: (message) => ed25519.sign(message, secretKey) };
}

function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isStrictSignature(publicKey, signature)) return false;
  try {
    return equalBytes(expectedR(publicKey, message, signature), signature.subarray(0, 32));
  } catch {
    // Point.fromBytes throws when the public key is no point of the curve.
    return false;
  }
}

/**
 * encode(S·B − k·A). The library's own verify multiplies the equation by the cofactor, so it takes signatures
 * that the other runtimes refuse when A or R has a torsion part.
 */
function expectedR(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Uint8Array {
  const a = Point.fromBytes(publicKey);
  const s = littleEndian(signature.subarray(32));
  const hash = sha512.create().update(signature.subarray(0, 32)).update(publicKey).update(message).digest();
  const k = Point.Fn.create(littleEndian(hash));
  return Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes();
}

function littleEndian(bytes: Uint8Array): bigint {
  let number = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) number = (number << 8n) | BigInt(bytes[i] ?? 0);
  return number;
}
