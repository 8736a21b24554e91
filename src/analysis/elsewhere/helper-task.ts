import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitSite } from '../await-site.js';
import { sharesArgument } from '../check-then-act.js';
import { uncrossableArguments } from '../crossing.js';
import { fileOf } from '../file.js';
import { certaintyOf, gravest, type Hazard, hazards } from '../hazards.js';
import { interleavingHazards } from '../interleaving.js';
import { isMockedApi } from '../mocks.js';
import { moduleAddress, moduleStyle } from '../module-style.js';
import { variableOf } from '../reference.js';
import { type Registration, registrationOfExport } from '../registration.js';
import type { CalledFunction } from '../summary/file-calls.js';
import { type FunctionNode, isOptional } from '../syntax.js';
import { type Doubt, doubts } from './doubts.js';
import { isPlainValue } from './plain-value.js';
import { elsewhere, isQuietToLoad, type ModulesWithFacts } from './run-elsewhere.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A call of a helper that a worker could run as a whole: `await offload(loadConfig, path)`. */
export interface HelperTask {
  readonly call: TSESTree.CallExpression;
  readonly form: 'await' | 'promise';
  /** How the helper is registered first, so that a worker finds it; undefined where its source travels, or it is registered. */
  readonly registration: HelperRegistration | undefined;
  /** What to look at before; undefined: nothing, it is safe. */
  readonly review: string | undefined;
}

export type HelperRegistration =
  /** `offloadable(import.meta.url, './config.js', { load })`, below what imports it */
  | (Registration & { readonly kind: 'import' })
  /** `offloadable(import.meta.url, { load })`, below what declares it */
  | { readonly kind: 'own'; readonly name: string; readonly address: ReturnType<typeof moduleAddress>; readonly statement: TSESTree.Node };

export interface HelperTaskGiven {
  readonly code: Code;
  readonly filename: string;
  readonly cwd: string;
  readonly runtime: string;
  readonly modules: ModulesWithFacts;
}

/** How a call of a helper could be run on a worker; undefined where it cannot, or where that is not known. */
export function helperTask(call: TSESTree.Node, { summary, place, node }: CalledFunction, { code, filename, cwd, runtime, modules }: HelperTaskGiven): HelperTask | undefined {
  if (call.type !== 'CallExpression' || call.callee !== place || call.typeArguments || isOptional(call)) return undefined;
  const site = awaitSite(call, code, filename, runtime);
  if (site.callback || certaintyOf(site.hazards) === 'unsafe') return undefined;
  const registration = node ? ownRegistration(node) : importRegistration();
  if (!registration && !isNamed()) return undefined;
  if (call.arguments.some(({ type }) => type === 'SpreadElement' || type === 'ThisExpression')) return undefined;
  if (uncrossableArguments({ args: call.arguments, form: 'offload', transfers: false }, fileOf(code, filename, cwd, runtime)).length > 0) return undefined;
  const does = elsewhere(summary, modules);
  if (!does || does.apis.some((api) => isMockedApi(api, code))) return undefined;
  const known = call.arguments.every((argument) => isPlainValue(argument, code));
  if (!known && (does.changesArguments || does.callsArguments)) return undefined;

  const isFound = does.isWhole || modules.factsOf(summary)?.isRegistered === true || (registration?.kind === 'import' && registration.done);
  if (!isFound && (!registration || !isQuietToLoad(summary.file, modules))) return undefined;
  const placeHazards: Hazard[] = [...site.hazards, ...interleavingHazards(call, code), ...(sharesArgument(call, code) ? (['check-then-act'] as const) : [])];
  const doubt = doubtOf();
  const hazard = gravest(placeHazards);
  return { call, form: site.form, registration: isFound ? undefined : registration, review: hazard ? hazards[hazard].text : doubt && doubts[doubt] };

  function doubtOf(): Doubt | undefined {
    if (!known) return 'unknown-argument';
    if (does!.readsAndWrites) return 'reads-and-writes';
    if (does!.prints) return 'prints';
    if (isFound) return undefined;
    return registration!.address.certain ? 'loads-module' : 'module-address';
  }

  /** Called by its own name, and not as a method, whose object would stay behind. */
  function isNamed(): boolean {
    return place.type === 'Identifier';
  }

  function importRegistration(): HelperRegistration | undefined {
    const found = registrationOfExport(place, call, code, filename, runtime);
    return found && /^\.{1,2}\//.test(found.specifier) ? { ...found, kind: 'import' } : undefined;
  }

  /** A function that a statement of the file's top level declares by a name that is never another's. */
  function ownRegistration(fn: FunctionNode): HelperRegistration | undefined {
    const declared = fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' && fn.parent.id.type === 'Identifier' ? fn.parent.id : null;
    const declaration = fn.type === 'FunctionDeclaration' ? fn : fn.parent.parent!;
    const statement = declaration.parent?.type.startsWith('Export') === true ? declaration.parent : declaration;
    if (!declared || statement.parent?.type !== 'Program' ) return undefined;
    const variable = variableOf(declared, code);
    if (!variable || variable.scope.type === 'global' || variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return undefined;
    // A `require` of the runtime is written after its like, which has to stand above what uses it.
    const [required] = moduleStyle(code, filename) === 'require' ? code.ast.body.filter((one) => one.type === 'VariableDeclaration' && code.getText(one).includes('require(')) : [];
    if (required && required.range[0] > statement.range[0]) return undefined;
    return { kind: 'own', name: declared.name, address: moduleAddress(code, filename), statement };
  }
}
