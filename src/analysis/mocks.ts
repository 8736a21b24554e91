import { isBuiltin } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { BlockingApi } from '../catalogue/types.js';
import { moduleName } from '../catalogue/modules.js';
import { isPlainValue } from './elsewhere/plain-value.js';
import { propertyName, resolveReference, staticString } from './reference.js';
import { unwrapped, walk } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Packages that replace `fs` for the whole process once they are loaded. */
const fileSystemMocks = new Set(['esmock', 'fs-monkey', 'memfs', 'metro-memory-fs', 'mock-fs', 'mock-require', 'mockery', 'proxyquire', 'rewire', 'testdouble', 'unionfs']);
/** `vi.mock('fs')`, `jest.doMock('fs')`: methods that replace the module their first argument names. */
const moduleMocks = new Set(['doMock', 'mock', 'module', 'replace', 'replaceEsm', 'setMock', 'unstable_mockModule']);
/** `vi.spyOn(fs, …)`, `sinon.stub(fs, …)`, `t.mock.method(fs, …)`: methods that replace parts of the object they are given. */
const memberMocks = new Set(['method', 'mock', 'replace', 'replaceProperty', 'spy', 'spyOn', 'stub']);
const patchers = new Set(['Object.assign', 'Object.defineProperty', 'Object.defineProperties']);
const patchingMethods = new Set([...patchers].map((name) => name.slice('Object.'.length)));
const mockedText = /\b(?:mock|doMock|setMock|unstable_mockModule|mock-fs|memfs|spyOn|stub|esmock|fs-monkey|mockery|proxyquire|rewire|testdouble|unionfs|replaceEsm)\b/;

const cache = new WeakMap<object, ReadonlySet<string>>();

/** Is this module, or a part of it, replaced somewhere in the file? A worker would load the real one. */
export function isMocked(module: string, code: Code): boolean {
  let mocked = cache.get(code.ast);
  if (!mocked) cache.set(code.ast, (mocked = mockedModules(code)));
  return mocked.has(module);
}

/** Is what this API does replaced? Packages read and write through the file system that a mock of it stands in for. */
export function isMockedApi({ module }: BlockingApi, code: Code): boolean {
  return isMocked(module, code) || (module !== 'globalThis' && !isBuiltin(module) && isMocked('fs', code));
}

function mockedModules(code: Code): ReadonlySet<string> {
  const mocked = new Set<string>();
  const namesMocks = mockedText.test(code.text);
  walk(code.ast, code.visitorKeys, (node) => {
    const patched = patchedObject(node, code);
    if (patched) addModule(patched, mocked, code);
    if (!namesMocks) return;
    const loaded = loadedModule(node, code);
    if (loaded !== undefined && fileSystemMocks.has(loaded)) mocked.add('fs');
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier') addMocked(node, node.callee.property.name, mocked, code);
  });
  return mocked;
}

function loadedModule(node: TSESTree.Node, code: Code): string | undefined {
  if (node.type === 'ImportDeclaration') return node.importKind === 'type' ? undefined : node.source.value;
  if (node.type === 'ImportExpression') return staticString(node.source, code);
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments[0]) return staticString(node.arguments[0], code);
  return undefined;
}

function addMocked(call: TSESTree.CallExpression, method: string, mocked: Set<string>, code: Code): void {
  const [first] = call.arguments;
  if (!first) return;
  const target = unwrapped(first);
  if (moduleMocks.has(method)) {
    const name = target.type === 'ImportExpression' ? staticString(target.source, code) : staticString(target, code);
    if (name !== undefined) mocked.add(moduleName(name));
  }
  if (memberMocks.has(method)) addModule(target, mocked, code);
}

/** `fs.readFileSync = …`, `Object.assign(fs, …)`: the object of which a part is replaced by hand. `log.level = 'info'` replaces no function. */
function patchedObject(node: TSESTree.Node, code: Code): TSESTree.Node | undefined {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') return resolveReference(node.left.object, code) && !isPlainValue(node.right, code) ? node.left.object : undefined;
  if (node.type !== 'CallExpression' || !node.arguments[0] || node.callee.type !== 'MemberExpression') return undefined;
  // Most calls are of something else, and are told by that without following them.
  if (!patchingMethods.has(propertyName(node.callee, code) ?? '')) return undefined;
  const called = resolveReference(node.callee, code);
  return called?.module === 'globalThis' && patchers.has(called.path.join('.')) ? node.arguments[0] : undefined;
}

function addModule(object: TSESTree.Node, mocked: Set<string>, code: Code): void {
  const reference = resolveReference(object, code);
  if (reference && reference.module !== 'globalThis' && !reference.instance) mocked.add(reference.module);
}
