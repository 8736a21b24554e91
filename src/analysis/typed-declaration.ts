import { normalize } from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type Code = Readonly<TSESLint.SourceCode>;

/** Where the name of a declaration stands. */
export interface DeclarationPlace {
  readonly file: string;
  readonly offset: number;
}

/** `ts.SymbolFlags.Alias`; TypeScript itself may not be installed. */
const alias = 2_097_152;

/** The declaration that the types of a project say a callee has; undefined without typed linting, and for what is declared without code. */
export function typedDeclaration(callee: TSESTree.Node, code: Code): DeclarationPlace | undefined {
  const services = code.parserServices;
  if (!services?.program || !services.esTreeNodeToTSNodeMap) return undefined;
  const checker = services.program.getTypeChecker();
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  const found = checker.getSymbolAtLocation(services.esTreeNodeToTSNodeMap.get(name));
  const symbol = found && (found.flags & alias) !== 0 ? checker.getAliasedSymbol(found) : found;
  const declaration = symbol?.valueDeclaration as (NonNullable<typeof symbol>['valueDeclaration'] & { readonly name?: { readonly getStart: () => number } }) | undefined;
  const source = declaration?.getSourceFile();
  if (!source || source.isDeclarationFile || !declaration?.name) return undefined;
  return { file: normalize(source.fileName), offset: declaration.name.getStart() };
}
