import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import { moduleStatements } from './module-statements.js';
import { isDeclared } from './reference.js';
import { walk } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** How a file takes in other modules, and so how one more is taken in. */
export type ModuleStyle =
  /** `import … from` */
  | 'import'
  /** `const … = require()` */
  | 'require'
  /** TypeScript's `import … = require()`, in a file that writes nothing else */
  | 'import-equals';

/** The style a file is written in: by what it does, then by its name, then by the nearest package.json. */
export function moduleStyle(code: Code, filename: string): ModuleStyle {
  const body = moduleStatements(code);
  const imports = body.some((statement) => statement.type === 'ImportDeclaration');
  const importEquals = body.some((statement) => statement.type === 'TSImportEqualsDeclaration' && statement.moduleReference.type === 'TSExternalModuleReference');
  if (importEquals && !imports) return 'import-equals';
  // `export =` and `export { x }` in a file that requires: TypeScript's CommonJS.
  if (body.some((statement) => statement.type === 'TSExportAssignment')) return imports ? 'import' : 'import-equals';
  if (imports || body.some((statement) => statement.type.startsWith('Export'))) return 'import';
  if (code.ast.sourceType !== 'module') return 'require';
  if (isComponent(filename)) return 'import';
  if (/\.m[jt]sx?$/.test(filename)) return 'import';
  if (filename.endsWith('.cjs')) return 'require';
  if (filename.endsWith('.cts')) return 'import-equals';
  if (requires(code)) return 'require';
  return /\.tsx?$/.test(filename) || isInModulePackage(filename) ? 'import' : 'require';
}

/**
 * Does the file run as CommonJS, so that its top level cannot await? By its words and its name; a TypeScript file that says
 * neither is compiled to what its package.json says. (Parsers are told `sourceType: "module"` for every `.js` and `.ts`.)
 */
export function isCommonJs(code: Code, filename: string): boolean {
  const body = moduleStatements(code);
  if (code.ast.sourceType !== 'module' || /\.c[jt]s$/.test(filename)) return true;
  if (!body.some((statement) => statement.type.startsWith('Import') || statement.type.startsWith('Export'))) return true;
  if (body.some((statement) => statement.type === 'TSExportAssignment' || statement.type === 'TSImportEqualsDeclaration')) return true;
  return /\.tsx?$/.test(filename) && !isInModulePackage(filename);
}

/** Components are compiled to modules, whatever their package.json says. */
export function isComponent(filename: string): boolean {
  return /\.(?:astro|svelte|vue)$/.test(filename);
}

/** How a module says where it is. */
export interface ModuleAddress {
  readonly text: 'import.meta.url' | '__filename';
  /** False where the file may be compiled to the other kind of module. */
  readonly certain: boolean;
}

/** The address of a file's module: by what it uses already, then by its name and its words, then by its package.json. */
export function moduleAddress(code: Code, filename: string): ModuleAddress {
  const known = (text: ModuleAddress['text']): ModuleAddress => ({ text, certain: true });
  if (/\.m[jt]sx?$/.test(filename) || usesImportMeta(code)) return known('import.meta.url');
  if (/\.c[jt]sx?$/.test(filename) || usesFilename(code) || moduleStyle(code, filename) !== 'import') return known('__filename');
  if (/\.[jt]sx?$/.test(filename) && isInModulePackage(filename)) return known('import.meta.url');
  // Without `"type": "module"`, TypeScript and Babel make CommonJS of imports, while bundlers and Node itself may keep them.
  return { text: /\.tsx?$/.test(filename) ? '__filename' : 'import.meta.url', certain: false };
}

function usesImportMeta(code: Code): boolean {
  if (!code.text.includes('import.meta')) return false;
  let found = false;
  walk(code.ast, code.visitorKeys, (node) => {
    if (node.type === 'MetaProperty' && node.meta.name === 'import') found = true;
    return !found;
  });
  return found;
}

/** Does the file read `__filename` or `__dirname`, which only CommonJS has, and declare neither? */
function usesFilename(code: Code): boolean {
  const names = ['__filename', '__dirname'];
  if (!names.some((name) => code.text.includes(name))) return false;
  return (code.scopeManager?.scopes ?? []).some((scope) => scope.references.some(({ identifier, resolved }) => names.includes(identifier.name) && (resolved?.defs.length ?? 0) === 0));
}

/** Does the file call `require`, or write `module.exports` or `exports`? */
function requires(code: Code): boolean {
  if (!/\b(?:require|exports)\b/.test(code.text)) return false;
  let found = false;
  walk(code.ast, code.visitorKeys, (node) => {
    if (found) return false;
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') found = !isDeclared(node.callee, code);
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
      const { object } = node;
      if (object.name === 'exports') found = !isDeclared(object, code);
      if (object.name === 'module' && node.property.type === 'Identifier' && node.property.name === 'exports') found = !isDeclared(object, code);
    }
    return !found;
  });
  return found;
}

const packageTypes = new Map<string, boolean>();

/** Is the nearest package.json above the file of `"type": "module"`? A file that is not on disk is taken for a module, as its parser was told. */
function isInModulePackage(filename: string): boolean {
  const folder = dirname(filename);
  const known = packageTypes.get(folder);
  if (known !== undefined) return known;
  const answer = readPackageType(folder) ?? (dirname(folder) === folder ? true : isInModulePackage(folder));
  packageTypes.set(folder, answer);
  return answer;
}

function readPackageType(folder: string): boolean | undefined {
  try {
    const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type?: unknown };
    return type === 'module';
  } catch {
    return undefined;
  }
}
