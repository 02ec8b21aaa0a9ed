import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { collected, drawnMap, drawnTown } from "../../test/support/drawn-roads.ts";
import { osmPbf } from "../../test/support/osm-pbf.ts";
import { seededRandom } from "../basics/random.ts";
import { buildNetwork } from "../roads/network/build.ts";
import { profiles } from "../roads/network/profile.ts";
import { readOsmFile } from "./osm-file.ts";

const dir = mkdtempSync(join(tmpdir(), "holdfast-osm-"));
afterAll(() => rmSync(dir, { recursive: true }));

const town = drawnTown(12, seededRandom(1));
const whole = osmPbf(town, { dataAtS: 1_725_826_860 });

async function read(bytes: Uint8Array) {
  const file = join(dir, "extract.osm.pbf");
  writeFileSync(file, bytes);
  const result = await readOsmFile(file, () => undefined);
  return result.ok ? result : { ok: false as const, error: result.error.replace(`${file}`, "FILE") };
}

describe("[ROADS20] an extract is read whole, or refused with a sentence", () => {
  test("its roads are those of the map, its date is told, progress ends at 1", async () => {
    const file = join(dir, "whole.osm.pbf");
    writeFileSync(file, whole);
    const shares: number[] = [];
    const extract = await readOsmFile(file, (share) => shares.push(share));
    expect(extract).toMatchObject({ ok: true, value: { bytes: whole.length, dataAtMs: 1_725_826_860_000 } });
    if (!extract.ok) return;
    expect(buildNetwork(extract.value.collector, profiles.normal)).toEqual(
      buildNetwork(collected(town), profiles.normal),
    );
    expect(shares.at(-1)).toBe(1);
  });

  test("a file without a date has none; tags of nodes arrive", async () => {
    const street = { highway: "residential" };
    const map = drawnMap({ A: [0, 0], B: [0, 9], C: [9, 9] }, [["ABCA", street]], {
      B: { emergency: "emergency_ward_entrance" },
    });
    const extract = await read(osmPbf(map));
    expect(extract).toMatchObject({ ok: true, value: { dataAtMs: null } });
    if (extract.ok)
      expect(extract.value.collector.entrances()).toEqual([{ latE7: 510_000_000, lonE7: 70_090_000 }]);
  });

  test.each([
    ["empty", new Uint8Array(0), "is empty"],
    ["a text", Buffer.from("<osm version='0.6'><node id='1'/></osm>"), "no .osm.pbf file"],
    ["cut in the middle", whole.subarray(0, whole.length >> 1), "ends in the middle of a block"],
    ["cut by one byte", whole.subarray(0, whole.length - 1), "ends in the middle of a block"],
    ["cut in a block's length", Buffer.concat([whole, Buffer.from([0, 0])]), "ends in the middle of a block"],
    [
      "a history",
      osmPbf(town, { features: ["OsmSchema-V0.6", "HistoricalInformation"] }),
      "history of the map",
    ],
    ["a feature of the future", osmPbf(town, { features: ["Curves"] }), "the feature Curves"],
    ["without a header", whole.subarray(headerEnd()), "has no header"],
  ])("%s", async (_name, bytes, words) => {
    const result = await read(bytes);
    expect(result).toMatchObject({ ok: false });
    if (!result.ok) expect(result.error).toContain(words);
  });

  test("damage inside a block is a sentence, wherever it lies", async () => {
    for (let at = headerEnd() + 30; at < whole.length; at += 97) {
      const copy = whole.slice();
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      const result = await read(copy);
      expect(result.ok ? "" : result.error).toMatch(/damaged at byte|no \.osm\.pbf file|middle of a block/);
    }
  });

  test("a file that is not there", async () => {
    const result = await readOsmFile(join(dir, "nowhere.osm.pbf"), () => undefined);
    expect(result.ok ? "" : result.error).toContain("cannot be read");
  });
});

function headerEnd(): number {
  return osmPbf({ nodes: [], ways: [] }, { dataAtS: 1_725_826_860 }).length;
}
