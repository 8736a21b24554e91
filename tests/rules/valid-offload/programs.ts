/** A program that is linted and run: `run` is what it exports, and the outcome what that gives or throws. */
export interface Program {
  readonly name: string;
  readonly code: string;
}

export interface InvalidProgram extends Program {
  /** The messages, in order: their beginnings. */
  readonly says: readonly string[];
  /** What the program throws, or that it loses what it does. */
  readonly fails: RegExp;
  /** After its fixes, or its only suggestion. */
  readonly mended?: string;
  /** What the mended program gives. */
  readonly gives?: unknown;
}

export interface ValidProgram extends Program {
  readonly gives: unknown;
}

const fs = "import fs from 'node:fs';\n";
const notDefined = (name: string): string => `\`${name}\` is not defined in the worker: the function is shipped as source, without the variables around it.`;
const thrown = (name: string): RegExp => new RegExp(`^ReferenceError: \`${name.replace('$', '\\$')}\` is not defined in the worker`);

/** What functions close over. */
export const closures: readonly InvalidProgram[] = [
  {
    name: 'a constant of the module', says: [notDefined('rate')], fails: thrown('rate'),
    code: 'const rate = 1.5;\nexport const run = () => offload((price) => price * rate, 100);',
    mended: 'const rate = 1.5;\nexport const run = () => offload((price, rate) => price * rate, 100, rate);', gives: 150,
  },
  {
    name: 'a constant, read by a function without parameters', says: [notDefined('rate')], fails: thrown('rate'),
    code: 'const rate = 1.5;\nexport const run = () => offload(() => rate * 2);',
    mended: 'const rate = 1.5;\nexport const run = () => offload((rate) => rate * 2, rate);', gives: 3,
  },
  {
    name: 'a constant, read by a function with a bare parameter and trailing commas', says: [notDefined('rate')], fails: thrown('rate'),
    code: 'const rate = 1.5;\nexport const run = () => offload(\n  price => price * rate, // dear\n  100, // cheap\n);',
    mended: 'const rate = 1.5;\nexport const run = () => offload(\n  (price, rate) => price * rate, // dear\n  100, rate, // cheap\n);', gives: 150,
  },
  {
    name: 'a constant, read by an async function', says: [notDefined('rate')], fails: thrown('rate'),
    code: 'const rate = 1.5;\nexport const run = () => offload(async function price(net,) { return net * rate }, 100,);',
    mended: 'const rate = 1.5;\nexport const run = () => offload(async function price(net, rate,) { return net * rate }, 100, rate,);', gives: 150,
  },
  {
    name: 'two constants', says: [notDefined('rate'), notDefined('base')], fails: thrown('rate'),
    code: 'const rate = 1.5, base = `${1}0`;\nexport const run = () => offload((price) => price * rate + base, 100);',
    mended: 'const rate = 1.5, base = `${1}0`;\nexport const run = () => offload((price, rate, base) => price * rate + base, 100, rate, base);', gives: '15010',
  },
  {
    name: 'a variable whose every value is a primitive', says: [notDefined('rate')], fails: thrown('rate'),
    code: 'let rate = 1; rate = rate + 1;\nexport const run = () => offload((price) => price * rate, 100);',
    mended: 'let rate = 1; rate = rate + 1;\nexport const run = () => offload((price, rate) => price * rate, 100, rate);', gives: 200,
  },
  { name: 'an object, which may be changed', says: [notDefined('rates')], fails: thrown('rates'), code: 'const rates = { low: 1.5 };\nexport const run = () => offload((price) => price * rates.low, 100);', mended: '' },
  { name: 'a parameter of the function around it', says: [notDefined('rate')], fails: thrown('rate'), code: 'const start = (rate) => offload((price) => price * rate, 100);\nexport const run = () => start(2);', mended: '' },
  { name: 'a function', says: [notDefined('twice')], fails: thrown('twice'), code: 'const twice = (n) => n * 2;\nexport const run = () => offload((n) => twice(n), 1);', mended: '' },
  { name: 'a class', says: [notDefined('Price')], fails: thrown('Price'), code: 'class Price {}\nexport const run = () => offload(() => new Price().net);', mended: '' },
  { name: 'an import', says: [notDefined('sep')], fails: thrown('sep'), code: "import { sep } from 'node:path';\nexport const run = () => offload((name) => name + sep, 'a');", mended: '' },
  { name: 'a variable that is written', says: [notDefined('count')], fails: thrown('count'), code: 'let count = 0;\nexport const run = () => offload(() => { count += 1; });', mended: '' },
  { name: 'offload itself', says: [notDefined('offload')], fails: thrown('offload'), code: 'export const run = () => offload(() => offload((n) => n, 1));', mended: '' },
  { name: 'a constant, read by a function with a rest parameter', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((...prices) => prices[0] * rate, 100);', mended: '' },
  { name: 'a constant, read by a parameter\'s default', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((price = rate) => price, undefined);', mended: '' },
  { name: 'a constant, where the function is given fewer arguments than it takes', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((price = 1) => price * rate);', mended: '' },
  { name: 'a constant, where more is read from `arguments`', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload(function (price) { return arguments.length + rate }, 1);', mended: '' },
  { name: 'a constant, where arguments are spread', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((price) => price * rate, ...[100]);', mended: '' },
  { name: 'in a function inside of it', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((prices) => prices.map((price) => price * rate), [100]);', mended: 'const rate = 1.5;\nexport const run = () => offload((prices, rate) => prices.map((price) => price * rate), [100], rate);', gives: [150] },
  { name: 'an arrow function that calls itself', says: [notDefined('factorial')], fails: thrown('factorial'), code: 'const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));\nexport const run = () => offload(factorial, 5);', mended: '' },
  { name: 'a function with a name, defined elsewhere in the file', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nfunction gross(net) { return net * rate; }\nexport const run = () => offload(gross, 100);', mended: '' },
  { name: 'the object of a method', says: ['`this` is not there in the worker'], fails: /^TypeError: Cannot read properties of undefined/, code: 'class Shop { rate = 1.5; gross(net) { return offload((price) => price * this.rate, net); } }\nexport const run = () => new Shop().gross(100);', mended: '' },
  { name: 'the arguments of the function around it', says: ['`arguments` of the function around it is not there'], fails: /^lost: undefined/, code: 'function start() { return offload(() => arguments[0].net); }\nexport const run = async () => { const net = await start({ net: 1 }); if (net !== 1) throw `lost: ${net}`; };', mended: '' },
  { name: 'a private name', says: ["The task's source does not compile in a worker: `#rate`"], fails: /^TaskReferenceError: The task's source does not compile in a worker/, code: 'class Shop { #rate = 1.5; gross() { return offload((shop) => shop.#rate, {}); } }\nexport const run = () => new Shop().gross();', mended: '' },
  { name: 'super', says: ["The task's source does not compile in a worker: `super`"], fails: /^TaskReferenceError: The task's source does not compile in a worker/, code: 'class Shop extends Object { gross() { return offload(() => super.toString()); } }\nexport const run = () => new Shop().gross();', mended: '' },
  { name: 'import.meta', says: ["The task's source does not compile in a worker: a function that is shipped as source has no module of its own."], fails: /^TaskReferenceError: The task's source does not compile in a worker: .* A function that is shipped as source has no module of its own: pass import\.meta\.url/, code: 'export const run = () => offload(() => import.meta.url);', mended: '' },
  {
    name: 'one of Node\'s own functions, all that it calls', says: [notDefined('fs')], fails: thrown('fs'),
    code: `${fs}export const run = () => offload(() => fs.existsSync('package.json'));`,
    mended: `${fs}export const run = () => offload(fs.existsSync, 'package.json');`, gives: true,
  },
  {
    name: 'one of Node\'s own functions, and its argument', says: [notDefined('fs'), notDefined('path')], fails: thrown('fs'),
    code: `${fs}const start = async (path) => await offload(() => { return fs.existsSync(path,) },);\nexport const run = () => start('package.json');`,
    mended: `${fs}const start = async (path) => await offload(fs.existsSync, path,);\nexport const run = () => start('package.json');`, gives: true,
  },
  { name: 'two of Node\'s own functions, one in the other', says: [notDefined('fs')], fails: thrown('fs'), code: `${fs}export const run = () => offload(() => fs.readFileSync(fs.realpathSync('package.json')));`, mended: '' },
  { name: 'in a task for an executor of its own', says: [notDefined('rate'), notDefined('rate'), notDefined('rate')], fails: thrown('rate'),
    code: "import { getDefaultExecutor, runInExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst rate = [2], pool = new ThreadPoolExecutor();\nexport const run = async () => {\n  try { await pool.submit((n) => n * rate, 1); } catch { await getDefaultExecutor().submit((n) => n * rate, 1).catch(() => runInExecutor(null, (n) => n * rate, 1)); } finally { await pool.shutdown(); }\n};", mended: '' },
  { name: 'in a task with options', says: [notDefined('rate'), notDefined('rate')], fails: thrown('rate'),
    code: "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst rate = [2], executor = new ThreadPoolExecutor(), later = offload.with({ timeout: 1e4 }).with({ executor });\nexport const run = async () => {\n  try { await later((n) => n * rate, 1); } catch { await offload.with({ timeout: 1e4 })((n) => n * rate, 1) } finally { await executor.shutdown(); }\n};", mended: '' },
  { name: 'in map', says: [notDefined('rate')], fails: thrown('rate'), code: "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst rate = 2, pool = new ThreadPoolExecutor();\nexport const run = async () => { try { for await (const n of pool.map((n) => n * rate, [1])) console.log(n); } finally { await pool.shutdown(); } };", mended: '' },
];
