import { toHex, utf8Encode } from "../../src/basics/bytes.ts";
import {
  add,
  basePoint,
  challenge,
  decodeLeniently,
  encode,
  encodeParts,
  fieldPrime,
  groupOrder,
  identity,
  isEqual,
  isSmallOrder,
  littleEndian,
  modulo,
  multiply,
  negate,
  type Point,
  verifyStrictly,
} from "./edwards.ts";

export type SignatureVector = {
  readonly name: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
};

type Parts = {
  readonly a: Uint8Array;
  readonly message: Uint8Array;
  readonly r: Uint8Array;
  readonly s: bigint;
};

// Any fixed scalars do: these vectors test who accepts, not who can guess.
const secretA = modulo(0x5eed_0a11n ** 9n, groupOrder);
const secretR = modulo(0x5eed_0b22n ** 9n, groupOrder);
const pointA = multiply(basePoint, secretA);
const pointR = multiply(basePoint, secretR);
const [encodedA, encodedR] = [encode(pointA), encode(pointR)];

const generator = torsionGenerator();
/** The eight points whose order divides 8, as multiples of one of order 8. */
export const torsion = Array.from({ length: 8 }, (_, i): Point => multiply(generator, BigInt(i)));

/** Every vector, in a fixed order. */
export function signatureVectors(): SignatureVector[] {
  return [
    ...plainVectors(),
    ...lengthVectors(),
    ...largeScalarVectors(),
    ...strangeKeyVectors(),
    ...strangeRVectors(),
    ...mixedKeyVectors(),
    ...mixedRVectors(),
  ];
}

/** L times a point leaves only its torsion part. */
function torsionGenerator(): Point {
  for (let y = 2n; ; y += 1n) {
    const point = decodeLeniently(encodeParts(y, 0n));
    const part = point === null ? identity : multiply(point, groupOrder);
    if (!isEqual(multiply(part, 4n), identity)) return part;
  }
}

/** Encodings that the strict profile refuses: small order with both signs, and every y from p to 2^255 − 1. */
function strangeEncodings(): { name: string; bytes: Uint8Array }[] {
  const smallYs = [...new Set(torsion.map((point) => point.y))];
  const largeYs = Array.from({ length: 19 }, (_, i) => fieldPrime + BigInt(i));
  const ofY = (name: string, y: bigint) =>
    [0n, 1n].map((sign) => ({ name: `${name}, sign ${sign}`, bytes: encodeParts(y, sign) }));
  return [
    ...smallYs.flatMap((y, i) => ofY(`small-order y ${i}`, y)),
    ...largeYs.flatMap((y, i) => ofY(`y = p + ${i}`, y)),
  ];
}

function plainVectors(): SignatureVector[] {
  const lengths = [0, 1, 32, 127, 128, 1023];
  const good = lengths.map((length) =>
    sign(`valid, message of ${length} bytes`, new Uint8Array(length).fill(0x2a)),
  );
  const base = partsOf(utf8Encode("one flipped bit"));
  const flips = [0, 1, 7, 100, 254, 255].flatMap((bit) => [
    vector(`bit ${bit} of A flipped`, { ...base, a: flip(base.a, bit) }),
    vector(`bit ${bit} of R flipped`, { ...base, r: flip(base.r, bit) }),
    vector(`bit ${bit} of S flipped`, { ...base, s: base.s ^ (1n << BigInt(bit)) }),
  ]);
  const message = vector("a bit of the message flipped", { ...base, message: flip(base.message, 3) });
  const zero = vector("S = 0", { ...base, s: 0n });
  const offCurve = vector("A is no point of the curve", { ...base, a: encodeParts(offCurveY(), 0n) });
  return [...good, ...flips, message, zero, offCurve];
}

function lengthVectors(): SignatureVector[] {
  const base = vector("", partsOf(utf8Encode("lengths")));
  const keys = [0, 62, 66].map((length) => ({
    ...base,
    name: `public key of ${length / 2} bytes`,
    publicKey: base.publicKey.padEnd(length, "0").slice(0, length),
  }));
  const signatures = [0, 64, 126, 130].map((length) => ({
    ...base,
    name: `signature of ${length / 2} bytes`,
    signature: base.signature.padEnd(length, "0").slice(0, length),
  }));
  return [...keys, ...signatures].map((changed) => ({ ...changed, valid: false }));
}

/** The same signature with a multiple of L added to S: the equation still holds. */
function largeScalarVectors(): SignatureVector[] {
  const base = partsOf(utf8Encode("S is not below L"));
  const sums = Array.from({ length: 16 }, (_, i) => i + 1)
    .map((times) => ({ times, s: base.s + BigInt(times) * groupOrder }))
    .filter(({ s }) => s < 2n ** 256n)
    .map(({ times, s }) => vector(`S + ${times} L`, { ...base, s }));
  const exact = vector("S = L", { ...base, s: groupOrder });
  return [...sums, exact, vector("S = 2^256 - 1", { ...base, s: 2n ** 256n - 1n })];
}

/** For a key of small order anyone can make a signature that a careless verifier takes: S·B = R, k·A = 0. */
function strangeKeyVectors(): SignatureVector[] {
  return strangeEncodings().map(({ name, bytes }) => {
    const point = decodeLeniently(bytes);
    const holds = (k: bigint) =>
      point === null || !isSmallOrder(point) || isEqual(multiply(point, k), identity);
    const message = search(`A: ${name}`, (text) => holds(challenge(encodedR, bytes, text)));
    return vector(`A: ${name}`, { a: bytes, message, r: encodedR, s: secretR });
  });
}

/** Each once under a clean key (the cofactored equation holds) and once under a mixed one (both may hold). */
function strangeRVectors(): SignatureVector[] {
  return strangeEncodings().flatMap(({ name, bytes }) => {
    const point = decodeLeniently(bytes);
    const mixed = add(pointA, generator);
    return [
      { under: "clean A", key: pointA, part: identity },
      { under: "mixed A", key: mixed, part: generator },
    ].map(({ under, key, part }) => {
      const a = encode(key);
      const holds = (k: bigint) =>
        under === "clean A" ||
        point === null ||
        !isSmallOrder(point) ||
        isEqual(negate(multiply(part, k)), point);
      const message = search(`R: ${name}, ${under}`, (text) => holds(challenge(bytes, a, text)));
      const s = modulo(challenge(bytes, a, message) * secretA, groupOrder);
      return vector(`R: ${name}, ${under}`, { a, message, r: bytes, s });
    });
  });
}

/** A = a·B + T: the cofactorless equation holds exactly when k·T = 0. */
function mixedKeyVectors(): SignatureVector[] {
  return torsion.slice(1).flatMap((part, i) =>
    [true, false].map((holds) => {
      const a = encode(add(pointA, part));
      const name = `mixed A, torsion ${i + 1}, cofactorless equation ${holds ? "holds" : "fails"}`;
      const message = search(name, (text) => {
        return isEqual(multiply(part, challenge(encodedR, a, text)), identity) === holds;
      });
      return vector(name, { a, message, r: encodedR, s: response(encodedR, a, message) });
    }),
  );
}

/** R = r·B + T: fails under a clean key, holds under a mixed one whose torsion part times −k is T. */
function mixedRVectors(): SignatureVector[] {
  const mixedA = encode(add(pointA, generator));
  return torsion.slice(1).flatMap((part, i) => {
    const r = encode(add(pointR, part));
    const plain = utf8Encode(`mixed R ${i + 1}`);
    const name = `mixed R, torsion ${i + 1}, mixed A, cofactorless equation holds`;
    const message = search(name, (text) =>
      isEqual(negate(multiply(generator, challenge(r, mixedA, text))), part),
    );
    return [
      vector(`mixed R, torsion ${i + 1}, clean A`, {
        a: encodedA,
        message: plain,
        r,
        s: response(r, encodedA, plain),
      }),
      vector(name, { a: mixedA, message, r, s: response(r, mixedA, message) }),
    ];
  });
}

/** The first of the numbered messages whose challenge is as wanted: about one in eight is. */
function search(text: string, wanted: (message: Uint8Array) => boolean): Uint8Array {
  for (let i = 0; ; i += 1) {
    const message = utf8Encode(`${text} #${i}`);
    if (wanted(message)) return message;
  }
}

function offCurveY(): bigint {
  for (let y = 2n; ; y += 1n) if (decodeLeniently(encodeParts(y, 0n)) === null) return y;
}

function sign(name: string, message: Uint8Array): SignatureVector {
  return vector(name, partsOf(message));
}

function partsOf(message: Uint8Array): Parts {
  return { a: encodedA, message, r: encodedR, s: response(encodedR, encodedA, message) };
}

/** S = r + k·a mod L. */
function response(r: Uint8Array, a: Uint8Array, message: Uint8Array): bigint {
  return modulo(secretR + challenge(r, a, message) * secretA, groupOrder);
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

function vector(name: string, parts: Parts): SignatureVector {
  const signature = Uint8Array.from([...parts.r, ...littleEndian(parts.s)]);
  return {
    name,
    publicKey: toHex(parts.a),
    message: toHex(parts.message),
    signature: toHex(signature),
    valid: verifyStrictly(parts.a, parts.message, signature),
  };
}
