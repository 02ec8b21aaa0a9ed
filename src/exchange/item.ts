import { assert } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { entryBytesMax } from "../log/entry.ts";

/**
 * One leaf as it travels: the entry's bytes, or its leaf hash alone. The hash form is kept for retention and
 * redaction: it can be decoded, and no store accepts it yet.
 */
export type Item =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "hash"; readonly hash: Uint8Array };

const bytesTag = 0;
const hashTag = 1;
const lengthBytes = 2;
const hashBytes = 32;

/** Each item: tag u8; then length u16 big-endian and the bytes, or 32 bytes of hash. */
export function encodeItems(items: readonly Item[]): Uint8Array {
  let length = 0;
  for (const item of items) length += itemLength(item);
  const body = new Uint8Array(length);
  let offset = 0;
  for (const item of items) offset = writeItem(body, offset, item);
  assert(offset === length, "items fill the body exactly");
  return body;
}

/** How many bytes an item takes in a packet. */
export function itemLength(item: Item): number {
  return item.kind === "bytes" ? 1 + lengthBytes + item.bytes.length : 1 + hashBytes;
}

export function decodeItems(body: Uint8Array): Result<readonly Item[], "bad-items"> {
  const items: Item[] = [];
  let offset = 0;
  while (offset < body.length) {
    const item = readItem(body, offset);
    if (item === undefined) return err("bad-items");
    items.push(item);
    offset += itemLength(item);
  }
  return ok(items);
}

function writeItem(body: Uint8Array, offset: number, item: Item): number {
  if (item.kind === "hash") {
    assert(item.hash.length === hashBytes, "a leaf hash has 32 bytes");
    body[offset] = hashTag;
    body.set(item.hash, offset + 1);
    return offset + 1 + hashBytes;
  }
  assert(item.bytes.length <= entryBytesMax, "an entry fits its length field");
  body[offset] = bytesTag;
  body[offset + 1] = item.bytes.length >> 8;
  body[offset + 2] = item.bytes.length & 0xff;
  body.set(item.bytes, offset + 1 + lengthBytes);
  return offset + 1 + lengthBytes + item.bytes.length;
}

function readItem(body: Uint8Array, offset: number): Item | undefined {
  const tag = body[offset];
  if (tag === hashTag) {
    const end = offset + 1 + hashBytes;
    return end <= body.length ? { kind: "hash", hash: body.subarray(offset + 1, end) } : undefined;
  }
  if (tag !== bytesTag || offset + 1 + lengthBytes > body.length) return undefined;
  const length = ((body[offset + 1] ?? 0) << 8) | (body[offset + 2] ?? 0);
  const start = offset + 1 + lengthBytes;
  return start + length <= body.length
    ? { kind: "bytes", bytes: body.subarray(start, start + length) }
    : undefined;
}
