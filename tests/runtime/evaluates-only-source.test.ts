import { readdirSync, readFileSync } from 'node:fs';
import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { afterAll, describe, expect, test } from 'vitest';

const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
afterAll(() => pool.shutdown());

/** Evaluated, by itself or as what was to be the contents of a string, it leaves a mark. */
const evil = "globalThis.evil = 1; // ${globalThis.evil = 1} '; globalThis.evil = 1; // \"; globalThis.evil = 1; // `; globalThis.evil = 1; //\n; globalThis.evil = 1;";

const evaluated = () => 'evil' in globalThis;

async function expectNothingEvaluated(): Promise<void> {
  expect(evaluated()).toBe(false);
  expect(await pool.submit(evaluated)).toBe(false);
}

test.each(['', "'", '"', '`'])('after %j it would leave its mark', (before) => {
  new Function(before + evil)();
  expect(evaluated()).toBe(true);
  delete (globalThis as { evil?: number }).evil;
});

describe('nothing is evaluated but the source of the function that was passed', () => {
  test('not what it says of itself', async () => {
    const honest = Object.assign((x: number) => x, { toString: () => '() => "evil"', source: evil, [Symbol.toPrimitive]: () => '() => "evil"' });
    expect(await pool.submit(honest, 1)).toBe(1);
    const dressedUp = new Proxy((x: number) => x, { get: () => () => '() => "evil"' });
    await expect(pool.submit(dressedUp, 1)).rejects.toMatchObject({ name: 'TaskReferenceError' });
    await expectNothingEvaluated();
  });

  test('not its name, nor that of its file', async () => {
    expect(await pool.submit(Object.defineProperty((x: number) => x, 'name', { value: evil }), 1)).toBe(1);
    for (const file of ['/tmp/', 'file:///tmp/', '']) {
      const call = (0, eval)(`(submit) => submit((x) => x, 1)\n//# sourceURL=${file}${evil.replaceAll(/\s/g, '')}`) as (submit: typeof pool.submit) => Promise<number>;
      expect(await call(pool.submit).catch((error: unknown) => error)).toSatisfy((outcome: unknown) => outcome === 1 || (outcome as Error).name === 'TaskReferenceError');
    }
    await expectNothingEvaluated();
  });

  test('no argument, result or error', async () => {
    const back = (value: unknown) => value;
    expect(await pool.submit(back, evil)).toBe(evil);
    expect(await pool.submit(back, { [evil]: [evil, new Map([[evil, new URL('http://a/')]])] })).toEqual({ [evil]: [evil, new Map([[evil, new URL('http://a/')]])] });
    const fail = (message: string) => { throw Object.assign(new ReferenceError(message), { name: message, code: message, stack: message }); };
    await expect(pool.submit(fail, evil)).rejects.toMatchObject({ message: evil, code: evil });
    await expect(pool.submit(fail, `${evil} is not defined`)).rejects.toBeInstanceOf(ReferenceError);
    await expectNothingEvaluated();
  });
});

const sources = readdirSync('src/runtime', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test.each(sources)('src/runtime/%s compiles no text but what is written there, and the source of a task', (file) => {
  const text = readFileSync(`src/runtime/${file}`, 'utf8');
  const compiled = [...text.matchAll(/\b(?:eval|Function|Script|SourceTextModule|compileFunction|runIn(?:This|New)?Context)\(([^)]*)|data:text\/javascript/g)].map(([, what = '']) => what);
  const notWrittenThere = compiled.filter((what) => !what.startsWith("'"));
  expect(notWrittenThere).toEqual(allowed[file] ?? []);
});

/** The source of a task, and the worker's own code, which the process that starts a worker process sends it. */
const allowed: Readonly<Record<string, string[]>> = {
  'worker/compile-source.ts': ["prefix + source + '\\n' + after, Object.keys(scope"],
  'executors/process-worker.ts': ["code,{filename:'[worker eval]'}"],
};
