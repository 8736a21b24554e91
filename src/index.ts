import type { ESLint, Linter, Rule } from 'eslint';
import packageJson from '../package.json' with { type: 'json' };
import { rules } from './rules/index.js';

/** The plugin as an `eslint.config.js` sees it. */
interface OffloadPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<keyof typeof rules, Rule.RuleModule>;
  readonly configs: {
    /** What is worth stopping a build for. */
    readonly recommended: Linter.Config;
  };
}

// typescript-eslint's rule type knows fields of the context that ESLint's own does not; at run time they are the same.
const plugin: OffloadPlugin = {
  meta: { name: packageJson.name, version: packageJson.version, namespace: 'offload' },
  rules: rules as unknown as OffloadPlugin['rules'],
  configs: {
    recommended: {
      name: 'offload/recommended',
      plugins: {
        get offload() {
          return plugin;
        },
      },
      rules: { 'offload/no-blocking-call': 'error', 'offload/no-busy-loop': 'error', 'offload/valid-offload': 'error' },
    },
  },
};

export default plugin;
