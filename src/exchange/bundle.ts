import { concatBytes } from "../basics/bytes.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { packetBytesMax } from "./packet.ts";

const lengthBytes = 4;

/** Packets as one run of bytes: each behind its length, u32 big-endian. */
export function packBundle(packets: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...packets.flatMap((packet) => {
      const length = new Uint8Array(lengthBytes);
      new DataView(length.buffer).setUint32(0, packet.length);
      return [length, packet];
    }),
  );
}

/** The reverse of {@link packBundle}; what the packets say is not looked at. */
export function unpackBundle(bytes: Uint8Array): Result<readonly Uint8Array[], "not-a-bundle"> {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + lengthBytes;
    if (start > bytes.length) return err("not-a-bundle");
    const length = new DataView(bytes.buffer, bytes.byteOffset + at, lengthBytes).getUint32(0);
    if (length > packetBytesMax || start + length > bytes.length) return err("not-a-bundle");
    packets.push(bytes.slice(start, start + length));
    at = start + length;
  }
  return ok(packets);
}
