import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { fromBase64, toBase64, utf8Decode } from "../../basics/bytes.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { packetBytesMax } from "../../exchange/packet.ts";
import { packetFileFirstLine } from "./packet-file.ts";

/*
 * A file of packets that may be larger than memory: written packet by packet, read by line. A stick that was pulled out
 * too early holds the old file or none.
 */

/** Where one line of a file lies, in bytes. */
export type LinePlace = { readonly file: string; readonly offset: number; readonly bytes: number };

const lineBytesMax = 4 * Math.ceil(packetBytesMax / 3);
const newline = 0x0a;

/** Writes packets as they come; nothing stands under the file's name before the last one is on the medium. */
export async function writeCarryFile(
  file: string,
  packets: AsyncIterable<Result<Uint8Array, string>>,
): Promise<Result<number, string>> {
  const unfinished = `${file}.unfinished`;
  let handle: number | null = null;
  try {
    handle = openSync(unfinished, "w");
    writeSync(handle, `${packetFileFirstLine}\n`);
    let count = 0;
    for await (const packet of packets) {
      if (!packet.ok) return packet;
      writeSync(handle, `${toBase64(packet.value)}\n`);
      count += 1;
    }
    fsyncSync(handle);
    renameSync(unfinished, file);
    return ok(count);
  } catch (error) {
    return err(`${file} cannot be written: ${String(error)}`);
  } finally {
    if (handle !== null) closeSync(handle);
    rmSync(unfinished, { force: true });
  }
}

/** Visits the lines of a file without holding it whole. A visitor's sentence ends the reading and is the answer. */
export async function forEachLine(
  file: string,
  visit: (line: string, number: number, place: LinePlace) => string | null,
): Promise<Result<undefined, string>> {
  const damaged = (number: number) => err(`${file}, line ${number}: damaged.`);
  let number = 1;
  try {
    const handle = await open(file);
    // The stream closes the file, whatever ends the loop.
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    for await (const chunk of handle.createReadStream({ highWaterMark: 1_048_576 })) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
        const text = utf8Decode(rest.subarray(0, end));
        if (!text.ok || end > lineBytesMax) return damaged(number);
        const said = visit(text.value, number, { file, offset, bytes: end });
        if (said !== null) return err(said);
        rest = rest.subarray(end + 1);
        offset += end + 1;
        number += 1;
      }
      if (rest.length > lineBytesMax) return damaged(number);
    }
    // Every line that was written ends: what follows the last end was cut off.
    return rest.length === 0 ? ok(undefined) : damaged(number);
  } catch {
    return err(`${file} cannot be read.`);
  }
}

/** Reads one packet again whose line was visited before. */
export function readPacketAt(place: LinePlace): Result<Uint8Array, string> {
  const gone = err(`${place.file} has changed or gone while it was read.`);
  let handle: number | null = null;
  try {
    handle = openSync(place.file, "r");
    const line = Buffer.alloc(place.bytes);
    if (readSync(handle, line, 0, place.bytes, place.offset) !== place.bytes) return gone;
    const packet = fromBase64(line.toString("latin1"));
    return packet.ok ? packet : gone;
  } catch {
    return gone;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
