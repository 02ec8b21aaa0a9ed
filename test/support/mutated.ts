import { concatBytes } from "../../src/basics/bytes.ts";
import type { Random } from "../../src/basics/random.ts";

/** One to three changes: a bit, a byte, a piece cut out, doubled or moved, the end cut off. */
export function mutated(random: Random, packet: Uint8Array): Uint8Array {
  let bytes = packet;
  for (let i = 1 + random.below(3); i > 0; i -= 1) bytes = changed(random, bytes);
  return bytes;
}

function changed(random: Random, packet: Uint8Array): Uint8Array {
  if (packet.length < 2) return random.bytes(3);
  const at = random.below(packet.length);
  const length = 1 + random.below(Math.min(40, packet.length - at));
  const piece = packet.slice(at, at + length);
  const [before, after] = [packet.subarray(0, at), packet.subarray(at + length)];
  switch (random.below(6)) {
    case 0: {
      const flipped = packet.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return flipped;
    }
    case 1:
      return concatBytes(before, random.bytes(length), after);
    case 2:
      return concatBytes(before, after);
    case 3:
      return concatBytes(before, piece, piece, after);
    case 4:
      return concatBytes(after, piece, before);
    default:
      return packet.slice(0, at);
  }
}
