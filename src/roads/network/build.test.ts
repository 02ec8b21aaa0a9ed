import { describe, expect, test } from "vitest";
import { drawnMap, networkOf } from "../../../test/support/drawn-roads.ts";
import { roadCases, street } from "../../../test/support/road-cases.ts";
import { buildNetwork } from "./build.ts";
import { Collector } from "./collector.ts";
import type { Network } from "./network.ts";
import { profiles } from "./profile.ts";
import { reverseGraphOf, TreeFinder, unreachedMs } from "./trees.ts";
import type { Tags } from "./way-rule.ts";

// A square of two-way streets A B C D with two dead ends, so that everything is connected, and the case drawn across
// it from B to D; X stands in its middle:
//       D---C---F
//       | X |
//   E---A---B
const places = {
  A: [0, 0],
  B: [0, 10],
  C: [10, 10],
  D: [10, 0],
  E: [0, -10],
  F: [10, 20],
  X: [5, 5],
} as const;
const square = [
  ["ABCDA", street],
  ["EA", street],
  ["CF", street],
] as const;

function across(tags: Tags, x: Tags = {}): Network {
  return networkOf(drawnMap(places, [...square, ["BXD", tags]], { X: x }));
}

/** Whether the short cut from B to D, and the one back, is part of the network. */
function isOpen(network: Network): readonly [there: boolean, back: boolean] {
  return [leads(network, [0, 10], [10, 0]), leads(network, [10, 0], [0, 10])];
}

function leads(network: Network, from: readonly [number, number], to: readonly [number, number]): boolean {
  const [a, b] = [from, to].map(([north, east]) => junctionAt(network, north, east));
  for (let s = 0; s < network.from.length; s += 1) {
    if (network.from[s] === a && network.to[s] === b) return true;
    if (network.from[s] === b && network.to[s] === a && network.backwardMs[s] !== -1) return true;
  }
  return false;
}

function junctionAt(network: Network, north: number, east: number): number {
  return network.junctionLatE7.findIndex(
    (lat, j) =>
      lat === 510_000_000 + north * 10_000 && network.junctionLonE7[j] === 70_000_000 + east * 10_000,
  );
}

describe("[ROADS10] directions, access, barriers, ferries, ramps and roundabouts of the map are obeyed", () => {
  test.each(roadCases)("%s (%s)", (_name, _element, tags, x, expected) => {
    expect(isOpen(across(tags, x))).toEqual(expected);
  });
});

describe("[ROADS11] speeds follow the sign, else the class of road and whether it lies in a town", () => {
  const msOf = (tags: Tags, back = false): number => {
    const network = across(tags);
    const b = junctionAt(network, 0, 10);
    const d = junctionAt(network, 10, 0);
    for (let s = 0; s < network.from.length; s += 1) {
      const forward = network.from[s] === b && network.to[s] === d;
      const turned = network.from[s] === d && network.to[s] === b;
      if (forward || turned) return (forward !== back ? network.forwardMs[s] : network.backwardMs[s]) ?? 0;
    }
    return 0;
  };

  test("a sign outranks the class, each way its own", () => {
    const slow = msOf({ highway: "primary", maxspeed: "30" });
    expect(msOf({ highway: "primary", maxspeed: "60" }) * 2).toBeCloseTo(slow, -2);
    const tags = { highway: "primary", "maxspeed:forward": "60", "maxspeed:backward": "30" };
    expect(msOf(tags) * 2).toBeCloseTo(msOf(tags, true), -2);
  });

  test("without a sign a road is faster outside towns", () => {
    const outside = msOf({ highway: "secondary", "zone:traffic": "DE:rural" });
    expect(msOf({ highway: "secondary", "source:maxspeed": "DE:urban" })).toBeGreaterThan(outside);
  });

  test("a track that cars may use is as slow as its ground", () => {
    const track = { highway: "track", motorcar: "yes" };
    const service = msOf({ highway: "service" });
    expect(msOf({ ...track, tracktype: "grade1" })).toBe(service);
    expect(msOf({ ...track, surface: "asphalt", tracktype: "grade2" })).toBe(service);
    // 18 km/h against 10.
    expect(msOf(track)).toBeCloseTo(service * 1.8, -2);
    expect(msOf({ ...track, surface: "gravel", tracktype: "grade1" })).toBe(msOf(track));
  });

  test("what cannot be read is no sign: signals, walk, mph", () => {
    expect(msOf({ highway: "primary", maxspeed: "signals" })).toBe(msOf({ highway: "primary" }));
    expect(msOf({ highway: "residential", maxspeed: "walk" })).toBeGreaterThan(msOf(street));
    expect(msOf({ highway: "residential", maxspeed: "20 mph" })).toBeLessThan(msOf(street));
  });

  test("with blue lights every time is 0.85 of a normal car's", () => {
    const map = drawnMap(places, [...square, ["BXD", street]]);
    const normal = networkOf(map, "normal");
    const blue = networkOf(map, "blue-light");
    expect(blue.forwardMs.length).toBeGreaterThan(0);
    for (const [s, ms] of normal.forwardMs.entries()) expect(blue.forwardMs[s]).toBe(Math.round(ms * 0.85));
  });

  test("lights and giving way cost time at junctions, and lights on the way too", () => {
    const plain = across({ highway: "residential", maxspeed: "30" });
    const lit = across({ highway: "residential", maxspeed: "30" }, { highway: "traffic_signals" });
    const sum = ({ forwardMs }: Network) => forwardMs.reduce((a, b) => a + b);
    expect(sum(lit) - sum(plain)).toBe(3_500);
    expect(Math.max(...plain.enterToMs, ...plain.enterFromMs)).toBe(1_000);
  });
});

describe("[ROADS12] only junctions of the largest connected part are nodes, in the order of a space-filling curve", () => {
  test("bends are shapes of segments, not nodes", () => {
    const network = across(street);
    expect(network.junctionLatE7).toHaveLength(6);
    expect(network.from).toHaveLength(7);
  });

  test("what cannot be left, or not be reached, or lies on an island is left out", () => {
    const more = { ...places, P: [0, 30], Q: [0, 40], R: [40, 40], S: [40, 50], T: [50, 50] } as const;
    const oneWay = { ...street, oneway: "yes" };
    const network = networkOf(
      drawnMap(more, [...square, ["BP", oneWay], ["QC", oneWay], ["RSTR", street], ["ST", street]]),
    );
    // A, C, E, F, and B, where a one-way street leaves that does not lead back.
    expect(network.junctionLatE7).toHaveLength(5);
  });

  test("a street that leaves the extract ends at its last known point", () => {
    const map = drawnMap(places, [...square, ["BXD", street]]);
    const cutOff = { ...map, ways: [...map.ways, { id: 9, refs: [5, 99], tags: street }] };
    expect(networkOf(cutOff)).toEqual(networkOf(map));
  });

  test("nodes in any order and any numbers give the same network", () => {
    const map = drawnMap(places, [...square, ["BXD", street]]);
    const reversed = { nodes: [...map.nodes].reverse(), ways: map.ways };
    expect(networkOf(reversed)).toEqual(networkOf(map));
  });

  test("an extract without roads, or without connected ones, is an error", () => {
    expect(buildNetwork(new Collector(), profiles.normal)).toEqual({ ok: false, error: "no-roads" });
    const collector = new Collector();
    collector.addNode({ id: 1, lat: 51, lon: 7 });
    collector.addNode({ id: 2, lat: 51.01, lon: 7 });
    collector.addWay({ id: 1, refs: [1, 2], tags: { ...street, oneway: "yes" } });
    expect(buildNetwork(collector, profiles.normal)).toEqual({ ok: false, error: "no-connected-roads" });
  });

  test("every junction reaches every other", () => {
    const network = across(street);
    const finder = new TreeFinder(reverseGraphOf(network), 1_000_000);
    expect([...finder.to([[0, 0]])].filter((ms) => ms === unreachedMs)).toEqual([]);
  });
});
