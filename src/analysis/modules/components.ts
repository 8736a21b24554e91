/**
 * The strongly connected components of a graph that can be reached from a node, each after those that it leads to: what is
 * said of a module rests on the modules that it loads, and modules that load one another are looked at together. Nodes
 * that are known are left out, with what they lead to. Tarjan's algorithm (SIAM J. Comput. 1, 1972), without recursion:
 * chains of imports are as long as a project makes them.
 *
 * @example componentsFrom('a', (node) => ({ a: ['b'], b: ['c'], c: ['b'] })[node] ?? [], () => false) // [['c', 'b'], ['a']]
 */
export function componentsFrom<Node>(start: Node, edgesOf: (node: Node) => readonly Node[], isKnown: (node: Node) => boolean): readonly (readonly Node[])[] {
  const components: Node[][] = [];
  /** When a node was met; Infinity once its component is complete. */
  const met = new Map<Node, number>();
  const open: Node[] = [];
  const path: { readonly node: Node; readonly edges: readonly Node[]; next: number; lowest: number }[] = [];
  if (!isKnown(start)) enter(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const to = top.edges[top.next];
    if (to !== undefined) {
      top.next += 1;
      const when = met.get(to);
      if (when !== undefined) top.lowest = Math.min(top.lowest, when);
      else if (!isKnown(to)) enter(to);
      continue;
    }
    path.pop();
    const below = path.at(-1);
    if (below) below.lowest = Math.min(below.lowest, top.lowest);
    if (top.lowest === met.get(top.node)) components.push(close(top.node));
  }
  return components;

  function enter(node: Node): void {
    path.push({ node, edges: edgesOf(node), next: 0, lowest: met.size });
    met.set(node, met.size);
    open.push(node);
  }

  function close(first: Node): Node[] {
    const component = open.splice(open.lastIndexOf(first)).reverse();
    for (const node of component) met.set(node, Infinity);
    return component;
  }
}
