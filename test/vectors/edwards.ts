/*
 * Ed25519 by the book (RFC 8032 §5.1), with big integers: slow, and independent of every library, so that the
 * vectors do not inherit a library's opinion on the edge cases. Never for real keys.
 */
import { createHash } from "node:crypto";

export type Point = { readonly x: bigint; readonly y: bigint };

export const fieldPrime = 2n ** 255n - 19n;
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
const curveD = modulo(-121665n * inverse(121666n));
export const identity: Point = { x: 0n, y: 1n };
export const basePoint: Point = { x: rootX(modulo(4n * inverse(5n)), 0n) ?? 0n, y: modulo(4n * inverse(5n)) };

export function modulo(number: bigint, modulus: bigint = fieldPrime): bigint {
  const rest = number % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, modulo(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

function inverse(number: bigint): bigint {
  return power(number, fieldPrime - 2n);
}

/** x with this parity and x² = (y² − 1) / (d·y² + 1), or null when there is none. x = 0 has parity 0 and 1 here. */
export function rootX(y: bigint, parity: bigint): bigint | null {
  const square = modulo((y * y - 1n) * inverse(curveD * y * y + 1n));
  let x = power(square, (fieldPrime + 3n) / 8n);
  if (modulo(x * x) !== square) x = modulo(x * power(2n, (fieldPrime - 1n) / 4n));
  if (modulo(x * x) !== square) return null;
  return (x & 1n) === parity ? x : modulo(-x);
}

/** A point with x = X/Z, y = Y/Z, T = XY/Z: adding needs no inverse. */
type Extended = { readonly x: bigint; readonly y: bigint; readonly z: bigint; readonly t: bigint };

export function add(a: Point, b: Point): Point {
  return affine(addExtended(extended(a), extended(b)));
}

function addExtended(a: Extended, b: Extended): Extended {
  const c = modulo(curveD * a.t * b.t);
  const d = a.z * b.z;
  const e = modulo((a.x + a.y) * (b.x + b.y) - a.x * b.x - a.y * b.y);
  const h = modulo(a.y * b.y + a.x * b.x);
  const [f, g] = [modulo(d - c), modulo(d + c)];
  return { x: modulo(e * f), y: modulo(g * h), z: modulo(f * g), t: modulo(e * h) };
}

function extended(point: Point): Extended {
  return { x: point.x, y: point.y, z: 1n, t: modulo(point.x * point.y) };
}

function affine(point: Extended): Point {
  const reciprocal = inverse(point.z);
  return { x: modulo(point.x * reciprocal), y: modulo(point.y * reciprocal) };
}

export function negate(point: Point): Point {
  return { x: modulo(-point.x), y: point.y };
}

export function multiply(point: Point, scalar: bigint): Point {
  let [result, doubled] = [extended(identity), extended(point)];
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = addExtended(result, doubled);
    doubled = addExtended(doubled, doubled);
  }
  return affine(result);
}

export function isEqual(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

export function isSmallOrder(point: Point): boolean {
  return isEqual(multiply(point, 8n), identity);
}

export function encode(point: Point): Uint8Array {
  return encodeParts(point.y, point.x & 1n);
}

/** Any y below 2^255 with any sign bit, canonical or not. */
export function encodeParts(y: bigint, sign: bigint): Uint8Array {
  return littleEndian(y | (sign << 255n));
}

/** As lenient as a decoder can be: y is taken mod p, a sign bit at x = 0 is ignored. Null: not on the curve. */
export function decodeLeniently(bytes: Uint8Array): Point | null {
  const number = fromLittleEndian(bytes);
  const y = modulo(number & (2n ** 255n - 1n));
  const x = rootX(y, number >> 255n);
  return x === null ? null : { x, y };
}

export function littleEndian(number: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * i)) & 255n));
}

export function fromLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** SHA-512(R ‖ A ‖ message) mod L. */
export function challenge(r: Uint8Array, a: Uint8Array, message: Uint8Array): bigint {
  const hash = createHash("sha512").update(r).update(a).update(message).digest();
  return modulo(fromLittleEndian(hash), groupOrder);
}

/** The strict profile in words of the group: canonical, on the curve, not of small order, S < L, cofactorless. */
export function verifyStrictly(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const [r, s] = [signature.slice(0, 32), fromLittleEndian(signature.slice(32))];
  const point = decodeStrictly(publicKey);
  if (s >= groupOrder || point === null || decodeStrictly(r) === null) return false;
  const k = challenge(r, publicKey, message);
  const expected = add(multiply(basePoint, s), negate(multiply(point, k)));
  return Buffer.compare(encode(expected), r) === 0;
}

function decodeStrictly(bytes: Uint8Array): Point | null {
  const point = decodeLeniently(bytes);
  if (point === null || isSmallOrder(point)) return null;
  return Buffer.compare(encode(point), bytes) === 0 ? point : null;
}
