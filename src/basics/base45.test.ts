import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase45, toBase45 } from "./base45.ts";
import { utf8Encode } from "./bytes.ts";

describe("[BYTES5] base45", () => {
  // The examples of RFC 9285 §4.3 and §4.4.
  test.each([
    ["AB", "BB8"],
    ["Hello!!", "%69 VD92EX0"],
    ["base-45", "UJCLQE7W581"],
    ["ietf!", "QED8WEX0"],
    ["", ""],
  ])("of %j is %j", (plain, text) => {
    expect(toBase45(utf8Encode(plain))).toBe(text);
    expect(fromBase45(text)).toEqual({ ok: true, value: utf8Encode(plain) });
  });

  test("whatever was written is read", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual({ ok: true, value: bytes });
      }),
    );
  });

  test("whatever is read has that one spelling", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789ABCXYZ $%*+-./:a") });
    fc.assert(
      fc.property(text, (written) => {
        const read = fromBase45(written);
        if (read.ok) expect(toBase45(read.value)).toBe(written);
      }),
    );
  });

  test.each(["A", "BB8A", "::", ":::", "GGW", "bb8", "B_8", "5Ä0"])("%j is none", (text) => {
    expect(fromBase45(text).ok).toBe(false);
  });
});
