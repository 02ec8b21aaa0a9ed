import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, toBase64, toHex, utf8Encode } from "../basics/bytes.ts";
import { nobleCrypto, nobleSigner } from "./ed25519-noble.ts";
import { formatVkey, holderKeyName, isKeyName, logKeyName, makeVkey, parseVkey, type Vkey } from "./vkey.ts";

const { sha256 } = nobleCrypto;
const publicKey = nobleSigner(new Uint8Array(32).fill(1), "x", "log").vkey.publicKey;
const logName = logKeyName("rhein", "ukd", "anchor-1");

function textOf(name: string, type: number, key: Uint8Array, keyId?: string): string {
  const material = concatBytes(Uint8Array.of(type), key);
  const id = keyId ?? toHex(sha256(concatBytes(utf8Encode(`${name}\n`), material)).slice(0, 4));
  return `${name}+${id}+${toBase64(material)}`;
}

describe("vkeys", () => {
  test("[KEY1] name, first four bytes of the hash of name, type and key, then type and key", () => {
    const log = makeVkey(sha256, "log", logName, publicKey);
    const holder = makeVkey(sha256, "holder", holderKeyName("rhein", "ukd", "anchor-1"), publicKey);
    expect(formatVkey(log)).toBe(textOf("holdfast/1/rhein/ukd/anchor-1", 0x01, publicKey));
    expect(formatVkey(holder)).toBe(textOf("holdfast/1/rhein/ukd/anchor-1/holder", 0x04, publicKey));
    expect(parseVkey(sha256, formatVkey(log))).toEqual({ ok: true, value: log });
    expect(parseVkey(sha256, formatVkey(holder))).toEqual({ ok: true, value: holder });
  });

  test("[KEY1] the same key under another name or of another kind has another id", () => {
    const ids = [
      makeVkey(sha256, "log", "a", publicKey),
      makeVkey(sha256, "holder", "a", publicKey),
      makeVkey(sha256, "log", "b", publicKey),
    ].map((vkey) => toHex(vkey.keyId));
    expect(new Set(ids).size).toBe(3);
  });

  test("[KEY1] the public verifier key of a C2SP note server is read", () => {
    const text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const vkey = parseVkey(sha256, text);
    expect(vkey.ok && formatVkey(vkey.value)).toBe(text);
  });

  const good = textOf(logName, 1, publicKey);
  test.each([
    ["nothing", ""],
    ["a name alone", logName],
    ["no key", `${logName}+00000000`],
    ["a wrong key id", textOf(logName, 1, publicKey, "00000000")],
    ["a key id in capitals", good.replace(/\+([0-9a-f]{8})\+/, (id) => id.toUpperCase())],
    ["a key id of three bytes", good.replace(/\+[0-9a-f]{2}/, "+")],
    ["another name", good.replace("ukd", "ukE")],
    ["an empty name", textOf("", 1, publicKey)],
    ["a name with a space", textOf("a b", 1, publicKey)],
    ["a name with a no-break space", textOf("a\u00a0b", 1, publicKey)],
    ["a name with a newline", textOf("a\nb", 1, publicKey)],
    ["a name of 256 characters", textOf("a".repeat(256), 1, publicKey)],
    ["type 2", textOf(logName, 2, publicKey)],
    ["a key of 31 bytes", textOf(logName, 1, publicKey.slice(1))],
    ["a key of 33 bytes", textOf(logName, 1, concatBytes(publicKey, Uint8Array.of(0)))],
    ["no padding", good.replaceAll("=", "").slice(0, -1)],
    ["a final newline", `${good}\n`],
    ["a further part", `${good}+`],
  ])("[KEY1] refused: %s", (_, text) => {
    expect(parseVkey(sha256, text)).toEqual({ ok: false, error: "not-a-vkey" });
  });

  test("[KEY1] parse(format(vkey)) for any key", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.boolean(), (key, isLog) => {
        const vkey: Vkey = makeVkey(sha256, isLog ? "log" : "holder", "any/name", key);
        expect(parseVkey(sha256, formatVkey(vkey))).toEqual({ ok: true, value: vkey });
      }),
    );
  });

  test("[KEY1] a vkey keeps its own copy of the key", () => {
    const key = Uint8Array.from(publicKey);
    const vkey = makeVkey(sha256, "log", "a", key);
    key.fill(0);
    expect(vkey.publicKey).toEqual(publicKey);
  });
});

describe("key names", () => {
  test("[KEY2] a device's log key and holder key", () => {
    expect(logKeyName("r", "s", "d")).toBe("holdfast/1/r/s/d");
    expect(holderKeyName("r", "s", "d")).toBe("holdfast/1/r/s/d/holder");
    const longest = "x".repeat(32);
    expect(isKeyName(holderKeyName(longest, longest, longest))).toBe(true);
  });

  test.each([
    ["R", "s", "d"],
    ["r", "", "d"],
    ["r", "s", "d/e"],
    ["r", "s", "x".repeat(33)],
  ])("[KEY2] %s, %s, %s are no names", (region, site, device) => {
    expect(() => logKeyName(region, site, device)).toThrow("invariant");
  });
});
