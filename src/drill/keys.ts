import { createPrivateKey, createPublicKey, hash, sign, verify } from "node:crypto";
import { concatBytes, equalBytes, toHex, utf8Encode } from "../basics/bytes.ts";
import type { Crypto, Sha256, Signer } from "../log/crypto.ts";
import { isStrictSignature } from "../log/ed25519.ts";
import { nobleCrypto, nobleSigner } from "../log/ed25519-noble.ts";
import { makeVkey, type VkeyKind } from "../log/vkey.ts";

/** Where the keys of one simulated world come from, and who checks what they sign. */
export type Keys = {
  readonly crypto: Crypto;
  /** @param seed 32 bytes */
  readonly signer: (seed: Uint8Array, name: string, kind: VkeyKind) => Signer;
};

const sha256: Sha256 = (bytes) => plain(hash("sha256", bytes, "buffer"));

/**
 * A stand-in for Ed25519 that costs microseconds: whoever knows the public key could sign too, so it belongs into
 * worlds in which nobody lies, and nowhere else.
 */
export const keyedHashKeys: Keys = {
  crypto: {
    sha256,
    verify: (publicKey, message, signature) => equalBytes(keyedHash(publicKey, message), signature),
  },
  signer: (seed, name, kind) => {
    const vkey = makeVkey(sha256, kind, name, sha256(concatBytes(utf8Encode("public key"), seed)));
    return { vkey, sign: (message) => keyedHash(vkey.publicKey, message) };
  },
};

function keyedHash(key: Uint8Array, message: Uint8Array): Uint8Array {
  const first = sha256(concatBytes(key, message));
  return concatBytes(first, sha256(first));
}

/**
 * Real Ed25519 in the strict profile, signed by OpenSSL as in an anchor. OpenSSL refuses by itself some of what only that
 * profile must; so where somebody lies, noble verifies, which refuses nothing but by our own rules.
 */
export function ed25519Keys(isSomebodyLying: boolean): Keys {
  const verifies = isSomebodyLying ? nobleCrypto.verify : verifyStrictly;
  return { crypto: { sha256, verify: verifyingOnce(verifies) }, signer: ed25519Signer };
}

/** One world asks the same question once for each house: each is answered once. */
function verifyingOnce(verifies: Crypto["verify"]): Crypto["verify"] {
  const verdicts = new Map<string, boolean>();
  return (publicKey, message, signature) => {
    const question = toHex(sha256(concatBytes(publicKey, signature, message)));
    const known = verdicts.get(question) ?? verifies(publicKey, message, signature);
    verdicts.set(question, known);
    return known;
  };
}

const curve = { kty: "OKP", crv: "Ed25519" } as const;

function ed25519Signer(seed: Uint8Array, name: string, kind: VkeyKind): Signer {
  const { vkey } = nobleSigner(seed, name, kind);
  const jwk = { ...curve, x: base64Url(vkey.publicKey), d: base64Url(seed) };
  const key = createPrivateKey({ format: "jwk", key: jwk });
  return { vkey, sign: (message) => plain(sign(null, message, key)) };
}

function verifyStrictly(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isStrictSignature(publicKey, signature)) return false;
  const key = createPublicKey({ format: "jwk", key: { ...curve, x: base64Url(publicKey) } });
  try {
    return verify(null, message, key, signature);
  } catch {
    // OpenSSL throws when the public key is no point of the curve.
    return false;
  }
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/** The bytes themselves: a Buffer's own slice() would share memory where callers expect a copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
