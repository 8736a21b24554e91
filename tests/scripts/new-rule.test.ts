import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'offload-new-rule-'));
  mkdirSync(join(copy, 'scripts'));
  for (const script of ['new-rule.mjs', 'rule-index.mjs']) cpSync(join('scripts', script), join(copy, 'scripts', script));
  cpSync('src/rules', join(copy, 'src/rules'), { recursive: true });
});

afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

function run(script: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'scripts', script), ...args], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function read(file: string): string {
  return readFileSync(join(copy, file), 'utf8');
}

test('the index that is committed is the one that would be written', () => {
  expect(run('rule-index.mjs', '--check')).toEqual({ status: 0, output: '' });
});

test('a new rule has a file, a test and a page, and is in the index', () => {
  const { status, output } = run('new-rule.mjs', 'no-slow-thing');
  expect(output).toContain('made     src/rules/no-slow-thing.ts');
  expect(status).toBe(0);
  expect(read('src/rules/no-slow-thing.ts')).toContain("createRule('no-slow-thing'");
  expect(read('tests/rules/no-slow-thing.test.ts')).toContain("from '../../src/rules/no-slow-thing.js'");
  expect(read('docs/rules/no-slow-thing.md')).toContain('# no-slow-thing\n');
  expect(read('src/rules/index.ts')).toContain("  'no-slow-thing': noSlowThing,\n");
  expect(run('rule-index.mjs', '--check').status).toBe(0);
});

test('an index that has fallen behind fails the check', () => {
  writeFileSync(join(copy, 'src/rules/other-rule.ts'), "export default createRule('other-rule', {});\n");
  const { status, output } = run('rule-index.mjs', '--check');
  expect(output).toContain('src/rules/index.ts');
  expect(output).toContain('npm run docs');
  expect(status).toBe(1);
});

test('a rule that is named unlike its file is refused', () => {
  writeFileSync(join(copy, 'src/rules/other-rule.ts'), "export default createRule('another-rule', {});\n");
  expect(run('rule-index.mjs', '--check').output).toContain("src/rules/other-rule.ts calls its rule 'another-rule'");
});

test.each([
  { args: [], says: 'needs a name: npm run new -- no-blocking-call' },
  { args: ['NoSlowThing'], says: "'NoSlowThing' is not a rule name: use two or more lower-case words with dashes between them, such as no-slow-thing." },
  { args: ['../evil'], says: "'../evil' is not a rule name" },
  { args: ['slow'], says: "'slow' is not a rule name" },
  { args: ['no', 'slow'], says: 'One name at a time, not 2: no, slow. Write the words of a name with dashes: no-slow' },
  { args: ['no-blocking-call'], says: 'There is a rule no-blocking-call already: src/rules/no-blocking-call.ts' },
  { args: ['place-name'], says: 'src/rules/place-name.ts exists' },
  { args: ['--nonsense'], says: '--nonsense' },
])('$args is refused, with the way out', ({ args, says }) => {
  const before = read('src/rules/index.ts');
  const { status, output } = run('new-rule.mjs', ...args);
  expect(output).toContain(says);
  expect(output).not.toContain('    at ');
  expect(status).toBe(1);
  expect(read('src/rules/index.ts')).toBe(before);
  expect(existsSync(join(copy, 'docs'))).toBe(false);
});

test('--help says what it makes', () => {
  const { status, output } = run('new-rule.mjs', '--help');
  expect(output).toContain('docs/rules/<rule-name>.md');
  expect(status).toBe(0);
});
