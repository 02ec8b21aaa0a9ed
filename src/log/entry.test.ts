import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, utf8Decode, utf8Encode } from "../basics/bytes.ts";
import type { Json } from "../basics/canonical-json.ts";
import { nobleCrypto } from "./ed25519-noble.ts";
import { decodeEntry, type Entry, encodeEntry, entryBytesMax, isStorableEntry, leafHash } from "./entry.ts";

const plain: Entry = { at: 1_599_782_400_000, kind: "hospital.status/1", by: "nurse#7" };
const plainText = '{"at":1599782400000,"by":"nurse#7","kind":"hospital.status/1"}';

function changed(change: { readonly [key: string]: Json }): string {
  const members = Object.entries({ ...plain, ...change }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(members));
}

describe("encodeEntry and decodeEntry", () => {
  test("[LOG1] the bytes are canonical JSON: members in order, nothing between them", () => {
    expect(encodeEntry(plain)).toEqual({ ok: true, value: utf8Encode(plainText) });
    expect(decodeEntry(utf8Encode(plainText))).toEqual({ ok: true, value: plain });
  });

  test("[LOG1] the body comes back as it was written, unknown members too", () => {
    const entry: Entry = { ...plain, request: "r-000001", body: { x: [null, true, -1, "Ä"] }, later: "kept" };
    const bytes = encodeEntry(entry);
    expect(bytes.ok && decodeEntry(bytes.value)).toEqual({ ok: true, value: entry });
  });

  test.each([
    ["white space", '{"at":1, "by":"x","kind":"a.b/1"}', "not-canonical"],
    ["members out of order", '{"by":"x","at":1,"kind":"a.b/1"}', "not-canonical"],
    ["a member twice", '{"at":1,"at":1,"by":"x","kind":"a.b/1"}', "not-canonical"],
    ["a number with a fraction", '{"at":1.5,"by":"x","kind":"a.b/1"}', "number-not-safe-integer"],
    ["-0", '{"at":-0,"by":"x","kind":"a.b/1"}', "number-not-safe-integer"],
    ["1e3", '{"at":1e3,"by":"x","kind":"a.b/1"}', "not-canonical"],
    ["2^53", '{"at":9007199254740992,"by":"x","kind":"a.b/1"}', "number-not-safe-integer"],
    ["a lone surrogate", '{"at":1,"by":"\\ud800","kind":"a.b/1"}', "lone-surrogate"],
    ["an escape that needs none", '{"at":1,"by":"\\u0078","kind":"a.b/1"}', "not-canonical"],
    ["an upper-case escape", '{"a":"\\u001F"}', "not-canonical"],
    ["no JSON", "{", "not-json"],
    ["nothing", "", "not-json"],
    ["a final newline", `${plainText}\n`, "not-canonical"],
    ["a byte order mark", `\ufeff${plainText}`, "not-json"],
    ["an array", "[]", "not-an-object"],
    ["null", "null", "not-an-object"],
    ["a string", '"x"', "not-an-object"],
  ])("[LOG1] %s is refused at both borders", (_, text, error) => {
    expect(isStorableEntry(utf8Encode(text))).toEqual({ ok: false, error });
    expect(decodeEntry(utf8Encode(text))).toEqual({ ok: false, error });
  });

  test("[LOG1] bytes that are not UTF-8 are refused", () => {
    const bytes = concatBytes(utf8Encode('{"a":"'), Uint8Array.of(0xc3, 0x28), utf8Encode('"}'));
    expect(isStorableEntry(bytes)).toEqual({ ok: false, error: "not-utf8" });
    const overlong = concatBytes(utf8Encode('{"a":"'), Uint8Array.of(0xc0, 0xaf), utf8Encode('"}'));
    expect(isStorableEntry(overlong)).toEqual({ ok: false, error: "not-utf8" });
  });
});

describe("limits", () => {
  const ofSize = (bytes: number): string => `{"a":"${"x".repeat(bytes - 8)}"}`;
  const nested = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
  const wide = (members: number): string =>
    JSON.stringify(Object.fromEntries(Array.from({ length: members }, (_, i) => [`k${1000 + i}`, 0])));

  test.each([
    ["65,535 bytes", ofSize(entryBytesMax), null],
    ["65,536 bytes", ofSize(entryBytesMax + 1), "too-large"],
    ["8 levels", nested(8), null],
    ["9 levels", nested(9), "too-deep"],
    ["256 members", wide(256), null],
    ["257 members", wide(257), "too-many-members"],
    ["256 items", `{"a":[${Array(256).fill(0).join(",")}]}`, null],
    ["257 items", `{"a":[${Array(257).fill(0).join(",")}]}`, "too-many-members"],
    ["60,000 open brackets", "[".repeat(60_000), "not-json"],
  ])("[LOG2] %s", (_, text, error) => {
    const result = isStorableEntry(utf8Encode(text));
    expect(result.ok ? null : result.error).toBe(error);
  });

  test("[LOG2] the size counts bytes, not characters, when writing too", () => {
    const body = (characters: number): Entry => ({ ...plain, text: "ä".repeat(characters) });
    const overhead = plainText.length + ',"text":""'.length;
    const most = Math.floor((entryBytesMax - overhead) / 2);
    expect(encodeEntry(body(most)).ok).toBe(true);
    expect(encodeEntry(body(most + 1))).toEqual({ ok: false, error: "too-large" });
  });
});

describe("the fact border", () => {
  test.each([
    ["at 0", { at: 0 }, null],
    ["at the last safe integer", { at: Number.MAX_SAFE_INTEGER }, null],
    ["at below 0", { at: -1 }, "bad-at"],
    ["at as text", { at: "1" }, "bad-at"],
    ["at null", { at: null }, "bad-at"],
    ["two words in the kind", { kind: "a.b.c-d/12" }, null],
    ["a kind without version", { kind: "hospital.status" }, "bad-kind"],
    ["a kind with version 0", { kind: "hospital.status/0" }, "bad-kind"],
    ["a kind with version 01", { kind: "hospital.status/01" }, "bad-kind"],
    ["a kind of one word", { kind: "hospital/1" }, "bad-kind"],
    ["a kind in capitals", { kind: "Hospital.status/1" }, "bad-kind"],
    ["a kind with a newline", { kind: "hospital.status/1\n" }, "bad-kind"],
    ["a kind as a number", { kind: 1 }, "bad-kind"],
    ["a role alone", { by: "emergency-doctor" }, null],
    ["a role of 32 letters and six digits", { by: `${"a".repeat(32)}#123456` }, null],
    ["a role of 33 letters", { by: "a".repeat(33) }, "bad-by"],
    ["seven digits", { by: "nurse#1234567" }, "bad-by"],
    ["a name", { by: "Dr. Maier" }, "bad-by"],
    ["nobody", { by: "" }, "bad-by"],
    ["a request of 8", { request: "Aa0_-678" }, null],
    ["a request of 40", { request: "r".repeat(40) }, null],
    ["a request of 7", { request: "r".repeat(7) }, "bad-request"],
    ["a request of 41", { request: "r".repeat(41) }, "bad-request"],
    ["a request with a space", { request: "request 1" }, "bad-request"],
    ["a request null", { request: null }, "bad-request"],
  ])("[LOG3] %s", (_, change, error) => {
    const bytes = utf8Encode(changed(change));
    const decoded = decodeEntry(bytes);
    expect(decoded.ok ? null : decoded.error).toBe(error);
    // The log border takes them all: a tree cannot skip an entry.
    expect(isStorableEntry(bytes).ok).toBe(true);
    const encoded = encodeEntry(JSON.parse(changed(change)) as Entry);
    expect(encoded.ok ? null : encoded.error).toBe(error);
  });

  test.each(["at", "kind", "by"])("[LOG3] without %s it is stored but no fact", (member) => {
    const { [member]: _, ...rest } = plain;
    const bytes = utf8Encode(
      changed({})
        .replace(new RegExp(`"${member}":("[^"]*"|[0-9]+),?`), "")
        .replace(",}", "}"),
    );
    expect(isStorableEntry(bytes)).toEqual({ ok: true, value: rest });
    expect(decodeEntry(bytes)).toEqual({ ok: false, error: `bad-${member}` });
  });

  test("[LOG3] members that objects inherit are not taken for the entry's own", () => {
    const bytes = utf8Encode('{"__proto__":{"at":1,"by":"x","kind":"a.b/1"}}');
    expect(isStorableEntry(bytes).ok).toBe(true);
    expect(decodeEntry(bytes)).toEqual({ ok: false, error: "bad-at" });
  });
});

describe("leafHash", () => {
  const { sha256 } = nobleCrypto;

  test.each([0, 1, 300, 4_095, 4_096, 65_535])("[LOG4] %d bytes: SHA-256(0x00 ‖ bytes)", (length) => {
    const bytes = new Uint8Array(length).fill(0x7b);
    expect(leafHash(sha256, bytes)).toEqual(sha256(concatBytes(Uint8Array.of(0), bytes)));
  });

  test("[LOG4] a short entry after a long one carries nothing of it", () => {
    leafHash(sha256, new Uint8Array(4_000).fill(0xff));
    expect(leafHash(sha256, new Uint8Array(3))).toEqual(sha256(new Uint8Array(4)));
  });
});

describe("properties", () => {
  const leaf = fc.oneof(
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: "grapheme" }),
  );
  const { body } = fc.letrec<{ body: Json }>((tie) => ({
    body: fc.oneof(
      { depthSize: "small", maxDepth: 5 },
      leaf,
      fc.array(tie("body"), { maxLength: 5 }),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("body"), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));

  test("[LOG1] what is written is read again, and no other bytes mean the same", () => {
    fc.assert(
      fc.property(body, fc.nat(), (value, at) => {
        const entry: Entry = { ...plain, at, body: value };
        const bytes = encodeEntry(entry);
        if (!bytes.ok)
          return bytes.error === "number-not-safe-integer" && JSON.stringify(value).includes("0");
        const decoded = decodeEntry(bytes.value);
        const again = decoded.ok && encodeEntry(decoded.value);
        expect(again).toEqual(bytes);
        const text = utf8Decode(bytes.value);
        return text.ok && !isStorableEntry(utf8Encode(` ${text.value}`)).ok;
      }),
    );
  });

  test("[LOG1] random bytes throw nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = decodeEntry(bytes);
        return !result.ok;
      }),
    );
  });
});
