import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, utf8Encode } from "../basics/bytes.ts";
import { decodePacket, encodePacket, packetBytesMax, viewBytesMax } from "./packet.ts";
import type { ViewHead } from "./packet-head.ts";

const digest = "ab".repeat(32);
const headText = `{"asOfMs":1,"boot":1,"digest":"${digest}","form":"hospital/1","number":1,"site":"ukd"}`;

/** Made by hand, so that the encoder is not its own witness. */
function made(head: string, body: string, version = 4): Uint8Array {
  const text = utf8Encode(head);
  return concatBytes(Uint8Array.of(version, 7, 0, 0, 0, text.length), text, utf8Encode(body));
}

function nested(levels: number): string {
  return `${`{"a":`.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
}

test("[PACKET1] a view made by hand is read, and written to the same bytes", () => {
  const bytes = made(headText, `{"a":[1]}`);
  const packet = { type: "view" as const, head: JSON.parse(headText), body: utf8Encode(`{"a":[1]}`) };
  expect(decodePacket(bytes)).toEqual({ ok: true, value: packet });
  expect(encodePacket(packet)).toEqual(bytes);
});

test.each([
  ["of version 3", made(headText, "{}", 3), "unknown-version"],
  ["without a body", made(headText, ""), "bad-view"],
  ["that is a list", made(headText, "[]"), "bad-view"],
  ["that is nothing", made(headText, "null"), "bad-view"],
  ["with white space", made(headText, `{"a": 1}`), "bad-view"],
  ["with a fraction", made(headText, `{"a":0.5}`), "bad-view"],
  ["with keys out of order", made(headText, `{"b":1,"a":1}`), "bad-view"],
  ["of thirteen levels", made(headText, nested(13)), "bad-view"],
  ["of no site", made(headText.replace(`"ukd"`, `"UKD"`), "{}"), "bad-head"],
  ["without the version of its form", made(headText.replace("/1", ""), "{}"), "bad-head"],
  ["without a number", made(headText.replace(`"number":1,`, ""), "{}"), "bad-head"],
])("[PACKET3] a view %s is refused", (_, bytes, error) => {
  expect(decodePacket(bytes)).toEqual({ ok: false, error });
});

test("[PACKET4] a view has up to twelve levels, and fields of a later head are ignored", () => {
  expect(decodePacket(made(headText, nested(12))).ok).toBe(true);
  const later = headText.replace(`"site"`, `"part":2,"site"`);
  expect(decodePacket(made(later, "{}"))).toMatchObject({ ok: true, value: { head: JSON.parse(headText) } });
});

test("[PACKET5] the largest view fits its packet beside the longest head", () => {
  const [longest, most] = ["s".repeat(32), 2 ** 31];
  const form = `${"f".repeat(32)}/9999`;
  const head: ViewHead = { site: longest, form, boot: most, number: most, asOfMs: 2 ** 53 - 1, digest };
  const body = utf8Encode(`{"a":"${"a".repeat(viewBytesMax - 8)}"}`);
  expect(body).toHaveLength(viewBytesMax);
  expect(encodePacket({ type: "view", head, body }).length).toBeLessThanOrEqual(packetBytesMax);
});

test("[PACKET7] decode(encode(view)) is the view", () => {
  const number = fc.integer({ min: 0, max: 2 ** 31 });
  const site = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
  const head = fc.record({ site, boot: number, number, asOfMs: fc.maxSafeNat() });
  const text = fc.string({ unit: "grapheme" }).filter((one) => one.isWellFormed());
  fc.assert(
    fc.property(head, text, (said, words) => {
      const body = utf8Encode(`{"a":${JSON.stringify(words)}}`);
      const packet = { type: "view" as const, head: { ...said, form: "crew/12", digest }, body };
      expect(decodePacket(encodePacket(packet))).toEqual({ ok: true, value: packet });
    }),
  );
});
