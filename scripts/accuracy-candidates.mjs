// node scripts/accuracy-candidates.mjs <checkout>: calls in async functions that may block, told by names alone, for a reader to label.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as parser from '@typescript-eslint/parser';
import { filesBelow } from './files-below.mjs';

const help = `Usage: node scripts/accuracy-candidates.mjs <checkout> [--help]

Prints calls of a repository that a reader is to look at, each as path:line and the name that is called. Outside tests,
examples, templates and what is compiled, these are the calls in async functions by the name of a function in whose text
a function ending in Sync is called, or one by the name of such a function, and so on; names that arrays, strings, maps,
promises and the like have as methods are left out, and so are constructors. Of one name there are two at most. They come
in the order of a digest of path and line, which depends on nothing else, so that the first of them are a sample of all.`;

const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });
if (values.help || positionals.length !== 1) {
  console.log(help);
  if (!values.help) process.exitCode = 1;
} else {
  const [folder] = positionals;
  const found = candidates(sources(folder).flatMap((path) => callsIn(folder, path)));
  console.log(found.map(({ path, line, name }) => `${path}:${line} ${name}`).join('\n'));
}

function sources(folder) {
  const left = /(?:^|\/)(?:\.yarn|dist|build|out|compiled|vendor|third_party|tests?|__tests__|__mocks__|specs?|e2e|playground|fixtures?|__fixtures__|examples?|templates?|docs?|website)\/|[._-](?:test|tests|spec|e2e|mock)\.|\.d\.[cm]?ts$|\.min\.js$/i;
  return filesBelow(folder).filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !left.test(path));
}

function callsIn(folder, path) {
  const text = readFileSync(join(folder, path), 'utf8');
  const calls = [];
  let ast;
  try {
    ast = parser.parse(text, { loc: true, range: true, jsx: !path.endsWith('.ts'), filePath: path });
  } catch {
    // In another language, or a template with the name of a source.
    return [];
  }
  visit(ast);
  return calls;

  /** `owner` is the function around a node: one that has no name counts as the one around it. */
  function visit(node, parent, owner) {
    let inside = owner;
    if (/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) {
      const name = nameOf(node, parent);
      inside = name === undefined && !node.async && owner && !owner.isAsync ? owner : { name, isAsync: node.async };
    }
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const name = calleeName(node.callee);
      if (name !== undefined) calls.push({ path, line: node.loc.start.line, name, owner: inside });
    }
    for (const key of Object.keys(node)) {
      if (key === 'parent' || key === 'loc' || key === 'range') continue;
      for (const child of [node[key]].flat()) if (typeof child?.type === 'string') visit(child, node, inside);
    }
  }
}

function nameOf(node, parent) {
  if (node.id) return node.id.name;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'Property') return parent.kind === 'constructor' ? undefined : parent.key.name;
  if (parent?.type === 'VariableDeclarator') return parent.id.name;
  return parent?.type === 'AssignmentExpression' ? calleeName(parent.left) : undefined;
}

function calleeName(callee) {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && !callee.computed ? callee.property.name : undefined;
}

function candidates(calls) {
  const common = new Set([Array, String, Map, Set, WeakMap, Promise, RegExp, Function, Date, Number, Object, Error].flatMap((type) => [...Object.getOwnPropertyNames(type.prototype), ...Object.getOwnPropertyNames(type)]));
  for (const name of Object.getOwnPropertyNames(console)) common.add(name);
  const callers = new Map();
  for (const { name, owner } of calls) {
    if (owner?.name === undefined || owner.isAsync || common.has(owner.name)) continue;
    const known = callers.get(name);
    if (known) known.add(owner.name);
    else callers.set(name, new Set([owner.name]));
  }
  const blocking = new Set([...callers].filter(([name]) => name.endsWith('Sync')).flatMap(([, owners]) => [...owners]));
  for (const name of blocking) for (const owner of callers.get(name) ?? []) blocking.add(owner);
  const counts = new Map();
  return calls
    .filter(({ name, owner }) => owner?.isAsync && blocking.has(name) && !common.has(name))
    .map((call) => ({ ...call, order: createHash('sha256').update(`${call.path}:${call.line}`).digest('hex') }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .filter(({ name }) => {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return count <= 2;
    });
}
