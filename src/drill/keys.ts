import { hash } from "node:crypto";
import { concatBytes, equalBytes, toHex, utf8Encode } from "../basics/bytes.ts";
import type { Crypto, Sha256, Signer } from "../log/crypto.ts";
import { nobleCrypto, nobleSigner } from "../log/ed25519-noble.ts";
import { makeVkey, type VkeyKind } from "../log/vkey.ts";

/** Where the keys of one simulated world come from, and who checks what they sign. */
export type Keys = {
  readonly crypto: Crypto;
  /** @param seed 32 bytes */
  readonly signer: (seed: Uint8Array, name: string, kind: VkeyKind) => Signer;
};

const sha256: Sha256 = (bytes) => Uint8Array.from(hash("sha256", bytes, "buffer"));

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

/** Real Ed25519. One world asks the same question once for each house: each is answered once. */
export function ed25519Keys(): Keys {
  const verdicts = new Map<string, boolean>();
  const verify: Crypto["verify"] = (publicKey, message, signature) => {
    const question = toHex(sha256(concatBytes(publicKey, signature, message)));
    const known = verdicts.get(question) ?? nobleCrypto.verify(publicKey, message, signature);
    verdicts.set(question, known);
    return known;
  };
  return { crypto: { sha256, verify }, signer: nobleSigner };
}
