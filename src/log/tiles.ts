import { assert } from "../basics/assert.ts";
import { concatBytes } from "../basics/bytes.ts";
import type { Sha256 } from "./crypto.ts";
import { entryBytesMax, leafHash } from "./entry.ts";
import { appendLeaves, emptyRange, rootOf } from "./tree.ts";

/** One file of a log as C2SP tlog-tiles: where it lies below the log's prefix, and what it holds. */
export type TileFile = { readonly path: string; readonly bytes: Uint8Array };

/** Cuts a log into tiles while its entries go by; holds no more than the last tile of each level. */
export type Tiles = {
  /** The next entry, and the files that it completed. */
  readonly add: (entry: Uint8Array) => readonly TileFile[];
  /** The partial tiles of the right edge; nothing may be added afterwards. */
  readonly end: () => readonly TileFile[];
};

/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256;

type Level = { readonly hashes: Uint8Array[]; tiles: number };

export function newTiles(sha256: Sha256): Tiles {
  const levels: Level[] = [];
  let bundle: Uint8Array[] = [];
  let bundles = 0;

  const addHash = (depth: number, hash: Uint8Array): TileFile[] => {
    const level = levels[depth] ?? { hashes: [], tiles: 0 };
    levels[depth] = level;
    level.hashes.push(hash);
    if (level.hashes.length < tileWidth) return [];
    const hashes = level.hashes.splice(0);
    const file = { path: `tile/${depth}/${indexPath(level.tiles)}`, bytes: concatBytes(...hashes) };
    level.tiles += 1;
    return [file, ...addHash(depth + 1, rootOf(sha256, appendLeaves(sha256, emptyRange, hashes)))];
  };

  return {
    add: (entry) => {
      bundle.push(withLength(entry));
      const files = addHash(0, leafHash(sha256, entry));
      if (bundle.length < tileWidth) return files;
      const full = { path: `tile/entries/${indexPath(bundles)}`, bytes: concatBytes(...bundle) };
      bundle = [];
      bundles += 1;
      return [full, ...files];
    },
    end: () => {
      const partial = (path: string, index: number, parts: readonly Uint8Array[]): TileFile[] =>
        parts.length === 0
          ? []
          : [{ path: `${path}/${indexPath(index)}.p/${parts.length}`, bytes: concatBytes(...parts) }];
      return [
        ...partial("tile/entries", bundles, bundle),
        ...levels.flatMap(({ hashes, tiles }, depth) => partial(`tile/${depth}`, tiles, hashes)),
      ];
    },
  };
}

/** The number of a tile in groups of three digits, all but the last marked: 1234067 is `x001/x234/067`. */
export function indexPath(index: number): string {
  assert(Number.isSafeInteger(index) && index >= 0, "tiles are counted from 0");
  const digits = String(index);
  const padded = digits.padStart(3 * Math.ceil(digits.length / 3), "0");
  const groups = padded.match(/.{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}

function withLength(entry: Uint8Array): Uint8Array {
  assert(entry.length <= entryBytesMax, "an entry's length fits two bytes");
  return concatBytes(Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry);
}
