import { err, ok, type Result } from "./result.ts";

const encoder = /* @__PURE__ */ new TextEncoder();
// A byte order mark is data like any other byte: dropping it would change what was hashed.
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8Encode(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Refuses bytes that are not well-formed UTF-8 instead of replacing them. */
export function utf8Decode(bytes: Uint8Array): Result<string, "not-utf8"> {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err("not-utf8");
  }
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Not constant-time: for public values only (hashes, keys, signatures). */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

const hexPairs = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexPairs[byte];
  return text;
}

/** Accepts lower-case hexadecimal of even length only. */
export function fromHex(text: string): Result<Uint8Array, "not-hex"> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return err("not-hex");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return ok(bytes);
}

// btoa and atob take one character a byte; chunks keep the argument list short.
const chunkBytes = 8192;

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(i, i + chunkBytes));
  }
  return btoa(binary);
}

/** Accepts only the one canonical encoding: padded, no white space, unused bits zero. */
export function fromBase64(text: string): Result<Uint8Array, "not-base64"> {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return err("not-base64");
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  // Only the last four characters can hold unused bits.
  const last = bytes.subarray(Math.max(0, 3 * (text.length / 4 - 1)));
  return text.endsWith(toBase64(last)) ? ok(bytes) : err("not-base64");
}
