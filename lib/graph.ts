/** Walks over directed graphs. They keep their own stack: an estate may be deeper than the call stack. */

/**
 * Strongly connected components of the numbers 0..count-1, by Tarjan's algorithm, each after every component that it
 * has an edge to; members in ascending order.
 */
export function stronglyConnectedComponents(count: number, edgesOf: (node: number) => readonly number[]): number[][] {
  const found: number[][] = [];
  const order = new Int32Array(count).fill(-1);
  const lowest = new Int32Array(count);
  const open = new Uint8Array(count);
  const pending: number[] = [];
  let visited = 0;

  const enter = (node: number) => {
    order[node] = lowest[node] = visited++;
    open[node] = 1;
    pending.push(node);
    return { node, edges: edgesOf(node), next: 0 };
  };

  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const walk = [enter(root)];
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const edge = top.edges[top.next++];
      if (edge !== undefined) {
        if (order[edge] === -1) walk.push(enter(edge));
        else if (open[edge]) lowest[top.node] = Math.min(at(lowest, top.node), at(order, edge));
        continue;
      }
      walk.pop();
      const parent = walk.at(-1);
      if (parent) lowest[parent.node] = Math.min(at(lowest, parent.node), at(lowest, top.node));
      if (lowest[top.node] === order[top.node]) {
        const members = pending.splice(pending.lastIndexOf(top.node));
        for (const member of members) open[member] = 0;
        found.push(members.sort((one, other) => one - other));
      }
    }
  }
  return found;
}

/**
 * A shortest path from one node to another, both included; undefined where there is none. Of several the first by the
 * edges.
 */
export function shortestPath<T>(from: T, to: T, edgesOf: (node: T) => Iterable<T>): T[] | undefined {
  const cameFrom = new Map<T, T>([[from, from]]);
  for (const [node] of cameFrom) {
    if (node === to) {
      const path = [to];
      for (let step = to; step !== from; path.push(step)) step = cameFrom.get(step) ?? from;
      return path.reverse();
    }
    for (const edge of edgesOf(node)) if (!cameFrom.has(edge)) cameFrom.set(edge, node);
  }
  return undefined;
}

/** Everything that can be reached from these nodes, they themselves included. */
export function reachable<T>(from: Iterable<T>, edgesOf: (node: T) => Iterable<T>): Set<T> {
  const reached = new Set(from);
  for (const node of reached) for (const edge of edgesOf(node)) reached.add(edge);
  return reached;
}

function at(list: Int32Array, index: number): number {
  return list[index] ?? -1;
}
