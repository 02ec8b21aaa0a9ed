import { readFileSync, writeFileSync } from "node:fs";
import { fromBase64, toBase64 } from "../../basics/bytes.ts";
import { err, ok, type Result } from "../../basics/result.ts";

/** First line of a file of packets; each further line is one packet in base64. */
export const packetFileFirstLine = "holdfast/packets/1";

/** A file that any device may take in: every packet proves itself. */
export function writePacketFile(file: string, packets: readonly Uint8Array[]): void {
  writeFileSync(file, `${[packetFileFirstLine, ...packets.map(toBase64)].join("\n")}\n`);
}

/** An error is a sentence; a damaged file yields no packet at all. */
export function readPacketFile(file: string): Result<readonly Uint8Array[], string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return err(`${file} cannot be read.`);
  }
  const [first, ...lines] = text.trimEnd().split("\n");
  if (first !== packetFileFirstLine) return err(`${file} is no file of Holdfast packets.`);
  const packets: Uint8Array[] = [];
  for (const [i, line] of lines.entries()) {
    const packet = fromBase64(line);
    if (!packet.ok) return err(`${file}, line ${i + 2}: damaged.`);
    packets.push(packet.value);
  }
  return ok(packets);
}
