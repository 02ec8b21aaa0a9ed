import { describe, expect, test } from "vitest";
import { goldenPackets } from "../../test/vectors/golden-packets.ts";
import type { Packet } from "./packet.ts";
import {
  beatSchema,
  entriesSchema,
  forkSchema,
  helloSchema,
  receiptSchema,
  slotsSchema,
  vectorSchema,
} from "./packet-head.ts";

type Fields = { readonly [field: string]: { readonly type: string } };

/** Every form of every type of packet: its head's fields. */
const forms: readonly (readonly [Packet["type"], Fields])[] = [
  ...helloSchema.options.map(({ entries }) => ["hello", entries] as const),
  ["beat", beatSchema.entries],
  ...vectorSchema.options.map(({ entries }) => ["vector", entries] as const),
  ["entries", entriesSchema.entries],
  ["receipt", receiptSchema.entries],
  ...forkSchema.options.map(({ entries }) => ["fork", entries] as const),
  ...slotsSchema.options.map(({ entries }) => ["slots", entries] as const),
];

/** The word by which forms of one type are told apart, as the schema has it. */
function wordOf(fields: Fields): unknown {
  const word = fields["level"] ?? fields["step"];
  return word !== undefined && "literal" in word ? word.literal : undefined;
}

describe("[PACKET1] golden bytes", () => {
  test.each(forms)("of %s, form %#: with and without each field that may be left out", (type, fields) => {
    const word = wordOf(fields);
    const heads = [...goldenPackets().values()]
      .filter((packet) => packet.type === type)
      .map(({ head }): object => head)
      .filter((head) => word === undefined || Object.values(head).includes(word));
    expect(heads).not.toEqual([]);
    for (const field of Object.keys(fields)) {
      const isOptional = fields[field]?.type === "exact_optional";
      const said = new Set(heads.map((head) => Object.hasOwn(head, field)));
      expect([field, said]).toEqual([field, new Set(isOptional ? [true, false] : [true])]);
    }
  });

  test("of both tags of an item, of a forked log, and of a device with and without ended epochs", () => {
    const packets = [...goldenPackets().values()];
    const items = packets.flatMap((packet) => (packet.type === "entries" ? packet.items : []));
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(["bytes", "hash"]));
    const heads = packets.flatMap(({ type, head }) => (type === "vector" ? [head] : []));
    const roots = heads.flatMap((head) => (head.level === "logs" ? Object.values(head.logs) : []));
    expect(roots.map(([, root]) => root)).toContain("forked:150");
    const devices = heads.flatMap((head) => (head.level === "devices" ? Object.values(head.devices) : []));
    expect(devices.map(({ ended }) => ended === undefined)).toEqual([false, true]);
  });
});
