import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

export type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** Any node but the program, and so one that has a parent. */
export type InnerNode = Exclude<TSESTree.Node, TSESTree.Program>;

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression' || node?.type === 'FunctionDeclaration';
}

/** Where a node begins: trees of other files have no locations. */
export function lineOf(node: TSESTree.Node, code: Pick<Readonly<TSESLint.SourceCode>, 'getLocFromIndex'>): number {
  return code.getLocFromIndex(node.range[0]).line;
}

/** The expression inside what has no effect at run time: `x!`, `x as T`, `<T>x`, `x satisfies T`, `x<T>`, an optional chain's wrapper. */
export function unwrapped(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
      return unwrapped(node.expression);
    default:
      // Babel's `createParenthesizedExpressions`, which typescript-eslint's types do not know.
      return (node.type as string) === 'ParenthesizedExpression' ? unwrapped((node as unknown as { expression: TSESTree.Node }).expression) : node;
  }
}

/** The outermost wrapper (see {@link unwrapped}) around a node: the node that stands in the parent's place for it. */
export function wrapped(node: InnerNode): InnerNode {
  const inside = unwrapped(node);
  let outer = node;
  while (outer.parent.type !== 'Program' && unwrapped(outer.parent) === inside) outer = outer.parent;
  return outer;
}

/** The function around a node (or the node of a class field, static block, enum or namespace, which run apart), else the program. */
export type Boundary =
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly part: 'parameters' | 'body' }
  | { readonly kind: 'field'; readonly node: TSESTree.PropertyDefinition | TSESTree.AccessorProperty }
  | { readonly kind: 'static-block'; readonly node: TSESTree.StaticBlock }
  | { readonly kind: 'enum'; readonly node: TSESTree.TSEnumDeclaration }
  | { readonly kind: 'namespace'; readonly node: TSESTree.TSModuleBlock }
  | { readonly kind: 'program'; readonly node: TSESTree.Program };

/** The nearest place above a node whose code runs at another time than the code around it. */
export function boundaryOf(start: TSESTree.Node): Boundary {
  let child = start;
  let node = start.parent;
  while (node) {
    if (isFunction(node)) {
      if (node.body === child) return { kind: 'function', node, part: 'body' };
      if ((node.params as TSESTree.Node[]).includes(child)) return { kind: 'function', node, part: 'parameters' };
    } else if (node.type === 'PropertyDefinition' || node.type === 'AccessorProperty') {
      if (node.value === child) return { kind: 'field', node };
    } else if (node.type === 'StaticBlock') {
      return { kind: 'static-block', node };
    } else if (node.type === 'TSEnumDeclaration') {
      return { kind: 'enum', node };
    } else if (node.type === 'TSModuleBlock') {
      return { kind: 'namespace', node };
    } else if (node.type === 'Program') {
      return { kind: 'program', node };
    }
    child = node;
    node = node.parent;
  }
  return { kind: 'program', node: child as TSESTree.Program };
}

/** Can an optional chain skip this call? */
export function isOptional(call: TSESTree.CallExpression): boolean {
  let node: TSESTree.Node = call;
  while (node.type === 'MemberExpression' || node.type === 'CallExpression') {
    if (node.optional) return true;
    node = unwrapped(node.type === 'CallExpression' ? node.callee : node.object);
  }
  return false;
}

/** The parameters that arguments are given for: all but TypeScript's `this`. */
export function parametersOf({ params }: FunctionNode): readonly TSESTree.Parameter[] {
  const [first] = params;
  return first?.type === 'Identifier' && first.name === 'this' ? params.slice(1) : params;
}

/** The arguments of which it can be told which parameters they are: those before a spread, and none of `load.call(this, path)`. */
export function plainArguments({ callee, arguments: given }: TSESTree.CallExpression): readonly TSESTree.CallExpressionArgument[] {
  const called = unwrapped(callee);
  if (called.type === 'MemberExpression' && called.property.type === 'Identifier' && /^(?:apply|bind|call)$/.test(called.property.name)) return [];
  const spread = given.findIndex(({ type }) => type === 'SpreadElement');
  return spread < 0 ? given : given.slice(0, spread);
}

/** The call that a function is given to where it is written, and the parameter that it is there; undefined for any other function. */
export function givenTo(fn: FunctionNode): { readonly call: TSESTree.CallExpression; readonly index: number } | undefined {
  const place = wrapped(fn);
  const call = place.parent;
  const index = call.type === 'CallExpression' ? plainArguments(call).indexOf(place as TSESTree.CallExpressionArgument) : -1;
  return index < 0 ? undefined : { call: call as TSESTree.CallExpression, index };
}

/** Every node from the parent up to the program. */
export function* ancestorsOf(node: TSESTree.Node): Generator<TSESTree.Node> {
  for (let ancestor = node.parent; ancestor; ancestor = ancestor.parent) yield ancestor;
}

/** Depth-first walk over a node and all below it; `enter` returns false to leave out what is below. */
export function walk(node: TSESTree.Node, visitorKeys: Readonly<Record<string, readonly string[] | undefined>>, enter: (node: TSESTree.Node) => unknown): void {
  if (enter(node) === false) return;
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) for (const child of value) walkChild(child, visitorKeys, enter);
    else walkChild(value, visitorKeys, enter);
  }
}

function walkChild(child: unknown, visitorKeys: Parameters<typeof walk>[1], enter: Parameters<typeof walk>[2]): void {
  if (typeof (child as TSESTree.Node | null | undefined)?.type === 'string') walk(child as TSESTree.Node, visitorKeys, enter);
}

/** What may end the function before a statement of this block is reached: `if (!path) return;`. */
export function exitsBefore(statement: TSESTree.Node, { body }: TSESTree.BlockStatement): readonly TSESTree.IfStatement[] {
  return body.slice(0, body.indexOf(statement as TSESTree.Statement)).filter((before) => before.type === 'IfStatement' && endsFunction(before.consequent)) as TSESTree.IfStatement[];
}

function endsFunction(statement: TSESTree.Statement): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}
