import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { IsRun } from '../context.js';
import { declarationsOf } from '../declared-apis.js';
import { moduleFacts } from '../elsewhere/module-facts.js';
import type { ModulesWithFacts } from '../elsewhere/run-elsewhere.js';
import { fileOf } from '../file.js';
import type { WantedApis } from '../may-call.js';
import { isMocked } from '../mocks.js';
import { projectModules } from '../modules/module-cache.js';
import { resolveAsWritten } from '../reference.js';
import { type FunctionNode, givenTo } from '../syntax.js';
import { textOf } from '../texts.js';
import { typedDeclaration } from '../typed-declaration.js';
import type { BlockingChains } from './blocking-chains.js';
import { calledFunction, isCalledBy, type Modules, waitsFor } from './module-graph.js';
import type { FunctionSummary, GivenTo, Value } from './module-summary.js';
import { callsOf, type StepNode, type Summarised, summariseModule } from './summarise-module.js';
import { alternativesOf } from './value-steps.js';

/** A function that a call runs. */
export interface CalledFunction {
  readonly summary: FunctionSummary;
  /** What names it at the call: the callee, or an argument. */
  readonly place: TSESTree.Node;
  /** It is written where it is given to another function, which calls it at once. */
  readonly isInPlace: boolean;
  /** The function itself, where it is one of this file. */
  readonly node: FunctionNode | undefined;
  /** Is it called, where it is given to another function? To say so, that one's module may have to be parsed. */
  readonly isMade: () => boolean;
  /** Does the file replace the module it is imported from, as tests do? The replacement is not what is on disk. */
  readonly isMocked: () => boolean;
}

/** The calls of a file that is being linted. */
export interface FileCalls {
  /** The functions of the project that a call, or a getter that is read, runs before it returns; none for a call of a blocking API. */
  readonly calledBy: (call: StepNode) => readonly CalledFunction[];
  /** Is a function that is written in place called by the one of the project that it is given to, before that is done? */
  readonly isRun: IsRun;
  /** Does the one that it is given to wait for each promise that it gets from it? */
  readonly isWaitedFor: IsRun;
  /** Keeps the file's summary for other files. */
  readonly keep: () => void;
  readonly modules: ModulesWithFacts;
  /** Chains to the APIs that are wanted. */
  readonly chains: BlockingChains;
  /** Could anything in the file lead to one of them? No is certain, and most files are done with that. */
  readonly mayBlock: () => boolean;
  /** Could the file call one of them itself? */
  readonly mayBlockItself: () => boolean;
}

export type LintContext = Pick<Readonly<TSESLint.RuleContext<string, readonly unknown[]>>, 'cwd' | 'filename' | 'languageOptions' | 'physicalFilename' | 'sourceCode'>;

const known = new WeakMap<object, Summarised>();

/** The calls of the file that a rule looks at; its summary is made once, whichever rule asks. `byName` says whether methods are followed of which only the names are known. */
export function fileCalls({ cwd, filename, languageOptions, physicalFilename, sourceCode: code }: LintContext, runtime: string, wanted: WantedApis, byName: boolean): FileCalls {
  const { text, content } = textOf(code, physicalFilename);
  const modules = projectModules({
    parser: languageOptions.parser as Parameters<typeof projectModules>[0]['parser'],
    parserOptions: languageOptions.parserOptions,
    visitorKeys: code.visitorKeys,
    filename: physicalFilename,
    cwd,
    text,
    content,
    isWhole: filename === physicalFilename,
    runtime,
    declared: declarationsOf(code),
    summary: () => summarised().summary,
    facts: () => moduleFacts(summarised(), fileOf(code, physicalFilename, cwd, runtime)),
  });
  const { chains, functionsNamed, mayBlock } = modules.search(wanted, byName);
  // What a caller may give is not known on the way to a call; where it stands in asynchronous code, nothing else may be given.
  const withDefaults: Modules = { fileOf: (specifier, from) => modules.fileOf(specifier, from), summaryOf: (file) => modules.summaryOf(file), functionsNamed, hasDefaults: true };
  // Types may lead to files that nothing here loads.
  const isTyped = Boolean(code.parserServices?.program);
  const run = new Map<FunctionNode, boolean>();
  return {
    keep: () => modules.keep(),
    chains,
    mayBlockItself: () => mayBlock.itself(textOf(code, physicalFilename)),
    mayBlock: () => isTyped || mayBlock.fromText(textOf(code, physicalFilename)),
    modules,
    calledBy(call) {
      const { values } = summarised();
      const calls = callsOf(call, values, code, runtime);
      if (calls.some(({ call: { target } }) => 'api' in target)) return [];
      const found = calls.flatMap(({ call: called, node: place }) => {
        const summary = 'callee' in called.target && mayBlock.fromValue(called.target.callee) ? calledFunction(called, withDefaults) : undefined;
        return summary ? [{ summary, place, isInPlace: called.by?.isInPlace === true, node: values.nodeOf(summary), isMade: () => !called.by || isRunBy(called.by), isMocked: () => 'callee' in called.target && isMockedValue(called.target.callee) }] : [];
      });
      if (call.type === 'MemberExpression') return found;
      const callee = call.type === 'TaggedTemplateExpression' ? call.tag : call.callee;
      const typed = found.some(({ place }) => place === callee) ? undefined : typedDeclaration(callee, code);
      const summary = typed && mayBlock.inFile(typed.file) ? modules.summaryOf(typed.file)?.functions.get(typed.offset) : undefined;
      return summary ? [{ summary, place: callee, isInPlace: false, node: values.nodeOf(summary), isMade: () => true, isMocked: () => false }, ...found] : found;
    },
    isRun(fn) {
      let answer = run.get(fn);
      if (answer === undefined) run.set(fn, (answer = isCalledWhereGiven(fn)));
      return answer;
    },
    isWaitedFor(fn) {
      const given = placeGiven(fn);
      return given !== undefined && waitsFor(given, withDefaults);
    },
  };

  function summarised(): Summarised {
    const made = known.get(code.ast) ?? summariseModule(physicalFilename, code, runtime);
    known.set(code.ast, made);
    return made;
  }

  function isCalledWhereGiven(fn: FunctionNode): boolean {
    const given = placeGiven(fn);
    return given !== undefined && isRunBy(given);
  }

  function placeGiven(fn: FunctionNode): GivenTo | undefined {
    const given = givenTo(fn);
    if (!given || !mayBeOfProject(given.call.callee)) return undefined;
    const callee = given.call.callee.type === 'Super' ? undefined : summarised().values.valueOf(given.call.callee);
    return callee && { callee, index: given.index };
  }

  function isRunBy(given: GivenTo): boolean {
    return isCalledBy(given, withDefaults) && !isMockedValue(given.callee);
  }

  /** No is certain, and nothing is summarised for it: `expect(() => …)` of a test is a global, or a package's. */
  function mayBeOfProject(callee: TSESTree.Node): boolean {
    const reference = resolveAsWritten(callee, code);
    return !reference || (reference.module !== 'globalThis' && modules.fileOf(reference.module, physicalFilename) !== undefined);
  }

  function isMockedValue(value: Value): boolean {
    return alternativesOf(value).some((one) => one.kind === 'import' && isMocked(one.specifier, code));
  }
}
