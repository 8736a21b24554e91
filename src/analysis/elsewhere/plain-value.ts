import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isPrimitive, ValueKinds } from '../loops/value-kind.js';
import { definingExpression } from '../task-call.js';
import { resolveReference } from '../reference.js';
import { unwrapped } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Functions of Node's that give a text or a number. */
const texts = /^(?:path\.(?:basename|dirname|extname|format|join|normalize|relative|resolve)|url\.(?:fileURLToPath|domainTo\w+)|os\.(?:homedir|hostname|platform|tmpdir)|process\.(?:cwd|uptime)|util\.(?:format|inspect)|crypto\.randomUUID)$/;
/** Their properties that are texts or numbers; `process.env.HOME` may be undefined, which crosses as well. */
const properties = /^(?:path\.(?:delimiter|sep)|os\.EOL|process\.(?:arch|execPath|pid|platform|version|env\.\w+))$/;

/** Is this known to be a string, a number or the like, or an object that is written out here and holds only such? A copy of it is as good. */
export function isPlainValue(expression: TSESTree.Node, code: Code): boolean {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'ObjectExpression':
      return node.properties.every((property) => property.type === 'Property' && property.kind === 'init' && !property.computed && !property.method && keyOf(property) !== '__proto__' && isPlainValue(property.value, code));
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null && element.type !== 'SpreadElement' && isPlainValue(element, code));
    default:
      return isText(node, code) || isPrimitive(new ValueKinds(code, nothing).of(node));
  }
}

/** Nothing is known of who else holds a value. */
const nothing = { owns: () => false, ignores: () => false };

function isText(node: TSESTree.Node, code: Code): boolean {
  const defined = definingExpression(node, code);
  if (defined.type === 'MetaProperty') return false;
  if (defined.type === 'MemberExpression' && defined.object.type === 'MetaProperty') return defined.property.type === 'Identifier' && /^(?:dirname|filename|url)$/.test(defined.property.name);
  if (defined.type === 'Identifier') return ['__dirname', '__filename', 'undefined'].includes(defined.name);
  if (defined !== node && isPrimitive(new ValueKinds(code, nothing).of(defined))) return true;
  const reference = resolveReference(defined.type === 'CallExpression' ? defined.callee : defined, code);
  if (!reference || reference.instance) return false;
  return (defined.type === 'CallExpression' ? texts : properties).test(`${reference.module}.${reference.path.join('.')}`);
}

function keyOf({ key }: TSESTree.Property): string {
  return key.type === 'Identifier' ? key.name : String((key as TSESTree.Literal).value);
}
