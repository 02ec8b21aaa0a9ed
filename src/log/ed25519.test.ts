import { describe, expect, test } from "vitest";
import { fromHex, toHex, utf8Encode } from "../basics/bytes.ts";
import { isStrictSignature } from "./ed25519.ts";
import { nobleCrypto, nobleSigner } from "./ed25519-noble.ts";
import { type WebVerifier, webVerify } from "./ed25519-web.ts";

/*
 * The vectors for all runtimes are in test/vectors/ed25519.test.ts; here is what needs no vector file.
 */

const signer = nobleSigner(new Uint8Array(32).fill(7), "key", "log");
const { publicKey } = signer.vkey;
const message = utf8Encode("message");
const signature = signer.sign(message);
const prime = 2n ** 255n - 19n;

function encoded(y: bigint, sign: bigint): Uint8Array {
  const number = y | (sign << 255n);
  return Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * i)) & 255n));
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (
    let rest = exponent, square = base % prime;
    rest > 0n;
    rest >>= 1n, square = (square * square) % prime
  ) {
    if (rest & 1n) result = (result * square) % prime;
  }
  return result;
}

/** y of the points of order 8: they double to y = 0, so y² = −x², and the curve's equation gives d·y⁴ + 2·y² = 1. */
function orderEightYs(): bigint[] {
  const d = (prime - ((121665n * power(121666n, prime - 2n)) % prime)) % prime;
  const rootOfMinusOne = power(2n, (prime - 1n) / 4n);
  const squareRoots = (square: bigint): bigint[] => {
    const candidate = power(square, (prime + 3n) / 8n);
    const roots = [candidate, (candidate * rootOfMinusOne) % prime];
    return roots.filter((root) => (root * root) % prime === square).flatMap((root) => [root, prime - root]);
  };
  const half = power(d, prime - 2n);
  return squareRoots((1n + d) % prime)
    .map((root) => ((prime - 1n + root) * half) % prime)
    .flatMap(squareRoots);
}

describe("isStrictSignature", () => {
  test("[SIG1] a plain signature passes", () => {
    expect(isStrictSignature(publicKey, signature)).toBe(true);
  });

  test("[SIG1] the points of order 8, from the curve's equation, are refused as A and as R", () => {
    const ys = orderEightYs();
    expect(ys).toHaveLength(2);
    for (const y of [...ys, 0n, 1n, prime - 1n]) {
      for (const sign of [0n, 1n]) {
        const point = encoded(y, sign);
        expect(isStrictSignature(point, signature), toHex(point)).toBe(false);
        expect(isStrictSignature(publicKey, Uint8Array.from([...point, ...signature.slice(32)]))).toBe(false);
      }
    }
  });

  test("[SIG1] y from p to 2^255 - 1 is refused as A and as R, p - 2 is not", () => {
    for (let y = prime; y < 2n ** 255n; y += 1n) {
      for (const sign of [0n, 1n]) {
        expect(isStrictSignature(encoded(y, sign), signature)).toBe(false);
        const r = encoded(y, sign);
        expect(isStrictSignature(publicKey, Uint8Array.from([...r, ...signature.slice(32)]))).toBe(false);
      }
    }
    expect(isStrictSignature(encoded(prime - 2n, 0n), signature)).toBe(true);
    expect(isStrictSignature(encoded(prime - 2n, 1n), signature)).toBe(true);
  });

  test.each([0, 1, 31, 33, 64])("[SIG1] a key of %d bytes is refused", (length) => {
    expect(isStrictSignature(new Uint8Array(length).fill(2), signature)).toBe(false);
  });

  test.each([0, 32, 63, 65, 128])("[SIG1] a signature of %d bytes is refused", (length) => {
    expect(isStrictSignature(publicKey, new Uint8Array(length).fill(2))).toBe(false);
  });

  test("[SIG1] it changes nothing of what it is given", () => {
    const before = [toHex(publicKey), toHex(signature)];
    isStrictSignature(publicKey, signature);
    expect([toHex(publicKey), toHex(signature)]).toEqual(before);
  });
});

describe("noble", () => {
  test("[SIG2] RFC 8032 §7.1, test 2", () => {
    const seed = fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const rfc = nobleSigner(seed.ok ? seed.value : new Uint8Array(32), "rfc8032", "log");
    expect(toHex(rfc.vkey.publicKey)).toBe(
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    );
    const made = rfc.sign(Uint8Array.of(0x72));
    expect(toHex(made)).toBe(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    expect(nobleCrypto.verify(rfc.vkey.publicKey, Uint8Array.of(0x72), made)).toBe(true);
    expect(nobleCrypto.verify(rfc.vkey.publicKey, Uint8Array.of(0x73), made)).toBe(false);
  });

  test("[SIG3] a key that is no point of the curve is false, not an exception", () => {
    expect(nobleCrypto.verify(encoded(2n, 0n), message, signature)).toBe(false);
  });

  test("[SIG3] a signer keeps its own copy of the seed", () => {
    const seed = new Uint8Array(32).fill(7);
    const own = nobleSigner(seed, "key", "log");
    seed.fill(0);
    expect(own.sign(message)).toEqual(signature);
    expect(() => nobleSigner(new Uint8Array(31), "key", "log")).toThrow("invariant");
  });
});

describe("WebCrypto", () => {
  function failing(name: string): WebVerifier {
    const fail = () => Promise.reject(new DOMException("no", name));
    return { importKey: fail, verify: fail };
  }

  test("[SIG2] a signature is taken and its change refused", async () => {
    expect(await webVerify(crypto.subtle, publicKey, message, signature)).toBe(true);
    expect(await webVerify(crypto.subtle, publicKey, utf8Encode("massage"), signature)).toBe(false);
  });

  test("[SIG3] a key that the runtime cannot import is false", async () => {
    expect(await webVerify(failing("DataError"), publicKey, message, signature)).toBe(false);
  });

  test("[SIG3] a runtime without Ed25519 is an error, not a verdict", async () => {
    await expect(webVerify(failing("NotSupportedError"), publicKey, message, signature)).rejects.toThrow(
      "no",
    );
  });

  test("[SIG1] what is not strict is refused before the runtime is asked", async () => {
    const taking: WebVerifier = {
      importKey: () => Promise.resolve({} as CryptoKey),
      verify: () => Promise.resolve(true),
    };
    const smallOrder = new Uint8Array(32);
    expect(await webVerify(taking, publicKey, message, signature)).toBe(true);
    expect(await webVerify(taking, smallOrder, message, signature)).toBe(false);
    expect(await webVerify(taking, publicKey, message, new Uint8Array(64))).toBe(false);
  });

  test("[SIG2] bytes changed while the runtime works do not change the verdict", async () => {
    const later = Uint8Array.from(message);
    const verdict = webVerify(crypto.subtle, publicKey, later, signature);
    later.fill(0);
    expect(await verdict).toBe(true);
  });
});
