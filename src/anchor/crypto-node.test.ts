import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex, utf8Encode } from "../basics/bytes.ts";
import { nobleCrypto, nobleSigner } from "../log/ed25519-noble.ts";
import { nodeCrypto, nodeSigner } from "./crypto-node.ts";

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("crypto of the Node runtime", () => {
  test("[SIG2] the same keys, hashes, signatures and verdicts as noble", () => {
    fc.assert(
      fc.property(bytes32, fc.uint8Array({ maxLength: 300 }), fc.nat(511), (seed, message, bit) => {
        const [node, noble] = [nodeSigner(seed, "key", "log"), nobleSigner(seed, "key", "log")];
        expect(node.vkey).toEqual(noble.vkey);
        expect(nodeCrypto.sha256(message)).toEqual(nobleCrypto.sha256(message));
        const signature = node.sign(message);
        expect(signature).toEqual(noble.sign(message));
        const flipped = signature.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        for (const crypto of [nodeCrypto, nobleCrypto]) {
          expect(crypto.verify(node.vkey.publicKey, message, signature)).toBe(true);
          expect(crypto.verify(node.vkey.publicKey, message, flipped)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("[SIG3] random keys and signatures throw nothing", () => {
    const anything = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(fc.oneof(bytes32, anything), anything, anything, (key, message, signature) => {
        return !nodeCrypto.verify(key, message, signature);
      }),
    );
  });

  test("[SIG3] more keys than the cache holds", () => {
    const { vkey, sign } = nodeSigner(new Uint8Array(32).fill(7), "key", "log");
    const message = utf8Encode("message");
    const signature = sign(message);
    for (let i = 0; i < 5_000; i += 1) {
      const other = Uint8Array.from(vkey.publicKey);
      other[0] = i & 255;
      other[1] = i >> 8;
      const isOwn = toHex(other) === toHex(vkey.publicKey);
      expect(nodeCrypto.verify(other, message, signature)).toBe(isOwn);
    }
    expect(nodeCrypto.verify(vkey.publicKey, message, signature)).toBe(true);
  });

  test("hashes and signatures are arrays of their own: slice() copies", () => {
    const hash = nodeCrypto.sha256(new Uint8Array(0));
    const slice = hash.slice(0, 4);
    slice.fill(0);
    expect(toHex(hash.subarray(0, 4))).toBe("e3b0c442");
    expect(hash.buffer.byteLength).toBe(32);
    expect(nodeSigner(new Uint8Array(32), "key", "log").sign(hash).constructor).toBe(Uint8Array);
  });

  test("a seed has 32 bytes", () => {
    expect(() => nodeSigner(new Uint8Array(31), "key", "log")).toThrow("invariant");
  });
});
