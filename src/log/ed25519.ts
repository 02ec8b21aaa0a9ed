import { assert } from "../basics/assert.ts";
import { fromHex } from "../basics/bytes.ts";
import { publicKeyBytes, signatureBytes } from "./crypto.ts";

/*
 * One strict Ed25519 profile for every runtime. Libraries differ on the edges of RFC 8032, and a signature that
 * one anchor takes and another refuses would split the boards. So each verifier first asks this module, and what
 * remains is the cofactorless equation encode(S·B − k·A) = R, k reduced mod L, on which they agree.
 */

/** Order of the base point, 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1), little-endian. */
const groupOrder = bytesOf("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
/** 2^255 − 19, little-endian. */
const fieldPrime = bytesOf("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
/**
 * y of the eight points whose order divides 8. Both signs of x belong to the same y. The last two are the roots
 * of d·y⁴ + 2·y² − 1 mod p, as a point of order 8 doubles to one with y = 0 (the test derives them again).
 */
const smallOrderYs = [
  bytesOf("0100000000000000000000000000000000000000000000000000000000000000"),
  bytesOf("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
  bytesOf("0000000000000000000000000000000000000000000000000000000000000000"),
  bytesOf("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
  bytesOf("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
];
const signBit = 0x80;

/**
 * The part of the strict profile that bytes alone decide: a 32-byte public key A, a 64-byte signature R ‖ S,
 * S < L, A and R canonically encoded and neither of small order. Public values only: not constant-time.
 */
export function isStrictSignature(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
  if (!isBelow(signature.subarray(32), groupOrder)) return false;
  return isStrictPoint(publicKey) && isStrictPoint(signature.subarray(0, 32));
}

/** A set sign bit with x = 0 is not canonical either: those two points are of small order. */
function isStrictPoint(encoded: Uint8Array): boolean {
  const y = Uint8Array.from(encoded);
  y[31] = (y[31] ?? 0) & ~signBit;
  return isBelow(y, fieldPrime) && !smallOrderYs.some((small) => isSame(y, small));
}

function isBelow(number: Uint8Array, limit: Uint8Array): boolean {
  for (let i = limit.length - 1; i >= 0; i -= 1) {
    const difference = (number[i] ?? 0) - (limit[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < b.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  assert(bytes.ok && bytes.value.length === 32, "a constant of 32 bytes");
  return bytes.value;
}
