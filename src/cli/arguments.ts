import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.js';

const contexts = ['async', 'event-loop', 'functions', 'everywhere'] as const;
const minimumCosts = ['any', 'short', 'long'] as const;

export interface Given {
  readonly paths: readonly string[];
  readonly fix: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly contexts: (typeof contexts)[number];
  readonly minimumCost: (typeof minimumCosts)[number];
}

export const usage = `Usage: npx eslint-plugin-offload [paths] [options]

Finds code that blocks Node's event loop in JavaScript and TypeScript files, with no configuration.
A path is a file or a folder; without one, the folder you are in.

  --fix                  rewrite what can be rewritten safely
  --json                 print JSON instead of text
  --contexts <where>     ${contexts.join(', ')} (default: async)
  --minimum-cost <cost>  ${minimumCosts.join(', ')} (default: long)
  --help                 show this
  --version              show the version

Exit code: 0 nothing found, 1 something found or a syntax error, 2 something could not be linted.
Documentation: https://unpkg.com/eslint-plugin-offload/docs/guide/command-line.md`;

/** What the words after the command's name ask for. A mistake is an error that names the way out. */
export function readArguments(words: readonly string[]): Given {
  const { values, positionals } = parsed(words);
  return {
    paths: positionals.length === 0 ? ['.'] : positionals,
    fix: values.fix,
    json: values.json,
    help: values.help,
    version: values.version,
    contexts: oneOf('--contexts', values.contexts, contexts),
    minimumCost: oneOf('--minimum-cost', values['minimum-cost'], minimumCosts),
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        'fix': { type: 'boolean', default: false },
        'json': { type: 'boolean', default: false },
        'help': { type: 'boolean', short: 'h', default: false },
        'version': { type: 'boolean', short: 'v', default: false },
        'contexts': { type: 'string', default: 'async' },
        'minimum-cost': { type: 'string', default: 'long' },
      },
    });
  } catch (error) {
    // Node's words name the option; what they advise after the first sentence is about passing it as a path.
    throw new UsageError(`${(error as Error).message.split('. ')[0]!}. See --help for the options there are.`);
  }
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${known.join(', ')}, not ${value}.`);
  return found;
}
