import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../basics/assert.ts";
import { seededRandom } from "../basics/random.ts";
import { nobleCrypto } from "../log/ed25519-noble.ts";
import { packBundle, unpackBundle } from "./bundle.ts";
import { packetBytesMax } from "./packet.ts";
import { newQrReader, qrCharactersMax, qrPartBytesMax, qrPartsMax, qrTexts } from "./qr.ts";

const { sha256 } = nobleCrypto;
const random = seededRandom(20_200_910);
const someBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.below(256));

function textsOf(bytes: Uint8Array): readonly string[] {
  const texts = qrTexts(sha256, bytes);
  if (!texts.ok) throw new Error(texts.error);
  return texts.value;
}

const sequence = textsOf(someBytes(3 * qrPartBytesMax + 1));
const code = (at: number): string => present(sequence[at], "a code");

describe("[QR1] a sequence of codes", () => {
  test.each([0, 1, qrPartBytesMax, qrPartBytesMax + 1, 5 * qrPartBytesMax])(
    "of %i bytes is read",
    (length) => {
      const bytes = someBytes(length);
      const reader = newQrReader(sha256);
      for (const text of textsOf(bytes)) expect(reader.take(text)).toEqual({ ok: true, value: "new" });
      expect(reader.whole()).toEqual(bytes);
      expect(reader.missing()).toEqual([]);
    },
  );

  test("is made of characters that a code holds densely, at most 1,200 of them", () => {
    for (const text of sequence) {
      expect(text).toMatch(/^HF1\/[1-4]\/4\/[0-9A-F]{12}\/[0-9A-Z $%*+\-./:]*$/);
      expect(text.length).toBeLessThanOrEqual(qrCharactersMax);
    }
    expect(qrPartBytesMax).toBeGreaterThan(770);
  });

  test("has at most 200 parts", () => {
    expect(textsOf(new Uint8Array(qrPartsMax * qrPartBytesMax))).toHaveLength(200);
    expect(qrTexts(sha256, new Uint8Array(qrPartsMax * qrPartBytesMax + 1))).toEqual({
      ok: false,
      error: "too-large",
    });
  });
});

describe("[QR2] codes are read", () => {
  test("in any order and however often each is seen", () => {
    const order = fc.array(fc.nat({ max: sequence.length - 1 }), { maxLength: 12 });
    fc.assert(
      fc.property(order, (seen) => {
        const reader = newQrReader(sha256);
        const met = new Set<number>();
        for (const at of seen) {
          expect(reader.take(code(at))).toEqual({ ok: true, value: met.has(at) ? "known" : "new" });
          met.add(at);
        }
        const lacking = sequence.flatMap((_, at) => (met.has(at) ? [] : [at + 1]));
        expect(reader.missing()).toEqual(seen.length === 0 ? null : lacking);
        expect(reader.whole() === null).toBe(met.size < sequence.length);
      }),
    );
  });
});

describe("[QR3] refused, and nothing changes", () => {
  const other = textsOf(someBytes(3 * qrPartBytesMax));
  const changed = (text: string, at: number): string =>
    `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
  test.each([
    ["a code of something else", "https://example.com/", "not-ours"],
    ["nothing", "", "not-ours"],
    ["a later version", code(0).replace("HF1", "HF2"), "not-ours"],
    ["one that is cut short", code(0).slice(0, -3), "damaged"],
    ["one that is too long", `${code(0)}${"0".repeat(300)}`, "damaged"],
    ["another part number", code(0).replace("HF1/1/", "HF1/3/"), "damaged"],
    ["part 0", code(0).replace("HF1/1/", "HF1/0/"), "damaged"],
    ["a part past the last", code(0).replace("HF1/1/", "HF1/5/"), "damaged"],
    ["another number of parts", code(0).replace("/4/", "/3/"), "damaged"],
    ["small letters", code(0).toLowerCase().replace("hf1", "HF1"), "damaged"],
    ["a part of another sequence", present(other[0], "a code"), "another-sequence"],
  ])("%s", (_, text, error) => {
    const reader = newQrReader(sha256);
    reader.take(code(1));
    expect(reader.take(text)).toEqual({ ok: false, error });
    expect(reader.missing()).toEqual([1, 3, 4]);
    for (const good of sequence) reader.take(good);
    expect(reader.whole()).not.toBeNull();
  });

  test("any one character that is misread", () => {
    for (let at = 4; at < code(3).length; at += 1) {
      const reader = newQrReader(sha256);
      expect(reader.take(changed(code(3), at)).ok).toBe(false);
    }
  });
});

describe("[QR4] a bundle of packets", () => {
  test("is read as it was written", () => {
    const packets = [0, 1, 300].map(someBytes);
    expect(unpackBundle(packBundle(packets))).toEqual({ ok: true, value: packets });
    expect(unpackBundle(new Uint8Array(0))).toEqual({ ok: true, value: [] });
  });

  test("that is cut short or names a length past its end is none", () => {
    const bundle = packBundle([someBytes(9), someBytes(5)]);
    for (let end = 1; end < bundle.length; end += 1) {
      if (end !== 13) expect(unpackBundle(bundle.slice(0, end)).ok).toBe(false);
    }
    const huge = packBundle([new Uint8Array(packetBytesMax + 1)]);
    expect(unpackBundle(huge).ok).toBe(false);
  });
});
