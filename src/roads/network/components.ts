/** Directed arcs from node to node in rows: node `u` has the heads `head[start[u]]` … `head[start[u + 1] - 1]`. */
export type Rows = { readonly start: Int32Array; readonly head: Int32Array };

/** Rows from arc lists; the arcs of a node keep their order. */
export function rowsOf(nodeCount: number, tails: Int32Array, heads: Int32Array): Rows {
  const start = new Int32Array(nodeCount + 1);
  for (const tail of tails) start[tail + 1] = at(start, tail + 1) + 1;
  for (let node = 0; node < nodeCount; node += 1) start[node + 1] = at(start, node + 1) + at(start, node);
  const head = new Int32Array(heads.length);
  const next = start.slice(0, nodeCount);
  for (let arc = 0; arc < heads.length; arc += 1) {
    const tail = at(tails, arc);
    head[at(next, tail)] = at(heads, arc);
    next[tail] = at(next, tail) + 1;
  }
  return { start, head };
}

/** For each node 1 if it belongs to the largest part in which every node reaches every other, else 0 (Tarjan). */
export function largestStrongPart(nodeCount: number, rows: Rows): Uint8Array {
  const { parts, sizes } = strongParts(nodeCount, rows);
  let largest = 0;
  for (let part = 1; part < sizes.length; part += 1) {
    if ((sizes[part] ?? 0) > (sizes[largest] ?? 0)) largest = part;
  }
  return Uint8Array.from(parts, (part) => (part === largest ? 1 : 0));
}

/** Tarjan's algorithm with a stack of its own: roads are long chains, far deeper than a call stack. */
function strongParts(nodeCount: number, { start, head }: Rows): { parts: Int32Array; sizes: number[] } {
  const found = new Int32Array(nodeCount);
  const low = new Int32Array(nodeCount);
  const parts = new Int32Array(nodeCount).fill(-1);
  const nextArc = start.slice(0, nodeCount);
  const path = new Int32Array(nodeCount);
  const open = new Int32Array(nodeCount);
  const sizes: number[] = [];
  let openCount = 0;
  let time = 0;
  for (let root = 0; root < nodeCount; root += 1) {
    if (at(found, root) !== 0) continue;
    let depth = 0;
    path[0] = root;
    while (depth >= 0) {
      const node = at(path, depth);
      if (at(found, node) === 0) {
        time += 1;
        found[node] = time;
        low[node] = time;
        open[openCount] = node;
        openCount += 1;
      }
      const arc = at(nextArc, node);
      if (arc < at(start, node + 1)) {
        nextArc[node] = arc + 1;
        const other = at(head, arc);
        if (at(found, other) === 0) {
          depth += 1;
          path[depth] = other;
        } else if (at(parts, other) === -1) low[node] = Math.min(at(low, node), at(found, other));
        continue;
      }
      if (at(low, node) === at(found, node)) openCount = closePart(node, open, openCount, parts, sizes);
      depth -= 1;
      if (depth >= 0) {
        const parent = at(path, depth);
        low[parent] = Math.min(at(low, parent), at(low, node));
      }
    }
  }
  return { parts, sizes };
}

/** Takes a finished part off the stack of open nodes; returns how many stay open. */
function closePart(
  root: number,
  open: Int32Array,
  openCount: number,
  parts: Int32Array,
  sizes: number[],
): number {
  const part = sizes.length;
  let count = openCount;
  let node = -1;
  while (node !== root) {
    count -= 1;
    node = at(open, count);
    parts[node] = part;
  }
  sizes.push(openCount - count);
  return count;
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
