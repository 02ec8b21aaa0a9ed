import type { Result } from "../basics/result.ts";
import { decodePacket, type Packet, type PacketError } from "../exchange/packet.ts";

const read = new WeakMap<Uint8Array, Result<Packet, PacketError>>();

/** As {@link decodePacket}, for checkers, which are shown the same bytes once for each connection they leave on. */
export function readPacket(bytes: Uint8Array): Result<Packet, PacketError> {
  const known = read.get(bytes) ?? decodePacket(bytes);
  read.set(bytes, known);
  return known;
}
