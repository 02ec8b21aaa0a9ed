import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  toBase64,
  toHex,
  utf8Decode,
  utf8Encode,
} from "./bytes.ts";

const anyBytes = fc.uint8Array({ maxLength: 100 });

describe("base64", () => {
  test.each([
    ["", ""],
    ["66", "Zg=="],
    ["666f", "Zm8="],
    ["666f6f", "Zm9v"],
    ["666f6f62", "Zm9vYg=="],
    ["fbefff", "++//"],
  ])("[BYTES1] %s is %s", (hex, text) => {
    const bytes = fromHex(hex);
    expect(bytes.ok && toBase64(bytes.value)).toBe(text);
    expect(fromBase64(text)).toEqual(bytes);
  });

  test.each([
    "Z",
    "Zg",
    "Zg=",
    "Zg===",
    "====",
    "=",
    "Zh==",
    "Zm9=",
    "Zm 9",
    "Zm9v\n",
    "Zm9v ",
    "Zm-_",
    "Zg==Zg==",
  ])("[BYTES1] %j is refused", (text) => {
    expect(fromBase64(text)).toEqual({ ok: false, error: "not-base64" });
  });

  test("[BYTES1] any bytes come back, and each has one spelling", () => {
    fc.assert(
      fc.property(anyBytes, fc.base64String(), (bytes, text) => {
        expect(fromBase64(toBase64(bytes))).toEqual({ ok: true, value: bytes });
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        const decoded = fromBase64(text);
        return !decoded.ok || toBase64(decoded.value) === text;
      }),
    );
  });

  test("[BYTES1] a megabyte does not overflow the stack", () => {
    const bytes = new Uint8Array(1 << 20).map((_, i) => i);
    const back = fromBase64(toBase64(bytes));
    expect(back.ok && equalBytes(back.value, bytes)).toBe(true);
  });
});

describe("hexadecimal", () => {
  test.each(["0", "0G", "AB", " 00", "0x00", "00\n"])("[BYTES2] %j is refused", (text) => {
    expect(fromHex(text)).toEqual({ ok: false, error: "not-hex" });
  });

  test("[BYTES2] any bytes come back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual({ ok: true, value: bytes });
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });
});

describe("UTF-8", () => {
  test.each([
    ["a lone continuation byte", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["more than U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["half a character", [0xe2, 0x82]],
    ["0xff", [0xff]],
  ])("[BYTES3] %s is refused", (_, bytes) => {
    expect(utf8Decode(Uint8Array.from(bytes))).toEqual({ ok: false, error: "not-utf8" });
  });

  test("[BYTES3] a byte order mark stays, and a refusal leaves nothing behind", () => {
    const mark = Uint8Array.of(0xef, 0xbb, 0xbf, 0x41);
    expect(utf8Decode(Uint8Array.of(0xe2, 0x82)).ok).toBe(false);
    expect(utf8Decode(mark)).toEqual({ ok: true, value: "\ufeffA" });
  });

  test("[BYTES3] well-formed text comes back, and bytes are text only if they come back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), anyBytes, (text, bytes) => {
        expect(utf8Decode(utf8Encode(text))).toEqual({ ok: true, value: text });
        const decoded = utf8Decode(bytes);
        return !decoded.ok || equalBytes(utf8Encode(decoded.value), bytes);
      }),
    );
  });
});

describe("arrays", () => {
  test("[BYTES4] concat is a copy of all parts in order", () => {
    const part = Uint8Array.of(1, 2);
    const all = concatBytes(part, new Uint8Array(0), Uint8Array.of(3));
    part.fill(9);
    expect(all).toEqual(Uint8Array.of(1, 2, 3));
    expect(concatBytes()).toEqual(new Uint8Array(0));
  });

  test("[BYTES4] equal means the same length and bytes", () => {
    fc.assert(
      fc.property(
        anyBytes,
        anyBytes,
        (a, b) => equalBytes(a, b) === (toHex(a) === toHex(b)) && equalBytes(a, a),
      ),
    );
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});
