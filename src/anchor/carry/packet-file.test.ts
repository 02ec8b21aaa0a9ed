import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { goldenPackets } from "../../../test/vectors/golden-packets.ts";
import { encodePacket } from "../../exchange/packet.ts";
import { readPacketFile, writePacketFile } from "./packet-file.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-packets-"));
const file = join(folder, "packets.txt");
afterAll(() => rmSync(folder, { recursive: true }));

const packets = [...goldenPackets().values()].map(encodePacket);

describe("[CARRY1] a file of packets", () => {
  test.each([0, 1, packets.length])("of %i packets is read as it was written", (count) => {
    writePacketFile(file, packets.slice(0, count));
    expect(readPacketFile(file)).toEqual({ ok: true, value: packets.slice(0, count) });
  });

  test("is a line that names it, and one packet a line in base64", () => {
    writePacketFile(file, [Uint8Array.of(1, 2, 3)]);
    expect(readFileSync(file, "utf8")).toBe("holdfast/packets/1\nAQID\n");
  });
});

describe("[CARRY2] a damaged file yields no packet, and a sentence", () => {
  test.each([
    ["", "is no file of Holdfast packets."],
    ["holdfast/packets/2\nAQID\n", "is no file of Holdfast packets."],
    ["\nholdfast/packets/1\nAQID\n", "is no file of Holdfast packets."],
    ["holdfast/packets/1\nAQID\nAQI\n", ", line 3: damaged."],
    ["holdfast/packets/1\nAQID\n*QID\nAQID\n", ", line 3: damaged."],
    ["holdfast/packets/1\nAQIE\nAQJ=\n", ", line 3: damaged."],
    ["holdfast/packets/1\r\nAQID\r\n", "is no file of Holdfast packets."],
  ])("%j", (text, sentence) => {
    writeFileSync(file, text);
    const read = readPacketFile(file);
    expect(read.ok ? "read" : read.error).toBe(`${file}${sentence.startsWith(",") ? "" : " "}${sentence}`);
  });

  test("one that is not there", () => {
    expect(readPacketFile(join(folder, "none"))).toEqual({
      ok: false,
      error: `${join(folder, "none")} cannot be read.`,
    });
  });
});
