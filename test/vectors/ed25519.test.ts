import { createPublicKey, verify } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import { fromHex } from "../../src/basics/bytes.ts";
import { isStrictSignature } from "../../src/log/ed25519.ts";
import { nobleCrypto } from "../../src/log/ed25519-noble.ts";
import { webVerify } from "../../src/log/ed25519-web.ts";
import vectors from "./ed25519.json" with { type: "json" };
import type { SignatureVector } from "./ed25519-vectors.ts";
import { decodeLeniently, groupOrder, isSmallOrder, littleEndian } from "./edwards.ts";

function bytes(hex: string): Uint8Array {
  const decoded = fromHex(hex);
  if (!decoded.ok) throw new Error(`not hexadecimal: ${hex}`);
  return decoded.value;
}

function parts(vector: SignatureVector): [Uint8Array, Uint8Array, Uint8Array] {
  return [bytes(vector.publicKey), bytes(vector.message), bytes(vector.signature)];
}

function isTakenByBareNode(vector: SignatureVector): boolean {
  const [publicKey, message, signature] = parts(vector);
  const header = Buffer.from("302a300506032b6570032100", "hex");
  try {
    const key = createPublicKey({ key: Buffer.concat([header, publicKey]), format: "der", type: "spki" });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}

function isTakenByBareNoble(vector: SignatureVector): boolean {
  const [publicKey, message, signature] = parts(vector);
  try {
    return ed25519.verify(signature, message, publicKey);
  } catch {
    return false;
  }
}

describe("strict Ed25519", () => {
  test.each(vectors)("[SIG2] every runtime says $valid: $name", async (vector) => {
    const [publicKey, message, signature] = parts(vector);
    expect({
      node: nodeCrypto.verify(publicKey, message, signature),
      noble: nobleCrypto.verify(publicKey, message, signature),
      web: await webVerify(globalThis.crypto.subtle, publicKey, message, signature),
    }).toEqual({ node: vector.valid, noble: vector.valid, web: vector.valid });
  });

  test("[SIG1] the vectors hold every case of the profile", () => {
    const count = (pattern: RegExp) => vectors.filter((vector) => pattern.test(vector.name)).length;
    expect(count(/^A: small-order/)).toBe(10);
    expect(count(/^A: y = p/)).toBe(38);
    expect(count(/^R: small-order/)).toBe(20);
    expect(count(/^R: y = p/)).toBe(76);
    expect(count(/^S \+ /)).toBeGreaterThanOrEqual(14);
    expect(count(/^mixed A.*holds$/)).toBe(7);
    expect(count(/^mixed A.*fails$/)).toBe(7);
    expect(count(/^mixed R.*clean A$/)).toBe(7);
    expect(count(/^mixed R.*holds$/)).toBe(7);
  });

  test("[SIG1] without the profile, the runtimes differ on these vectors", () => {
    const bareNode = vectors.filter((vector) => isTakenByBareNode(vector) !== vector.valid);
    const bareNoble = vectors.filter((vector) => isTakenByBareNoble(vector) !== vector.valid);
    expect(bareNode.length).toBeGreaterThan(0);
    expect(bareNoble.length).toBeGreaterThan(bareNode.length);
  });

  test("[SIG1] the pre-check agrees with group arithmetic on every canonical small y", () => {
    const base = vectors.find((vector) => vector.valid);
    const signature = bytes(base?.signature ?? "");
    for (let y = 0n; y < 40n; y += 1n) {
      const point = decodeLeniently(littleEndian(y));
      if (point === null) continue;
      expect(isStrictSignature(littleEndian(y), signature)).toBe(!isSmallOrder(point));
    }
  });

  test("[SIG1] S = L - 1 is below L, S = L is not", () => {
    const base = bytes(vectors.find((vector) => vector.valid)?.signature ?? "");
    const publicKey = bytes(vectors.find((vector) => vector.valid)?.publicKey ?? "");
    const withS = (s: bigint) => Uint8Array.from([...base.subarray(0, 32), ...littleEndian(s)]);
    expect(isStrictSignature(publicKey, withS(groupOrder - 1n))).toBe(true);
    expect(isStrictSignature(publicKey, withS(groupOrder))).toBe(false);
    expect(isStrictSignature(publicKey, withS(0n))).toBe(true);
  });
});
