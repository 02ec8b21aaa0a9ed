// Writes .osm.pbf files for tests: one header block and blocks of nodes and ways as the format wants them.

import { deflateSync } from "node:zlib";
import type { OsmNode, OsmWay } from "../../src/roads/network/collector.ts";
import type { Tags } from "../../src/roads/network/way-rule.ts";

export type OsmMap = { readonly nodes: readonly OsmNode[]; readonly ways: readonly OsmWay[] };

type HeaderOptions = { readonly features?: readonly string[]; readonly dataAtS?: number };

/** A whole file; nodes and ways in a block each, packed with zlib. */
export function osmPbf({ nodes, ways }: OsmMap, options: HeaderOptions = {}): Uint8Array {
  const features = options.features ?? ["OsmSchema-V0.6", "DenseNodes"];
  const header = [
    ...features.flatMap((feature) => text(4, feature)),
    ...(options.dataAtS === undefined ? [] : number(32, options.dataAtS)),
  ];
  return Uint8Array.from([
    ...fileBlock("OSMHeader", header),
    ...(nodes.length > 0 ? fileBlock("OSMData", nodeBlock(nodes)) : []),
    ...(ways.length > 0 ? fileBlock("OSMData", wayBlock(ways)) : []),
  ]);
}

function fileBlock(type: string, content: readonly number[]): number[] {
  const packed = deflateSync(Uint8Array.from(content));
  const blob = [...number(2, content.length), ...bytes(3, [...packed])];
  const header = [...text(1, type), ...number(3, blob.length)];
  return [0, 0, header.length >> 8, header.length & 255, ...header, ...blob];
}

class Strings {
  readonly #places = new Map<string, number>([["", 0]]);

  placeOf(word: string): number {
    const place = this.#places.get(word) ?? this.#places.size;
    this.#places.set(word, place);
    return place;
  }

  pairs(tags: Tags = {}): number[][] {
    return Object.entries(tags).flatMap(([key, value]) =>
      value === undefined ? [] : [[this.placeOf(key), this.placeOf(value)]],
    );
  }

  table(): number[] {
    return [...this.#places.keys()].flatMap((word) => text(1, word));
  }
}

function nodeBlock(nodes: readonly OsmNode[]): number[] {
  const strings = new Strings();
  const tags = nodes.flatMap((node) => [...strings.pairs(node.tags).flat(), 0]);
  const dense = [
    ...bytes(1, deltas(nodes.map(({ id }) => id))),
    ...bytes(8, deltas(nodes.map(({ lat }) => Math.round(lat * 1e7)))),
    ...bytes(9, deltas(nodes.map(({ lon }) => Math.round(lon * 1e7)))),
    ...bytes(10, tags.flatMap(varint)),
  ];
  return [...bytes(1, strings.table()), ...bytes(2, bytes(2, dense))];
}

function wayBlock(ways: readonly OsmWay[]): number[] {
  const strings = new Strings();
  const group = ways.flatMap(({ id, refs, tags }) => {
    const pairs = strings.pairs(tags);
    return bytes(3, [
      ...number(1, id),
      ...bytes(
        2,
        pairs.flatMap(([key = 0]) => varint(key)),
      ),
      ...bytes(
        3,
        pairs.flatMap(([, value = 0]) => varint(value)),
      ),
      ...bytes(8, deltas(refs)),
    ]);
  });
  return [...bytes(1, strings.table()), ...bytes(2, group)];
}

function deltas(values: readonly number[]): number[] {
  return values.flatMap((value, i) => {
    const delta = value - (values[i - 1] ?? 0);
    return varint(delta < 0 ? -2 * delta - 1 : 2 * delta);
  });
}

function text(field: number, word: string): number[] {
  return bytes(field, [...new TextEncoder().encode(word)]);
}

function bytes(field: number, content: readonly number[]): number[] {
  return [...varint(field * 8 + 2), ...varint(content.length), ...content];
}

function number(field: number, value: number): number[] {
  return [...varint(field * 8), ...varint(value)];
}

function varint(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) + 128, ...varint(rest)];
}
