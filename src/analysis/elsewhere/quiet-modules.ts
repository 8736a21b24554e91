import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isBuiltin } from 'node:module';
import { type ApiReference, resolveReference, staticString } from '../reference.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Modules of Node that only compute with what they are given, or ask what is the same on every thread. */
const quiet: Readonly<Record<string, RegExp>> = {
  'path': /^(?:(?:posix|win32)\.)?(?:basename|dirname|extname|format|isAbsolute|join|normalize|parse|relative|resolve|toNamespacedPath)$/,
  'url': /^(?:fileURLToPath|pathToFileURL|domainToASCII|domainToUnicode|URL|URLSearchParams)$/,
  'os': /^(?:arch|cpus|endianness|freemem|homedir|hostname|platform|release|tmpdir|totalmem|type|userInfo|version)$/,
  'util': /^(?:format|inspect|isDeepStrictEqual|stripVTControlCharacters)$/,
  'querystring': /^(?:escape|stringify|unescape)$/,
  'crypto': /^(?:createHash|randomUUID|Hash#(?:digest|update))$/,
  'buffer': /^Buffer(?:\.(?:alloc|byteLength|compare|concat|from|isBuffer))?$/,
  'process': /^(?:cwd|hrtime(?:\.bigint)?|memoryUsage)$/,
};

/** What of them, and of the process, is read and never changes. */
const constants: Readonly<Record<string, RegExp>> = {
  path: /^(?:delimiter|sep)$/,
  os: /^(?:EOL|constants\..+)$/,
  fs: /^constants\.\w+$/,
  process: /^(?:arch|execPath|pid|platform|ppid|version|env\..+|versions\.\w+)$/,
};

/** Is this a call of Node's that does nothing but compute? */
export function isQuietCall(node: TSESTree.CallExpression | TSESTree.NewExpression, { module, path, instance }: ApiReference): boolean {
  return !(node.type === 'CallExpression' && path.length === 0 && !instance) && quiet[module]?.test(path.join('.')) === true;
}

/** Is this a constant of one of Node's modules, read and not written to? */
export function isQuietMember(node: TSESTree.Node, code: Code): boolean {
  const { parent } = node;
  if (parent?.type === 'AssignmentExpression' && parent.left === node) return false;
  if (parent?.type === 'UpdateExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'delete')) return false;
  const reference = resolveReference(node, code);
  if (!reference || reference.instance) return isVariableOfEnvironment(node, code);
  const name = reference.path.join('.');
  if (constants[reference.module]?.test(name)) return true;
  // Called in place, it is looked at as a call.
  return parent?.type === 'CallExpression' && parent.callee === node && (quiet[reference.module]?.test(name) === true || isLoad(parent, code));
}

/** `process.env[name]` */
function isVariableOfEnvironment(node: TSESTree.Node, code: Code): boolean {
  if (node.type !== 'MemberExpression' || !node.computed) return false;
  const object = resolveReference(node.object, code);
  return object?.module === 'process' && object.path.join('.') === 'env';
}

/** `require('fs')`, `process.getBuiltinModule('fs')`: a worker has these modules as well. */
export function isLoad(node: TSESTree.CallExpression | TSESTree.NewExpression, code: Code): boolean {
  const { arguments: [specifier] } = node;
  const name = specifier && staticString(specifier, code);
  if (name === undefined || !isBuiltin(name)) return false;
  const called = resolveReference(node.callee, code);
  return called !== undefined && /^(?:globalThis\.require|process\.getBuiltinModule)$/.test(`${called.module}.${called.path.join('.')}`);
}
