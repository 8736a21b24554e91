import { isBuiltin } from 'node:module';
import { blockingApis, findBlockingApi } from '../../catalogue/lookup.js';
import { moduleName } from '../../catalogue/modules.js';
import type { BlockingApi } from '../../catalogue/types.js';
import type { Content, Text } from '../texts.js';
import type { Value } from './module-summary.js';

/** The API that a module of the project passes on: `export { readFileSync } from 'fs'`. None that blocks by how it is called. */
export function passedOnApi(module: string, path: readonly string[]): BlockingApi | undefined {
  const api = findBlockingApi(module, withoutDefault(path));
  return api && isPassedOn(api) ? api : undefined;
}

/** The names by which others come to an API, where a value is one or all of a module: `export { fs }`. */
export function passedOnNames(value: Value, isWanted: (api: BlockingApi) => boolean): readonly string[] {
  if (value.kind !== 'import') return [];
  const module = moduleName(value.specifier);
  const path = withoutDefault(value.path);
  const found = (byModule.get(module) ?? []).filter((api) => isWanted(api) && path.every((step, index) => stepsOf(api)[index] === step));
  return found.map((api) => stepsOf(api).at(-1)!);
}

/** Could a text pass on a module that has such APIs, or put it where others find it? No is certain: its name stands before a dot, wherever it is used. */
export function mayPassOn({ text, content }: Text): boolean {
  let answer = answers.get(content);
  if (answer === undefined) answers.set(content, (answer = content.specifiers.some((specifier) => byModule.has(moduleName(specifier)) && passesOn(specifier, text))));
  return answer;
}

const answers = new WeakMap<Content, boolean>();

function passesOn(specifier: string, text: string): boolean {
  const quoted = `['"\`]${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`]`;
  const binding = new RegExp(`\\bimport\\s+([^'"\`;]*?)\\s*(?:\\bfrom|=\\s*require\\s*\\()\\s*${quoted}|\\b(?:const|let|var)\\s+([^=;]*?)\\s*=\\s*(?:\\w+\\(\\s*)?require\\s*\\(\\s*${quoted}`, 'g');
  let bound = 0;
  for (const [, imported, required] of text.matchAll(binding)) {
    bound += 1;
    if (namesThatLead(imported ?? required!, specifier).some((name) => standsAlone(name, text))) return true;
  }
  // It is named without a name of its own: `export * as fs from`, `exports.fs = require(…)`, and what may be `load(…)`.
  return [...text.matchAll(new RegExp(`${quoted}(?!\\s*\\)\\s*\\.(?!default\\b))`, 'g'))].length > bound;
}

/** Of what a statement binds, the module itself and what of it is an API or has one: `fs`, `* as fs`, `{ readFileSync, promises as files }`. */
function namesThatLead(bound: string, specifier: string): readonly string[] {
  const [, own = '', inBraces = ''] = /^([^{]*)(?:\{([^}]*))?/.exec(bound)!;
  const steps = new Set([...byModule.get(moduleName(specifier))!.map((api) => stepsOf(api)[0]), 'default']);
  const named = inBraces.split(',').flatMap((part) => {
    const [name, local = name] = wordsIn(part);
    return name !== undefined && steps.has(name) ? [local!] : [];
  });
  return [...wordsIn(own), ...named];
}

function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(/[\w$]+/g)].flatMap(([word]) => (/^(?:as|type)$/.test(word) ? [] : [word]));
}

/** Is a name anything but the beginning of `fs.…`, more than once, as it is once where it is declared? */
function standsAlone(name: string, text: string): boolean {
  const alone = new RegExp(`(?<![\\w$.'"\`/@-])${name.replaceAll('$', '\\$')}(?![\\w$'"\`/-]|\\s*(?:\\.(?!\\.|default\\b)|\\?\\.|\\[|:|\\())`, 'g');
  return [...text.matchAll(alone)].length > 1;
}

/** Does a value come from a module of Node's own? */
export function isOfNode(value: Value): boolean {
  switch (value.kind) {
    case 'import':
      return isBuiltin(value.specifier);
    case 'instance':
    case 'member':
    case 'result':
      return isOfNode(value.of);
    default:
      return false;
  }
}

const byModule = new Map<string, BlockingApi[]>();
for (const api of blockingApis) if (isPassedOn(api)) byModule.set(api.module, [...(byModule.get(api.module) ?? []), api]);

/** `process` is handed to everybody, and nobody means its reports. */
function isPassedOn({ kind, when, module, path, reported }: BlockingApi): boolean {
  return kind === 'function' && when === undefined && module !== 'process' && path !== '' && reported;
}

function stepsOf({ path }: BlockingApi): readonly string[] {
  return path.split('.');
}

/** What a CommonJS module exports is what an `import` of its default gets. */
function withoutDefault(path: readonly string[]): readonly string[] {
  return path[0] === 'default' ? withoutDefault(path.slice(1)) : path;
}
