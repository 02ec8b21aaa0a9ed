import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeAead, nodeCrypto } from "../src/anchor/crypto-node.ts";
import { present } from "../src/basics/assert.ts";
import { fromBase64, toBase64 } from "../src/basics/bytes.ts";
import type { JsonObject } from "../src/basics/canonical-json.ts";
import {
  caseIdOf,
  isCaseId,
  openBody,
  type SealedPlace,
  sealBody,
  sealedBodyBytesMax,
  sealedTextMax,
} from "../src/log/sealed.ts";

const key = new Uint8Array(32).fill(7);
const nonce = new Uint8Array(12).fill(9);
const id = caseIdOf(nodeCrypto.sha256, "r", "ukd", key);
const place: SealedPlace = { region: "r", device: "ukd/box", kind: "case.note/1", case: id };
const body = { name: "Ada Probe", born: 1_900 };

function sealed(what: JsonObject = body, at = place): string {
  const made = sealBody(nodeAead, key, nonce, at, what);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

describe("[SEAL1] a case is named by its site and the hash of its key", () => {
  test("another region, site or key is another case", () => {
    const other = key.slice();
    other[31] = 6;
    const ids = [
      id,
      caseIdOf(nodeCrypto.sha256, "s", "ukd", key),
      caseIdOf(nodeCrypto.sha256, "r", "evk", key),
      caseIdOf(nodeCrypto.sha256, "r", "ukd", other),
    ];
    expect(new Set(ids.map((one) => one.split("/")[1])).size).toBe(4);
    // SHA-256 of "holdfast/case/1\nr\nukd\n" and 32 bytes of 7.
    expect(id).toBe("ukd/abc5fcd9a529694900e63109e2b93157be7bc02bf8fd99f98aae442e64a1e610");
  });

  test.each([
    "ukd",
    "ukd/",
    `ukd/${"a".repeat(63)}`,
    `ukd/${"A".repeat(64)}`,
    `U/${"a".repeat(64)}`,
    `ukd/${"a".repeat(64)}/x`,
  ])("%s is none", (text) => {
    expect(isCaseId(text)).toBe(false);
    expect(isCaseId(id)).toBe(true);
  });
});

describe("[SEAL2] a sealed body", () => {
  test("opens to what was sealed, whatever that was", () => {
    const json = fc.dictionary(
      fc.string({ maxLength: 8 }),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      {
        maxKeys: 12,
      },
    );
    fc.assert(
      fc.property(json, (drawn) => {
        const what = { ...drawn };
        const made = sealBody(nodeAead, key, nonce, place, what);
        if (made.ok) expect(openBody(nodeAead, key, place, made.value)).toEqual({ ok: true, value: what });
      }),
    );
  });

  test("has a length that tells of steps of 128 bytes alone", () => {
    const lengthOf = (name: string) => sealed({ name }).length;
    expect(lengthOf("A")).toBe(lengthOf("A".repeat(100)));
    expect(lengthOf("A".repeat(117))).toBe(lengthOf("A"));
    expect(lengthOf("A".repeat(118))).toBeGreaterThan(lengthOf("A"));
  });

  test("is at most 32 KiB, and then still fits an entry", () => {
    const longest = sealed({ a: "x".repeat(sealedBodyBytesMax - 8) });
    expect(longest.length).toBeLessThanOrEqual(sealedTextMax);
    const longer = sealBody(nodeAead, key, nonce, place, { a: "x".repeat(sealedBodyBytesMax - 7) });
    expect(longer).toEqual({ ok: false, error: "body-too-long" });
    expect(sealBody(nodeAead, key, nonce, place, { a: 0.5 })).toEqual({
      ok: false,
      error: "body-not-canonical",
    });
  });

  test("shows nothing of what was sealed", () => {
    const bytes = fromBase64(sealed());
    expect(bytes.ok && Buffer.from(bytes.value).includes("Ada")).toBe(false);
  });
});

function changed(text: string, at: number): string {
  const bytes = fromBase64(text);
  const copy = bytes.ok ? bytes.value.slice() : new Uint8Array(0);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = present(copy[index], "a byte") ^ 1;
  return toBase64(copy);
}

/** What a device with the key, but not the writer, could put there. */
function sealedRaw(plain: Uint8Array): string {
  const text = `holdfast/sealed/1\nr\nukd/box\ncase.note/1\n${id}\n`;
  const box = nodeAead.seal(key, nonce, plain, new TextEncoder().encode(text));
  return toBase64(Uint8Array.from([...nonce, ...box]));
}

const padded = (text: string, to: number) =>
  Uint8Array.from({ length: to }, (_, i) => text.charCodeAt(i) || 0);
const otherKey = new Uint8Array(32).fill(8);
const good = sealed();

test.each([
  ["moved to another region", { ...place, region: "s" }, key, good, "does-not-open"],
  ["moved to another device's log", { ...place, device: "evk/box" }, key, good, "does-not-open"],
  ["moved to another kind of fact", { ...place, kind: "case.opened/1" }, key, good, "does-not-open"],
  ["moved to another case", { ...place, case: `ukd/${"0".repeat(64)}` }, key, good, "does-not-open"],
  ["opened with another key", place, otherKey, good, "does-not-open"],
  ["a bit of the nonce turned", place, key, changed(good, 0), "does-not-open"],
  ["a bit of the body turned", place, key, changed(good, 12), "does-not-open"],
  ["a bit of the tag turned", place, key, changed(good, -1), "does-not-open"],
  [
    "cut short by a byte",
    place,
    key,
    toBase64((fromBase64(good) as { value: Uint8Array }).value.slice(0, -1)),
    "does-not-open",
  ],
  ["cut to the nonce", place, key, toBase64(nonce), "not-sealed"],
  ["no base64", place, key, "?", "not-sealed"],
  ["nothing", place, key, "", "not-sealed"],
  ["a key that is none", place, new Uint8Array(16), good, "not-sealed"],
  ["sealed without padding", place, key, sealedRaw(padded(`{"a":1}`, 7)), "bad-body"],
  ["sealed with a step too much padding", place, key, sealedRaw(padded(`{"a":1}`, 256)), "bad-body"],
  ["sealed in another spelling", place, key, sealedRaw(padded(`{"a": 1}`, 128)), "bad-body"],
  ["a list sealed", place, key, sealedRaw(padded("[1]", 128)), "bad-body"],
  ["nothing sealed", place, key, sealedRaw(new Uint8Array(0)), "bad-body"],
] as const)("[SEAL3] tampered: %s → %s", (_what, at, withKey, text, error) => {
  expect(openBody(nodeAead, withKey, at, text)).toEqual({ ok: false, error });
});
