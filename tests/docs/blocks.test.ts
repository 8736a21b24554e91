import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.js';
import { runExample } from './examples.js';
import { fixed, lint, type LintOptions } from './linting.js';
import { type Block, blocksOf, documents } from './markdown.js';

/** What a block claims, by the word after its language. CONTRIBUTING.md lists them. */
const checks: Readonly<Record<string, (block: Block, next: Block | undefined) => Promise<void> | void>> = {
  '❌': (block) => {
    expect(lint(block.code, lintOptions(block))).not.toEqual([]);
  },
  '✅': (block) => {
    expect(lint(block.code, lintOptions(block))).toEqual([]);
  },
  before: (block, next) => {
    if (next?.mark !== 'after' && next?.mark !== 'suggestion') throw new Error('a block marked `before` is followed by one marked `after` or `suggestion`');
    if (next.mark === 'after') expect(fixed(block.code, lintOptions(block))).toBe(next.code);
    else expect(suggested(block)).toContain(next.code);
  },
  after: () => undefined,
  suggestion: () => undefined,
  fix: (block) => {
    const side = (left: string): string => block.code.split('\n').filter((line) => line.startsWith(' ') || line.startsWith(left) || line === '').map((line) => line.slice(1)).join('\n');
    expect(fixed(side('-'), lintOptions(block))).toBe(side('+'));
  },
  run: async (block, next) => {
    const output = await runExample(block.code);
    if (next?.mark === 'output') expect(output.trim()).toBe(next.code.trim());
  },
  output: () => undefined,
  config: loads,
  // With packages that are not installed here: tests/clients/guide.test.ts loads it.
  client: (block) => {
    expect(lint(block.code)).toEqual([]);
  },
};

/** Who tests this need not have it. */
const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;

for (const file of documents) {
  const blocks = blocksOf(file);
  describe.runIf(blocks.length > 0)(file, () => {
    for (const [index, block] of blocks.entries()) {
      test.skipIf(block.language === 'python' && !hasPython)(`line ${block.line}: ${block.language} ${block.mark}`, () => check(block, blocks[index + 1]));
    }
  });
}

function check(block: Block, next: Block | undefined): Promise<void> | void {
  if (/^(?:sh|bash)$/.test(block.language)) return void checkCommands(block.code);
  if (typeof block.given['file'] === 'string') expect(block.code.trim(), 'the block and the file it names').toBe(readFileSync(block.given['file'], 'utf8').trim());
  if (block.language === 'python') return void checkPython(block);
  if (block.language === 'yaml') return void checkCommands(commandsIn(block.code));
  if (block.language === 'json') return void JSON.parse(block.code);
  if (block.language === 'text' && block.mark === '') return undefined;
  const how = checks[block.mark];
  if (!how) throw new Error(`${block.file}:${block.line}: \`${block.language} ${block.mark}\` says nothing that can be checked; say one of ${Object.keys(checks).join(', ')}`);
  return how(block, next);
}

/** On a rule's own page only that rule is on. */
function lintOptions({ file, given }: Block): LintOptions {
  const rule = file.startsWith('docs/rules/') ? basename(file, '.md') : undefined;
  return { ...given, rule };
}

function suggested(block: Block): string[] {
  return lint(block.code, lintOptions(block)).flatMap(({ suggestions = [] }) => suggestions.map(({ fix }) => block.code.slice(0, fix.range[0]) + fix.text + block.code.slice(fix.range[1])));
}

let folder: string;

beforeAll(() => {
  mkdirSync('.cache', { recursive: true });
  folder = mkdtempSync('.cache/docs-');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Inside the project, so that the package's own name leads to dist/. */
async function loads({ code, line, file }: Block): Promise<void> {
  const cwd = join(process.cwd(), folder);
  const config = join(cwd, `${file.replaceAll(/\W/g, '-')}-${line}.mjs`);
  writeFileSync(config, `${code}\n`);
  const eslint = new ESLint({ cwd, overrideConfigFile: config });
  const { rules, plugins } = (await eslint.calculateConfigForFile(join(cwd, 'src/file.js'))) as { rules: Record<string, unknown>; plugins: Record<string, unknown> };
  expect(plugins).toHaveProperty('offload');
  expect(Object.keys(rules).filter((name) => name.startsWith('offload/'))).not.toEqual([]);
  await eslint.lintText('export const value = 1;\n', { filePath: join(cwd, 'src/file.js') });
}

/** In pairs with a program of ours, below which stands what both of them print. */
function checkPython({ file, line, given }: Block): void {
  const output = blocksOf(file).find((block) => block.line > line && block.mark === 'output')!.code;
  expect(execFileSync('python3', [given['file'] as string], { encoding: 'utf8' }).trim()).toBe(output.trim());
}

const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

/** Every line of a shell block is a command that exists; of our own, one that understands its words. */
function checkCommands(code: string): void {
  for (const line of code.split('\n')) {
    for (const command of line.replace(/\s#.*$/, '').split('&&').map((part) => part.trim())) {
      if (command === '' || command.startsWith('#')) continue;
      const [, words] = /^npx (?:(?:-p \S+ )+)?eslint-plugin-offload\b([^>]*)/.exec(command) ?? [];
      if (words !== undefined) {
        expect(() => readArguments(words.split(' ').filter((word) => word !== '')), command).not.toThrow();
        continue;
      }
      const [, script] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? [];
      if (script === 'ci' || script === 'install' || script === 'init') continue;
      if (/^npx eslint(?: |$)/.test(command)) checkOptions(command);
      if (script !== undefined) expect(Object.keys(scripts), command).toContain(script);
      else expect(command).toMatch(/^(?:npx (?:eslint|vitest run|eslint-doc-generator|knip)(?: |$)|\.ci\/run$|node (?:scripts\/)?\S+\.mjs)/);
    }
  }
}

/** What a workflow, a job or a hook runs. */
function commandsIn(yaml: string): string {
  const commands = [...yaml.matchAll(/^\s*- (?:run: )?((?:npm|npx) .*)$|^\s*entry: (.*)$/gm)].map(([, step, entry]) => (step ?? entry)!);
  expect(commands).not.toEqual([]);
  return commands.join('\n');
}

let help: string | undefined;

function checkOptions(command: string): void {
  help ??= execFileSync(process.execPath, ['node_modules/eslint/bin/eslint.js', '--help'], { encoding: 'utf8' });
  const options = help.match(/--[\w-]+/g);
  for (const [option] of command.matchAll(/(?<= )--[\w-]+/g)) expect(options, command).toContain(option);
}

describe('commands and files that are named in text', () => {
  test.each(documents)('%s names files that exist', (file) => {
    const folders = ['', 'src/', 'src/runtime/'];
    const named = readFileSync(file, 'utf8').matchAll(/(?<![\w./-])((?:src|scripts|tests|docs|analysis|catalogue|fixes|rules|executors)\/[\w/.-]+\.(?:ts|mjs|md))\b/g);
    for (const [, path] of named) expect(path).toSatisfy((one: string) => folders.some((folder) => existsSync(folder + one)) || existsSync(join(file, '..', one)));
  });

  test.each(documents)('%s', (file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/^```[^]*?^```/gm, '');
    for (const [, script] of text.matchAll(/`npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) expect(target, `${file} links to ${target!}`).toSatisfy((link: string) => leadsSomewhere(file, link));
  });
});

function leadsSomewhere(from: string, link: string): boolean {
  const [path, anchor] = link.split('#') as [string, string?];
  const target = path === '' ? from : join(from, '..', path);
  try {
    const text = readFileSync(target, 'utf8');
    return anchor === undefined || headings(text).includes(anchor);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR' && anchor === undefined;
  }
}

/** Headings as GitHub turns them into anchors. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!.toLowerCase().replaceAll(/[^\w\s-]/g, '').trim().replaceAll(' ', '-'));
}
