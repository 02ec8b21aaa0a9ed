import { describe, expect, test } from "vitest";
import { drawnTown, networkOf } from "../../../test/support/drawn-roads.ts";
import { peerPaths } from "../../../test/support/peer-paths.ts";
import { seededRandom } from "../../basics/random.ts";
import { reverseGraphOf, TreeFinder, unreachedMs } from "./trees.ts";

describe("[ROADS13] trees are exact: to the millisecond what another program finds on the same network", () => {
  const random = seededRandom(7);
  const network = networkOf(drawnTown(25, random));
  const junctions = network.junctionLatE7.length;
  const finder = new TreeFinder(reverseGraphOf(network), 6_553_449);
  const peer = peerPaths(network);

  test("the town is a town", () => {
    expect(junctions).toBeGreaterThan(500);
    expect([...network.backwardMs].filter((ms) => ms === -1).length).toBeGreaterThan(20);
  });

  test("200 pairs, difference 0", () => {
    for (let i = 0; i < 20; i += 1) {
      const to = random.below(junctions);
      const tree = finder.to([[to, 0]]).slice();
      for (let k = 0; k < 10; k += 1) {
        const from = random.below(junctions);
        expect(tree[from]).toBe(from === to ? 0 : peer(from, to));
      }
    }
  });

  test("two sources: the nearer one counts", () => {
    const both = finder.to([
      [0, 500],
      [1, 0],
    ]);
    const together = both.slice();
    const zero = finder.to([[0, 500]]).slice();
    const one = finder.to([[1, 0]]).slice();
    expect([...together]).toEqual([...zero].map((ms, j) => Math.min(ms, one[j] ?? 0)));
  });

  test("nothing beyond the limit, and everything within it", () => {
    const all = finder.to([[0, 0]]).slice();
    const limitMs = 120_000;
    const near = new TreeFinder(reverseGraphOf(network), limitMs).to([[0, 0]]);
    expect([...near]).toEqual([...all].map((ms) => (ms <= limitMs ? ms : unreachedMs)));
    expect([...near].some((ms) => ms === unreachedMs)).toBe(true);
  });

  test("a closed segment is driven round", () => {
    const closed = new Uint8Array(network.from.length).fill(0);
    closed[3] = 1;
    const open = finder.to([[network.to[3] ?? 0, 0]]).slice();
    const round = new TreeFinder(reverseGraphOf(network, closed), 6_553_449).to([[network.to[3] ?? 0, 0]]);
    expect([...round].every((ms, j) => ms >= (open[j] ?? 0))).toBe(true);
    expect(round[network.from[3] ?? 0]).toBeGreaterThan(open[network.from[3] ?? 0] ?? 0);
  });
});
