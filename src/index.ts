import type { ESLint, Linter, Rule } from 'eslint';
import packageJson from '../package.json' with { type: 'json' };
import { rules } from './rules/index.js';
import type { RuleConfig, RuleDocs } from './rules/create-rule.js';

/** The plugin as an `eslint.config.js` sees it. */
interface OffloadPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<keyof typeof rules, Rule.RuleModule>;
  readonly configs: {
    /** What is worth stopping a build for: everything but calls that wait for one metadata system call. */
    readonly recommended: Linter.Config;
    /** Short calls too, callbacks of timers, emitters and servers, and what computes for long on some inputs. */
    readonly strict: Linter.Config;
    /** As recommended, with an API's own asynchronous form in place of a worker wherever that is a drop-in. */
    readonly native: Linter.Config;
    /** Every rule, as strict as it can be. */
    readonly all: Linter.Config;
  };
}

// typescript-eslint's rule type knows fields of the context that ESLint's own does not; at run time they are the same.
const plugin: OffloadPlugin = {
  meta: { name: packageJson.name, version: packageJson.version, namespace: 'offload' },
  rules: rules as unknown as OffloadPlugin['rules'],
  configs: { recommended: config('recommended'), strict: config('strict'), native: config('native'), all: config('all') },
};

export default plugin;

/** Which rules a configuration has, and with which options, is said by the rules themselves. */
function config(name: RuleConfig): Linter.Config {
  const entries = Object.entries(rules).flatMap(([rule, { meta }]): [string, Linter.RuleEntry][] => {
    const { recommended, configs = {} } = meta.docs as RuleDocs;
    const options = configs[name] ?? (recommended || name === 'all' ? [] : undefined);
    return options ? [[`offload/${rule}`, options.length === 0 ? 'error' : ['error', ...options]]] : [];
  });
  return {
    name: `offload/${name}`,
    plugins: {
      get offload() {
        return plugin;
      },
    },
    rules: Object.fromEntries(entries),
  };
}
