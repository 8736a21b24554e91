import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { declareApis } from '../analysis/declared-apis.js';
import type { DeclaredApis } from '../catalogue/declared.js';
import packageJson from '../../package.json' with { type: 'json' };
import { type Facts, reported } from './reported.js';
import { declaredInManifest, declaredInSettings, reportListener } from './settings.js';

/** The configurations of the plugin. */
export type RuleConfig = 'recommended' | 'strict' | 'native' | 'all';

export interface RuleDocs {
  readonly description: string;
  readonly url: string;
  /** Is the rule in `recommended`, and with it in `strict` and `native`? Every rule is in `all`. */
  readonly recommended: boolean;
  /** The options that it has in a configuration, which it is in by being named here. */
  readonly configs?: Readonly<Partial<Record<RuleConfig, readonly unknown[]>>>;
}

/** A rule's context, whose reports may say what is known beside the message. */
export interface RuleContext<MessageIds extends string, Options extends readonly unknown[]> extends TSESLint.RuleContext<MessageIds, Options> {
  report(descriptor: TSESLint.ReportDescriptor<MessageIds> & { readonly node?: TSESTree.Node; readonly facts?: Facts }): void;
}

/** A rule with its page's address filled in, which knows what the settings declare. */
export function createRule<Options extends readonly unknown[], MessageIds extends string>(
  name: string,
  { meta, create }: {
    readonly meta: Omit<TSESLint.RuleMetaData<MessageIds, RuleDocs, Options>, 'docs'> & { readonly docs: Omit<RuleDocs, 'url'> };
    readonly create: (context: Readonly<RuleContext<MessageIds, Options>>) => TSESLint.RuleListener;
  },
): TSESLint.RuleModule<MessageIds, Options, RuleDocs> {
  // The page of this very version, as it was published with the package.
  const url = `https://unpkg.com/${packageJson.name}@${packageJson.version}/docs/rules/${name}.md`;
  return {
    meta: { ...meta, docs: { ...meta.docs, url } },
    create(context) {
      declareApis(context.sourceCode, { settings: declaredIn(context.settings), filename: context.physicalFilename, read: declaredInManifest });
      return create(listenedTo(context));
    },
  };
}

const declaredBySettings = new WeakMap<object, DeclaredApis>();

const none = declaredInSettings({});

/** Read once a file, which has an object of its own for them; most projects declare nothing, which is the same for all files. */
function declaredIn(settings: Readonly<Record<string, unknown>>): DeclaredApis {
  if (settings['offload'] === undefined) return none;
  let declared = declaredBySettings.get(settings);
  if (!declared) declaredBySettings.set(settings, (declared = declaredInSettings(settings)));
  return declared;
}

/** Where `settings.offload.onReport` listens, every report is told to it as data too. */
function listenedTo<MessageIds extends string, Options extends readonly unknown[]>(context: Readonly<TSESLint.RuleContext<MessageIds, Options>>): Readonly<RuleContext<MessageIds, Options>> {
  const listener = reportListener(context.settings);
  if (!listener) return context;
  const report: RuleContext<MessageIds, Options>['report'] = ({ facts = {}, ...descriptor }) => {
    context.report(descriptor);
    const node = descriptor.node ?? facts.node;
    const loc = descriptor.loc && 'start' in descriptor.loc ? descriptor.loc : node?.loc;
    if (loc) listener(reported(context, { loc, node, facts }));
  };
  return Object.create(context, { report: { value: report } }) as RuleContext<MessageIds, Options>;
}
