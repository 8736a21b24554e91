import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../syntax.js';
import { declares, placedComments } from './annotations.js';
import type { Value } from './module-summary.js';
import { instanceOf, listOf } from './value-steps.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What JSDoc says about values in JavaScript: of which class they are. TypeScript reads it the same way, and has types of its own in its own files. */
export interface DocumentedTypes {
  /** `@param {Config} config`, by the name of the parameter; `@param {Config} options.config`, by that of the property of the parameter that is taken apart. */
  readonly parameterOf: (fn: FunctionNode, name: string, isProperty?: boolean) => Value | undefined;
  /** `@returns {Config}` */
  readonly returnedBy: (fn: FunctionNode) => Value | undefined;
  /** `@returns {Promise<Config>}` */
  readonly promisedBy: (fn: FunctionNode) => Value | undefined;
  /** `@type {Config}` above a declaration. */
  readonly typeOf: (declaration: TSESTree.Node) => Value | undefined;
}

interface Given {
  readonly file: string;
  readonly code: Code;
  readonly valueOf: (expression: TSESTree.Node) => Value | undefined;
}

const nothing: DocumentedTypes = { parameterOf: () => undefined, returnedBy: () => undefined, promisedBy: () => undefined, typeOf: () => undefined };

export function documentedTypes({ file, code, valueOf }: Given): DocumentedTypes {
  if (/\.[cm]?tsx?$/.test(file) || !/@(?:param|returns?|type)\s*\{/.test(code.text)) return nothing;
  let comments: ReadonlyMap<number, string> | undefined;
  return {
    parameterOf(fn, name, isProperty = false) {
      for (const [, type, owner, documented] of commentOf(fn)?.matchAll(/@param\s+\{([^{}]+)\}\s+\[?([\w$]+\.)?([\w$]+)(?![\w$.[])/g) ?? []) {
        if (documented === name && (owner !== undefined) === isProperty) return instanceOf(classOf(type!, fn));
      }
      return undefined;
    },
    returnedBy: (fn) => instanceOf(classOf(returnType(fn) ?? '', fn)),
    promisedBy: (fn) => instanceOf(classOf(/^Promise<(.*)>$/.exec(returnType(fn) ?? '')?.[1] ?? '', fn)),
    typeOf: (declaration) => instanceOf(classOf(/@type\s+\{([^{}]+)\}/.exec(commentOf(declaration) ?? '')?.[1] ?? '', declaration)),
  };

  function returnType(fn: FunctionNode): string | undefined {
    return /@returns?\s+\{([^{}]+)\}/.exec(commentOf(fn) ?? '')?.[1]?.trim();
  }

  /** The one above what declares a node. */
  function commentOf(node: TSESTree.Node): string | undefined {
    comments ??= commentsByPlace(code);
    let declaration = node;
    for (;;) {
      const found = comments.get(declaration.range[0]);
      if (found !== undefined) return found;
      const { parent } = declaration;
      if (!parent || !declares(parent, declaration)) return undefined;
      declaration = parent;
    }
  }

  /** The class that a type names; of several types, one and nothing else. */
  function classOf(type: string, at: TSESTree.Node): Value | undefined {
    const [only, ...others] = type.trim().replace(/^\((.*)\)$/, '$1').split('|').map((one) => one.trim().replace(/^[?!]|[=?!]$/g, '')).filter((one) => !/^(?:bigint|boolean|false|null|number|string|symbol|true|undefined|void)$/.test(one));
    if (only === undefined || others.length > 0) return undefined;
    const [, element = /^(.+)\[\]$/.exec(only)?.[1]] = /^(?:Array|ReadonlyArray|ReadonlySet|Set)\.?<(.+)>$/.exec(only) ?? [];
    if (element !== undefined) return listOf(instanceOf(classOf(element, at)));
    const [, , specifier, name] = /^import\((['"])(.+?)\1\)(?:\.([\w$]+))?$/.exec(only) ?? [];
    if (specifier !== undefined) return { kind: 'import', file, specifier, path: name === undefined ? [] : [name] };
    // `string` and the like are no classes, and most that is documented is of these.
    return /^[A-Z_$][\w$]*$/.test(only) ? classNamed(only, at) : undefined;
  }

  function classNamed(name: string, at: TSESTree.Node): Value | undefined {
    for (let scope: TSESLint.Scope.Scope | null = code.getScope(at); scope; scope = scope.upper) {
      const [declared] = scope.set.get(name)?.identifiers ?? [];
      if (declared) return valueOf(declared);
    }
    return typeNamed(name);
  }

  // `@typedef` of what another module exports, by its type `import(…).Config`.
  function typeNamed(name: string): Value | undefined {
    if (!code.text.includes('@typedef')) return undefined;
    const [, , specifier, exported] = new RegExp(`@typedef\\s+\\{import\\((['"])([^'"]+)\\1\\)\\.([\\w$]+)\\}\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`).exec(code.text) ?? [];
    return specifier === undefined ? undefined : { kind: 'import', file, specifier, path: [exported!] };
  }
}

function commentsByPlace({ ast: { comments }, text }: Code): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [place, { type, value }] of placedComments({ comments, text })) if (type === 'Block' && value.startsWith('*')) found.set(place, value);
  return found;
}
