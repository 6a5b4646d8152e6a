/** Whether everything can be started from dark. */

export interface StartNeed {
  readonly name: string;
  /** Groups; of each any one must be running before this starts. */
  readonly needs: readonly (readonly string[])[];
}

/**
 * A cycle of startup dependencies, as the names along it with the first one repeated at the end; undefined where all can be
 * started. Names that are not in the list are taken as running already.
 */
export function startupCycle(nodes: readonly StartNeed[]): readonly string[] | undefined {
  const known = new Map(nodes.map((node) => [node.name, node]));
  const started = new Set<string>();
  const runs = (name: string) => started.has(name) || !known.has(name);
  for (let before = -1; before < started.size;) {
    before = started.size;
    for (const node of nodes) if (node.needs.every((group) => group.some(runs))) started.add(node.name);
  }
  const stuck = nodes.find((node) => !started.has(node.name));
  return stuck && walk(stuck, known, runs);
}

/** Every stuck node has a group in which all are stuck: following it must come back to a node already seen. */
function walk(from: StartNeed, known: ReadonlyMap<string, StartNeed>, runs: (name: string) => boolean) {
  const path: string[] = [];
  for (let node: StartNeed | undefined = from; node;) {
    const seenAt = path.indexOf(node.name);
    if (seenAt >= 0) return [...path.slice(seenAt), node.name];
    path.push(node.name);
    const group: readonly string[] | undefined = node.needs.find((names) => !names.some(runs));
    node = known.get(group?.[0] ?? "");
  }
  return path;
}
