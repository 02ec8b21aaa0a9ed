import type { Result } from "../basics/result.ts";
import { decodePacket, type Packet, type PacketError } from "../exchange/packet.ts";
import { parseReceipt } from "../log/cosignature.ts";

const read = new WeakMap<Uint8Array, Result<Packet, PacketError>>();

/**
 * As {@link decodePacket}, read once for each array of bytes, which nobody writes to: checkers and receivers are shown the
 * same one for each connection it leaves on. What was damaged on its way is another array.
 */
export function readPacket(bytes: Uint8Array): Result<Packet, PacketError> {
  const known = read.get(bytes) ?? decodePacket(bytes);
  read.set(bytes, known);
  return known;
}

const receiptsMax = 4_096;
const receipts = new Map<string, ReturnType<typeof parseReceipt>>();

/** As {@link parseReceipt}, for checkers: each text is sent to many. */
export function readReceipt(text: string): ReturnType<typeof parseReceipt> {
  const known = receipts.get(text) ?? parseReceipt(text);
  if (receipts.size >= receiptsMax) receipts.clear();
  receipts.set(text, known);
  return known;
}
