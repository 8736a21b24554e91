import type { TSESLint } from '@typescript-eslint/utils';
import { declareApis } from '../analysis/declared-apis.js';
import packageJson from '../../package.json' with { type: 'json' };
import { declaredInManifest, declaredInSettings } from './settings.js';

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

/** A rule with its page's address filled in, which knows what the settings declare. */
export function createRule<Options extends readonly unknown[], MessageIds extends string>(
  name: string,
  { meta, create }: {
    readonly meta: Omit<TSESLint.RuleMetaData<MessageIds, RuleDocs, Options>, 'docs'> & { readonly docs: Omit<RuleDocs, 'url'> };
    readonly create: (context: Readonly<TSESLint.RuleContext<MessageIds, Options>>) => TSESLint.RuleListener;
  },
): TSESLint.RuleModule<MessageIds, Options, RuleDocs> {
  // The page of this very version, as it was published with the package.
  const url = `https://unpkg.com/${packageJson.name}@${packageJson.version}/docs/rules/${name}.md`;
  return {
    meta: { ...meta, docs: { ...meta.docs, url } },
    create(context) {
      declareApis(context.sourceCode, { settings: declaredInSettings(context.settings), filename: context.physicalFilename, read: declaredInManifest });
      return create(context);
    },
  };
}
