import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocksOf, documents } from '../../docs/markdown.js';
import { linted } from './linted.js';

const programs = documents.flatMap((file) => blocksOf(file).filter(({ language, mark }) => mark === 'run' && language !== 'python').map(({ code, line }) => ({ place: `${file}:${line}`, code })));

describe('the programs in the documents', () => {
  it.each(programs)('$place has something wrong only where it catches what comes of it', ({ code }) => {
    const found = linted(code, { filename: 'src/program.mjs' });
    expect(found.length === 0 || code.includes('catch (error)'), found.map(({ message }) => message).join('\n')).toBe(true);
  });
});

const files = ['bench', 'examples', 'scripts', 'src', 'tests/e2e/fixtures'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[cm]?[jt]s$/.test(file) && !/node_modules|\.d\.ts$/.test(file)).map((file) => `${folder}/${file}`));

it('the code of this project has nothing wrong, what our fixes wrote in it included', () => {
  const using = files.filter((file) => readFileSync(file, 'utf8').includes('eslint-plugin-offload/runtime'));
  expect(using.length).toBeGreaterThan(10);
  const found = using.flatMap((file) => {
    const code = readFileSync(file, 'utf8').replace(/^#!.*/, '');
    const commonjs = /\brequire\(/.test(code) && !/^(?:import|export)\b/m.test(code);
    // As a name of its own: in a test's folder less is known.
    return linted(code, { filename: `src/${file.replaceAll('/', '-')}`, sourceType: commonjs ? 'commonjs' : 'module' }).map(({ line, message }) => `${file}:${line} ${message}`);
  });
  // A bundle's test shows what fails in it.
  expect(found.filter((line) => !line.startsWith('tests/e2e/fixtures/bundled/main.mjs:'))).toEqual([]);
});
