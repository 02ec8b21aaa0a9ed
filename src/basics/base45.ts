import { err, ok, type Result } from "./result.ts";

// The characters that a QR code holds in 5.5 bits each, by value.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const base = alphabet.length;
const values = new Map([...alphabet].map((character, value) => [character, value]));

/** Base45 (RFC 9285): two bytes are three characters, a last single one is two. */
export function toBase45(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = [bytes[at], bytes[at + 1]];
    text += low === undefined ? digits(high, 2) : digits(256 * high + low, 3);
  }
  return text;
}

/** Each value has one spelling; others are refused. */
export function fromBase45(text: string): Result<Uint8Array, "not-base45"> {
  if (text.length % 3 === 1) return err("not-base45");
  const bytes = new Uint8Array(2 * Math.floor(text.length / 3) + (text.length % 3 === 2 ? 1 : 0));
  let end = 0;
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    const value = groupValue(group);
    if (value === undefined || value >= (group.length === 3 ? 65_536 : 256)) return err("not-base45");
    if (group.length === 3) bytes[end++] = value >> 8;
    bytes[end++] = value & 0xff;
  }
  return ok(bytes);
}

/** The lowest digit first. */
function digits(value: number, count: number): string {
  let text = "";
  for (let rest = value, at = 0; at < count; at += 1, rest = Math.floor(rest / base))
    text += alphabet[rest % base];
  return text;
}

function groupValue(group: string): number | undefined {
  let value = 0;
  for (let at = group.length - 1; at >= 0; at -= 1) {
    const digit = values.get(group[at] ?? "");
    if (digit === undefined) return undefined;
    value = base * value + digit;
  }
  return value;
}
