import { isBuiltin } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findBlockingApi } from '../../catalogue/lookup.js';
import { resolveReference, staticString } from '../reference.js';
import { isFunction, unwrapped } from '../syntax.js';
import { isExports } from './assigned-members.js';
import type { ModuleSummary } from './module-summary.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What loading a module does: whether it does more than declare what it exports, and which modules of the project it loads. */
export function atLoad(code: Code): ModuleSummary['atLoad'] {
  const modules = new Set<string>();
  let acts = false;
  for (const statement of code.ast.body) if (!isQuiet(statement)) acts = true;
  return { acts, modules: [...modules] };

  function isQuiet(statement: TSESTree.Node | null): boolean {
    if (!statement || isDeclaration(statement)) return true;
    switch (statement.type) {
      case 'ImportDeclaration':
        if (statement.importKind === 'type') return true;
        // Imported for what it does.
        return statement.specifiers.length > 0 && load(statement.source);
      case 'ExportAllDeclaration':
        return statement.exportKind === 'type' || load(statement.source);
      case 'ExportNamedDeclaration':
        if (statement.exportKind === 'type') return true;
        return statement.source ? load(statement.source) : isQuiet(statement.declaration);
      case 'ExportDefaultDeclaration':
        return isDeclaration(statement.declaration) || statement.declaration.type === 'ClassDeclaration' ? isQuiet(statement.declaration) : isQuietValue(statement.declaration);
      case 'TSImportEqualsDeclaration':
        return statement.moduleReference.type !== 'TSExternalModuleReference' || load(statement.moduleReference.expression);
      case 'TSExportAssignment':
        return isQuietValue(statement.expression);
      case 'VariableDeclaration':
        return statement.declarations.every(({ init, id }) => (init === null || isQuietValue(init)) && isQuietPattern(id));
      case 'ClassDeclaration':
        return isQuietClass(statement);
      case 'ExpressionStatement':
        return typeof statement.directive === 'string' || isQuietStatement(unwrapped(statement.expression));
      case 'IfStatement':
        return statement.alternate === null && isForMain(unwrapped(statement.test));
      default:
        return false;
    }
  }

  /** `require.main === module`, `isMainThread`: not so in a worker. */
  function isForMain(test: TSESTree.Node): boolean {
    if (test.type === 'BinaryExpression') return test.operator === '===' && code.getText(test.left) === 'require.main' && code.getText(test.right) === 'module';
    const reference = resolveReference(test, code);
    return reference?.module === 'worker_threads' && reference.path.join('.') === 'isMainThread';
  }

  function load(source: TSESTree.Node): boolean {
    const specifier = staticString(source, code);
    if (specifier === undefined) return false;
    if (!isBuiltin(specifier)) modules.add(specifier);
    return true;
  }

  /** `exports.load = load`, `Object.defineProperty(exports, '__esModule', …)`, and the registration of functions. */
  function isQuietStatement(node: TSESTree.Node): boolean {
    if (node.type === 'AssignmentExpression') {
      const { left, right } = node;
      const target = left.type === 'MemberExpression' && (isExports(left, code) || isExports(left.object, code));
      return target && (right.type === 'AssignmentExpression' ? isQuietStatement(right) : isQuietValue(right));
    }
    if (node.type !== 'CallExpression') return false;
    const called = resolveReference(node.callee, code);
    if (called?.path.join('.') === 'offloadable') return true;
    return called?.module === 'globalThis' && called.path.join('.') === 'Object.defineProperty' && node.arguments[0] !== undefined && isExports(node.arguments[0], code);
  }

  function isQuietValue(expression: TSESTree.Node | null): boolean {
    if (!expression) return true;
    const node = unwrapped(expression);
    if (isFunction(node)) return true;
    switch (node.type) {
      case 'Identifier':
      case 'Literal':
      case 'MetaProperty':
        return true;
      case 'ClassDeclaration':
      case 'ClassExpression':
        return isQuietClass(node);
      case 'TemplateLiteral':
        return node.expressions.every(isQuietValue);
      case 'ArrayExpression':
        return node.elements.every((element) => isQuietValue(element));
      case 'SpreadElement':
        return isQuietValue(node.argument);
      case 'ObjectExpression':
        return node.properties.every((property) => (property.type === 'Property' ? (!property.computed || isQuietValue(property.key)) && isQuietValue(property.value) : isQuietValue(property.argument)));
      case 'MemberExpression':
        return isQuietValue(node.object) && (!node.computed || isQuietValue(node.property));
      case 'UnaryExpression':
        return node.operator !== 'delete' && isQuietValue(node.argument);
      case 'BinaryExpression':
      case 'LogicalExpression':
        return isQuietValue(node.left) && isQuietValue(node.right);
      case 'ConditionalExpression':
        return isQuietValue(node.test) && isQuietValue(node.consequent) && isQuietValue(node.alternate);
      case 'CallExpression':
      case 'NewExpression':
        return isQuietCall(node);
      default:
        return false;
    }
  }

  function isQuietCall(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') return node.arguments[0] !== undefined && load(node.arguments[0]);
    const called = resolveReference(node.type === 'CallExpression' ? node.callee : node, code);
    const path = called?.path.join('.') ?? '';
    const name = `${called?.module ?? ''}.${path}`;
    const api = called && findBlockingApi(called.module, called.path);
    // What only reads gives a worker what it gave here.
    const reads = api ? !api.writes && api.offload === true && api.cost !== 'process' && api.cost !== 'wait' : path === 'offloadable' || quietCalls.test(name);
    return reads && node.arguments.every((argument) => isQuietValue(argument));
  }

  function isQuietClass({ superClass, body, decorators }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
    // Only TypeScript's parser and Babel's know decorators.
    if ((decorators as readonly unknown[] | undefined)?.length || !isQuietValue(superClass)) return false;
    return body.body.every((member) => {
      if (member.type === 'StaticBlock' || ('computed' in member && member.computed && !isQuietValue(member.key))) return false;
      if ('decorators' in member && (member.decorators as readonly unknown[] | undefined)?.length) return false;
      return member.type !== 'PropertyDefinition' || !member.static || isQuietValue(member.value);
    });
  }

  function isQuietPattern(pattern: TSESTree.Node): boolean {
    return pattern.type === 'Identifier' || (pattern.type === 'ObjectPattern' && pattern.properties.every((property) => property.type === 'RestElement' || (!property.computed && property.value.type === 'Identifier')));
  }
}

/** What Node and the language have that does nothing but compute. */
const quietCalls = new RegExp(
  `^(?:${[
    'path\\.\\w+', 'url\\.(?:fileURLToPath|pathToFileURL)', 'util\\.promisify', 'module\\.createRequire', 'os\\.(?:homedir|platform|tmpdir)', 'process\\.(?:cwd|getBuiltinModule)',
    'globalThis\\.(?:Boolean|Number|String|Symbol|Symbol\\.for|RegExp|Map|Set|WeakMap|WeakSet|URL|Date|Array|Array\\.(?:from|of)|Object\\.(?:freeze|keys|values|entries|fromEntries|create)|JSON\\.parse|parseInt|parseFloat|TextDecoder|TextEncoder)',
  ].join('|')})$`,
);

function isDeclaration({ type }: TSESTree.Node): boolean {
  return type === 'FunctionDeclaration' || type === 'TSDeclareFunction' || type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration' || type === 'TSEnumDeclaration' || type === 'EmptyStatement' || type === 'TSNamespaceExportDeclaration';
}
