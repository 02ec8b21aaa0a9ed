import createGraph from "ngraph.graph";
import ngraphPath from "ngraph.path";
import type { Network } from "../../src/roads/network/network.ts";

/** Another program's shortest paths on the same network, milliseconds from junction to junction. */
export function peerPaths(network: Network): (from: number, to: number) => number {
  const graph = createGraph<null, { ms: number }>();
  const add = (from: number, to: number, ms: number) => {
    // Of two arcs between the same junctions the quicker counts.
    const known = graph.getLink(from, to);
    if (known === undefined || known === null) graph.addLink(from, to, { ms });
    else if (ms < known.data.ms) known.data.ms = ms;
  };
  for (const [s, from] of network.from.entries()) {
    const to = network.to[s] ?? 0;
    add(from, to, (network.forwardMs[s] ?? 0) + (network.enterToMs[s] ?? 0));
    const backward = network.backwardMs[s] ?? -1;
    if (backward !== -1) add(to, from, backward + (network.enterFromMs[s] ?? 0));
  }
  const finder = ngraphPath.nba(graph, { oriented: true, distance: (_a, _b, link) => link.data.ms });
  return (from, to) => {
    const path = finder.find(from, to).reverse();
    let ms = 0;
    for (let i = 0; i + 1 < path.length; i += 1) {
      ms += graph.getLink(path[i]?.id ?? 0, path[i + 1]?.id ?? 0)?.data.ms ?? Number.NaN;
    }
    return ms;
  };
}
