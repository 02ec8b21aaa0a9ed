import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, utf8Encode } from "../basics/bytes.ts";
import { decodeItems, encodeItems, type Item, itemLength } from "./item.ts";

const hash = Uint8Array.from({ length: 32 }, (_, at) => at);
const entry = utf8Encode(`{"at":1}`);

function bytesItem(bytes: Uint8Array): Item {
  return { kind: "bytes", bytes };
}

describe("[ITEM1] an item is a tag, then length and bytes, or a leaf hash", () => {
  test("made by hand", () => {
    const body = concatBytes(Uint8Array.of(0, 0, 8), entry, Uint8Array.of(1), hash);
    expect(decodeItems(body)).toEqual({ ok: true, value: [bytesItem(entry), { kind: "hash", hash }] });
    expect(encodeItems([bytesItem(entry), { kind: "hash", hash }])).toEqual(body);
  });

  test("none at all is an empty body", () => {
    expect(decodeItems(new Uint8Array(0))).toEqual({ ok: true, value: [] });
    expect(encodeItems([])).toEqual(new Uint8Array(0));
  });

  test.each([
    [0, true],
    [65_535, true],
    [65_536, false],
  ])("[ITEM2] an entry of %i bytes: %s", (length, fits) => {
    const encode = (): Uint8Array => encodeItems([bytesItem(new Uint8Array(length))]);
    if (!fits) return expect(encode).toThrow("invariant broken");
    expect(decodeItems(encode())).toEqual({ ok: true, value: [bytesItem(new Uint8Array(length))] });
    return undefined;
  });

  test("[ITEM2] a hash has 32 bytes", () => {
    expect(() => encodeItems([{ kind: "hash", hash: hash.subarray(1) }])).toThrow("invariant broken");
  });

  test("[ITEM3] every body that was cut short is refused, but between two items", () => {
    const items: Item[] = [bytesItem(entry), { kind: "hash", hash }, bytesItem(entry)];
    const body = encodeItems(items);
    const whole = [0, 11, 44, 55];
    for (let end = 0; end <= body.length; end += 1) {
      expect([end, decodeItems(body.subarray(0, end)).ok]).toEqual([end, whole.includes(end)]);
    }
  });

  test("[ITEM3] other tags are refused", () => {
    for (let tag = 2; tag < 256; tag += 1) {
      expect(decodeItems(concatBytes(Uint8Array.of(tag, 0, 0), hash))).toEqual({
        ok: false,
        error: "bad-items",
      });
    }
  });

  test("[ITEM1] any items come back, and take the bytes that itemLength says", () => {
    const item = fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map(bytesItem),
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((own): Item => ({ kind: "hash", hash: own })),
    );
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const body = encodeItems(items);
        expect(decodeItems(body)).toEqual({ ok: true, value: items });
        expect(body).toHaveLength(items.reduce((sum, one) => sum + itemLength(one), 0));
      }),
    );
  });
});
