import { describe, expect, test } from "vitest";
import { present } from "../basics/assert.ts";
import { concatBytes, utf8Encode } from "../basics/bytes.ts";
import { nobleCrypto } from "./ed25519-noble.ts";
import { leafHash } from "./entry.ts";
import { indexPath, newTiles, type TileFile, tileWidth } from "./tiles.ts";
import { appendLeaves, emptyRange, rootOf } from "./tree.ts";

const { sha256 } = nobleCrypto;
const entryOf = (index: number): Uint8Array => utf8Encode(`{"n":${index}}`);

function tilesOf(size: number): ReadonlyMap<string, Uint8Array> {
  const tiles = newTiles(sha256);
  const files: TileFile[] = [];
  for (let index = 0; index < size; index += 1) files.push(...tiles.add(entryOf(index)));
  return new Map([...files, ...tiles.end()].map(({ path, bytes }) => [path, bytes]));
}

const leaves = (from: number, to: number): Uint8Array[] =>
  Array.from({ length: to - from }, (_, at) => leafHash(sha256, entryOf(from + at)));

describe("[TILES1] a log as tiles", () => {
  test("nothing is written of a log without entries", () => {
    expect([...tilesOf(0)]).toEqual([]);
  });

  test("one short of a tile: one partial tile and one partial bundle", () => {
    expect([...tilesOf(255).keys()].sort()).toEqual(["tile/0/000.p/255", "tile/entries/000.p/255"]);
  });

  test("a full tile stands at the level above, in a partial tile of width 1", () => {
    const tiles = tilesOf(256);
    expect([...tiles.keys()].sort()).toEqual(["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    expect(tiles.get("tile/0/000")).toEqual(concatBytes(...leaves(0, 256)));
    expect(tiles.get("tile/1/000.p/1")).toEqual(
      rootOf(sha256, appendLeaves(sha256, emptyRange, leaves(0, 256))),
    );
  });

  test("the tiles of 70,000 entries are those that the specification counts", () => {
    const paths = [...tilesOf(70_000).keys()];
    const full = (level: string) => paths.filter((path) => path.startsWith(level) && !path.includes(".p/"));
    expect([full("tile/0/").length, full("tile/1/").length, full("tile/2/").length]).toEqual([273, 1, 0]);
    expect(paths.filter((path) => path.includes(".p/")).sort()).toEqual([
      "tile/0/273.p/112",
      "tile/1/001.p/17",
      "tile/2/000.p/1",
      "tile/entries/273.p/112",
    ]);
  });

  test("a bundle is each entry behind its length", () => {
    const bundle = present(tilesOf(3).get("tile/entries/000.p/3"), "a bundle");
    const parts = [0, 1, 2].map((index) => {
      const entry = entryOf(index);
      return concatBytes(Uint8Array.of(0, entry.length), entry);
    });
    expect(bundle).toEqual(concatBytes(...parts));
    expect(tileWidth).toBe(256);
  });

  test.each([
    [0, "000"],
    [7, "007"],
    [999, "999"],
    [1_000, "x001/000"],
    [1_234_067, "x001/x234/067"],
  ])("tile %i lies at %s", (index, path) => {
    expect(indexPath(index)).toBe(path);
  });
});
