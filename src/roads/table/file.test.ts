import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drawnMap, networkOf, originE3, tableOf } from "../../../test/support/drawn-roads.ts";
import { decodeTable, encodeTable } from "./file.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const street = { highway: "residential", maxspeed: "30" };
const map = drawnMap({ A: [0, 0], B: [0, 20], C: [20, 20], D: [20, 0] }, [
  ["AB", { ...street, oneway: "yes" }],
  ["BCDA", street],
  ["AC", street],
]);
const table = tableOf(networkOf(map), [
  { id: "one", latE3: originE3.latE3, lonE3: originE3.lonE3 + 10 },
  { id: "two", latE3: originE3.latE3 + 20, lonE3: originE3.lonE3 + 2 },
]);
const file = encodeTable(table, sha256);
const golden = join(import.meta.dirname, "../../../test/vectors/roads/table.hex");

const changed = (at: number, byte: number) => {
  const copy = file.slice();
  copy[at] = byte;
  return copy;
};

describe("[ROADS18] a table file is the bytes that SPEC.md says", () => {
  test("golden bytes", () => {
    expect(Buffer.from(file).toString("hex")).toBe(readFileSync(golden, "utf8").trim());
  });

  test("reads as it was written, without a copy, wherever it lies in memory", () => {
    const { info, network, hospitals, tenths } = table;
    expect(decodeTable(file, sha256)).toEqual({ ok: true, value: { info, network, hospitals, tenths } });
    const shifted = new Uint8Array(file.length + 3).subarray(3);
    shifted.set(file);
    expect(decodeTable(shifted, sha256)).toEqual({ ok: true, value: { info, network, hospitals, tenths } });
  });

  test("names its licence and its profile", () => {
    const text = Buffer.from(file).toString("latin1");
    expect(text).toContain("OpenStreetMap contributors, ODbL 1.0");
    expect(text).toContain('"id":"normal","timeE3":1000');
  });
});

describe("[ROADS19] a wrong, truncated, foreign or changed file is refused", () => {
  test.each([
    ["nothing", new Uint8Array(0), "no-table"],
    ["a text", Buffer.from("this is no table at all, but long enough to hold a whole head"), "no-table"],
    ["its beginning alone", file.subarray(0, 20), "no-table"],
    ["another version", changed(8, 2), "other-version"],
    ["cut in the middle", file.subarray(0, file.length >> 1), "cut"],
    ["one byte short", file.subarray(0, file.length - 1), "cut"],
    ["one byte more", Buffer.concat([file, Buffer.from([0])]), "damaged"],
    ["one bit of a time changed", changed(file.length - 8, (file.at(-8) ?? 0) ^ 1), "damaged"],
    ["its checksum changed", changed(30, (file[30] ?? 0) ^ 1), "damaged"],
  ])("%s", (_name, bytes, error) => {
    expect(decodeTable(bytes, sha256)).toEqual({ ok: false, error });
  });

  test("every single changed byte is noticed", () => {
    for (let at = 0; at < file.length; at += 1) {
      expect(decodeTable(changed(at, (file[at] ?? 0) ^ 0x41), sha256).ok).toBe(false);
    }
  });

  test("a head that does not fit its own sections is refused, even with a right checksum", () => {
    const text = Buffer.from(file).toString("latin1").replace('"junctions":3', '"junctions":9');
    const wrong = Buffer.from(text, "latin1");
    expect(wrong.equals(Buffer.from(file))).toBe(false);
    wrong.set(sha256(wrong.subarray(56)), 24);
    expect(decodeTable(wrong, sha256)).toEqual({ ok: false, error: "damaged" });
  });
});
