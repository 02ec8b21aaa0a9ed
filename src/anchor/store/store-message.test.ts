import { expect, test } from "vitest";
import { packBytes } from "./store-message.ts";

test("[STORE2] a packed message is equal, shares no buffer with the original and has one buffer of its own", () => {
  const packet = Uint8Array.from({ length: 100 }, (_, at) => at);
  const original = {
    id: 7,
    none: null,
    items: [packet.subarray(3, 6), packet.subarray(50)],
    deep: { root: packet },
  };
  const { message, transfer } = packBytes(original);
  expect(message).toEqual(original);
  const [buffer, ...more] = transfer;
  expect(more).toEqual([]);
  expect(buffer?.byteLength).toBe(3 + 50 + 100);
  for (const bytes of [...message.items, message.deep.root]) expect(bytes.buffer).toBe(buffer);
  expect(packet).toHaveLength(100);
});

test("a message without bytes hands nothing over", () => {
  const message = { id: 1, args: ["key", undefined] };
  expect(packBytes(message)).toEqual({ message, transfer: [] });
});
