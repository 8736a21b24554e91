/** A program that is linted and run: `run` is what it exports, and the outcome what that gives or throws. */
interface Program {
  readonly name: string;
  readonly code: string;
}

export interface InvalidProgram extends Program {
  /** The messages, in order: their beginnings. */
  readonly says: readonly string[];
  /** What the program throws, or that it loses what it does. */
  readonly fails: RegExp;
  /** After its fixes, or its only suggestion; left out where there are none. */
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
  { name: 'an object, which may be changed', says: [notDefined('rates')], fails: thrown('rates'), code: 'const rates = { low: 1.5 };\nexport const run = () => offload((price) => price * rates.low, 100);' },
  { name: 'a parameter of the function around it', says: [notDefined('rate')], fails: thrown('rate'), code: 'const start = (rate) => offload((price) => price * rate, 100);\nexport const run = () => start(2);' },
  { name: 'a function', says: [notDefined('twice')], fails: thrown('twice'), code: 'const twice = (n) => n * 2;\nexport const run = () => offload((n) => twice(n), 1);' },
  { name: 'a class', says: [notDefined('Price')], fails: thrown('Price'), code: 'class Price {}\nexport const run = () => offload(() => new Price().net);' },
  { name: 'an import', says: [notDefined('sep')], fails: thrown('sep'), code: "import { sep } from 'node:path';\nexport const run = () => offload((name) => name + sep, 'a');" },
  { name: 'a variable that is written', says: [notDefined('count')], fails: thrown('count'), code: 'let count = 0;\nexport const run = () => offload(() => { count += 1; });' },
  { name: 'offload itself', says: [notDefined('offload')], fails: thrown('offload'), code: 'export const run = () => offload(() => offload((n) => n, 1));' },
  { name: 'a constant, read by a function with a rest parameter', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((...prices) => prices[0] * rate, 100);' },
  { name: 'a constant, read by a parameter\'s default', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((price = rate) => price, undefined);' },
  { name: 'a constant, where the function is given fewer arguments than it takes', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((price = 1) => price * rate);' },
  { name: 'a constant, where more is read from `arguments`', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload(function (price) { return arguments.length + rate }, 1);' },
  { name: 'a constant, where arguments are spread', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((price) => price * rate, ...[100]);' },
  { name: 'in a function inside of it', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nexport const run = () => offload((prices) => prices.map((price) => price * rate), [100]);', mended: 'const rate = 1.5;\nexport const run = () => offload((prices, rate) => prices.map((price) => price * rate), [100], rate);', gives: [150] },
  { name: 'an arrow function that calls itself', says: [notDefined('factorial')], fails: thrown('factorial'), code: 'const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));\nexport const run = () => offload(factorial, 5);' },
  { name: 'a function with a name, defined elsewhere in the file', says: [notDefined('rate')], fails: thrown('rate'), code: 'const rate = 1.5;\nfunction gross(net) { return net * rate; }\nexport const run = () => offload(gross, 100);' },
  { name: 'the object of a method', says: ['`this` is not there in the worker'], fails: /^TypeError: Cannot read properties of undefined/, code: 'class Shop { rate = 1.5; gross(net) { return offload((price) => price * this.rate, net); } }\nexport const run = () => new Shop().gross(100);' },
  { name: 'the arguments of the function around it', says: ['`arguments` of the function around it is not there'], fails: /^lost: undefined/, code: 'function start() { return offload(() => arguments[0].net); }\nexport const run = async () => { const net = await start({ net: 1 }); if (net !== 1) throw `lost: ${net}`; };' },
  { name: 'a private name', says: ["The task's source does not compile in a worker: `#rate`"], fails: /^TaskReferenceError: The task's source does not compile in a worker/, code: 'class Shop { #rate = 1.5; gross() { return offload((shop) => shop.#rate, {}); } }\nexport const run = () => new Shop().gross();' },
  { name: 'super', says: ["The task's source does not compile in a worker: `super`"], fails: /^TaskReferenceError: The task's source does not compile in a worker/, code: 'class Shop extends Object { gross() { return offload(() => super.toString()); } }\nexport const run = () => new Shop().gross();' },
  { name: 'import.meta', says: ["The task's source does not compile in a worker: a function that is shipped as source has no module of its own."], fails: /^TaskReferenceError: The task's source does not compile in a worker: .* A function that is shipped as source has no module of its own: pass import\.meta\.url/, code: 'export const run = () => offload(() => import.meta.url);' },
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
  { name: 'two of Node\'s own functions, one in the other', says: [notDefined('fs')], fails: thrown('fs'), code: `${fs}export const run = () => offload(() => fs.readFileSync(fs.realpathSync('package.json')));` },
  { name: 'in a task for an executor of its own', says: [notDefined('rate'), notDefined('rate'), notDefined('rate')], fails: thrown('rate'),
    code: "import { getDefaultExecutor, runInExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst rate = [2], pool = new ThreadPoolExecutor();\nexport const run = async () => {\n  try { await pool.submit((n) => n * rate, 1); } catch { await getDefaultExecutor().submit((n) => n * rate, 1).catch(() => runInExecutor(null, (n) => n * rate, 1)); } finally { await pool.shutdown(); }\n};" },
  { name: 'in a task with options', says: [notDefined('rate'), notDefined('rate')], fails: thrown('rate'),
    code: "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst rate = [2], executor = new ThreadPoolExecutor(), later = offload.with({ timeout: 1e4 }).with({ executor });\nexport const run = async () => {\n  try { await later((n) => n * rate, 1); } catch { await offload.with({ timeout: 1e4 })((n) => n * rate, 1) } finally { await executor.shutdown(); }\n};" },
  { name: 'in map', says: [notDefined('rate')], fails: thrown('rate'), code: "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst rate = 2, pool = new ThreadPoolExecutor();\nexport const run = async () => { try { for await (const n of pool.map((n) => n * rate, [1])) console.log(n); } finally { await pool.shutdown(); } };" },
];

const kept = (what: string): string => `if (!(${what})) throw 'lost';`;

/** What cannot be a task, what is called instead of passed, and what gains nothing. */
export const tasks: readonly InvalidProgram[] = [
  { name: 'a generator function', says: ['The task is a generator function; its result cannot cross to another thread. Collect what it yields in a plain function, for example Array.from(generate()).'], fails: /^TaskReferenceError: the task is a generator function; its result cannot cross to another thread\. Collect what it yields in a plain function, for example Array\.from\(generate\(\)\)\.$/, code: 'export const run = () => offload(function* () { yield 1; });' },
  { name: 'a generator function with a name', says: ['`all` is a generator function;'], fails: /^TaskReferenceError: `all` is a generator function;/, code: 'export async function* all() { yield 1; }\nexport const run = () => offload(all);' },
  { name: 'a class', says: ['`Image` is a class, and an instance cannot cross to another thread. Pass a function that makes the instance, uses it and returns plain data.'], fails: /^TaskReferenceError: `Image` is a class, and an instance cannot cross to another thread\. Pass a function that makes the instance, uses it and returns plain data\.$/, code: 'class Image {}\nexport const run = () => offload(Image);' },
  { name: 'a bound function', says: ['`bound area` is a bound function, whose source and `this` a worker cannot see. Pass a function that takes what it needs as arguments.'], fails: /^TaskReferenceError: `bound area` is a bound function, whose source and `this` a worker cannot see\. Pass a function that takes what it needs as arguments\. /, code: 'function area(width) { return this.height * width; }\nexport const run = () => offload(area.bind({ height: 2 }), 3);' },
  { name: 'a bound method', says: ['`bound area` is a bound function'], fails: /^TaskReferenceError: `bound area` is a bound function/, code: 'class Shape { area() { return 1; } later() { return offload(this.area.bind(this)); } }\nexport const run = () => new Shape().later();' },
  { name: 'a bound function of Node\'s own', says: ['`bound readFileSync` is a bound function'], fails: /^TaskReferenceError: `bound readFileSync` is a bound function/, code: `${fs}export const run = () => offload(fs.readFileSync.bind(fs), 'package.json');` },
  { name: 'a private method', says: ['`#area` is a private method, which does not compile outside its class. Make it a function.'], fails: /^TaskReferenceError: `#area` is a private method, which does not compile outside its class\. Make it a function\.$/, code: 'class Shape { #area() { return 1; } later() { return offload(this.#area); } }\nexport const run = () => new Shape().later();' },
  { name: 'a function that fills a buffer', says: ['fs.readSync fills the buffer it is given, and a worker fills a copy. Its own asynchronous form is util.promisify(fs.read).'], fails: /^lost$/, code: `${fs}export const run = async () => { const bytes = Buffer.alloc(8); await offload(fs.readSync, fs.openSync('package.json'), bytes); ${kept('bytes[0] > 0')} };` },
  { name: 'a function whose result cannot cross', says: ['fs.opendirSync cannot run on a worker: a Dir is an open handle that cannot leave its thread. Its own asynchronous form is fs/promises.opendir.'], fails: /^UncloneableError: result is a Dir/, code: `${fs}export const run = () => offload(fs.opendirSync, '.');` },
  { name: 'a method of an instance', says: ['fs.Dir#readSync cannot run on a worker: a method needs its object'], fails: /^ReferenceError: `kDir|^TypeError|^TaskReferenceError/, code: `${fs}const dir = fs.opendirSync('.');\nexport const run = () => offload(dir.readSync);` },
  {
    name: 'a call of one of Node\'s own', says: ['`fs.existsSync` is called here, on this thread, and its result is no function to run on a worker.'], fails: /^TypeError: The task must be a function, not boolean\.$/,
    code: `${fs}export const run = () => offload(fs.existsSync('package.json'));`, mended: `${fs}export const run = () => offload(fs.existsSync, 'package.json');`, gives: true,
  },
  {
    name: 'a call without arguments', says: ['`one` is called here'], fails: /^TypeError: The task must be a function, not number\.$/,
    code: 'function one() { return 1; }\nexport const run = async () => await offload(one(),);', mended: 'function one() { return 1; }\nexport const run = async () => await offload(one,);', gives: 1,
  },
  {
    name: 'a call of a function in the file', says: ['`area` is called here'], fails: /^TypeError: The task must be a function, not number\.$/,
    code: 'function area(width, height) { return width * height; }\nexport const run = () => offload(area(3, 4));', mended: 'function area(width, height) { return width * height; }\nexport const run = () => offload(area, 3, 4);', gives: 12,
  },
  { name: 'a call of an async function in the file', says: ['`load` is called here'], fails: /^TypeError: The task must be a function, not object\.$/, code: 'const load = async () => 1;\nexport const run = () => offload(load(), 1);' },
  {
    name: 'a function of Node\'s own that does not block', says: ['fs/promises.access does not block the event loop, so a worker gains nothing'], fails: /^a worker for nothing$/,
    code: `import fs from 'node:fs/promises';\nimport { getDefaultExecutor } from 'eslint-plugin-offload/runtime';\nexport const run = async () => { const { completed } = getDefaultExecutor().stats; await offload(fs.access, 'package.json'); if (getDefaultExecutor().stats.completed > completed) throw 'a worker for nothing'; };`,
    mended: `import fs from 'node:fs/promises';\nimport { getDefaultExecutor } from 'eslint-plugin-offload/runtime';\nexport const run = async () => { const { completed } = getDefaultExecutor().stats; await fs.access('package.json'); if (getDefaultExecutor().stats.completed > completed) throw 'a worker for nothing'; };`, gives: undefined,
  },
  { name: 'a function that only waits for one', says: ['This function does not block the event loop, so a worker gains nothing: call fs/promises.access here'], fails: /^a worker for nothing$/, code: "import { getDefaultExecutor } from 'eslint-plugin-offload/runtime';\nexport const run = async () => { const { completed } = getDefaultExecutor().stats; await offload(async (path) => { const fs = await import('node:fs/promises'); await fs.access(path); }, 'package.json'); if (getDefaultExecutor().stats.completed > completed) throw 'a worker for nothing'; };" },
  { name: 'a literal that offloadable is given', says: ['`size` is a number, and offloadable takes functions.'], fails: /^TaskReferenceError: offloadable takes functions, and `size` is a number\.$/, code: "import { offloadable } from 'eslint-plugin-offload/runtime';\nexport const run = () => offloadable(import.meta.url, { size: 1 });" },
  { name: 'a class that offloadable is given', says: ['`Image` is a class, and an instance cannot cross to another thread.'], fails: /^TaskReferenceError: `Image` is a class/, code: "import { offloadable } from 'eslint-plugin-offload/runtime';\nclass Image {}\nexport const run = () => offloadable(import.meta.url, { Image });" },
  { name: 'a specifier where offloadable wants a module', says: ['`./tasks.js` is neither the URL nor the path of a module'], fails: /^TaskReferenceError: offloadable takes import\.meta\.url, or __filename in CommonJS, and was given '\.\/tasks\.js'/, code: "import { offloadable } from 'eslint-plugin-offload/runtime';\nexport const run = () => offloadable('./tasks.js', { run });" },
];

const cannotCross = (place: string, what: string): Pick<InvalidProgram, 'says' | 'fails'> => ({
  says: [`${place} is ${what}, and ${what} cannot cross to a worker: `],
  fails: new RegExp(`^UncloneableError: ${place.replace(/[[\].]/g, '\\$&')} is ${what}, and ${what} cannot cross to a worker: `),
});

/** Arguments that cannot cross. */
export const argumentsRefused: readonly InvalidProgram[] = [
  ...([
    ['args[0]', 'a function', 'offload((f) => f, () => 1)'],
    ['args[0]', 'a function', 'offload((f) => f, class {})'],
    ['args[1].filter', 'a function', 'offload((a, o) => o, 1, { filter: () => true })'],
    ['args[0].filter', 'a function', 'offload((o) => o, { filter() {} })'],
    ['args[0]["on-error"][1]', 'a function', "offload((o) => o, { 'on-error': [1, function () {}] })"],
    ['args[0]', 'a promise', 'offload((n) => n, Promise.resolve(1))'],
    ['args[0]', 'a promise', "offload((n) => n, offload((n) => n, 1))"],
    ['args[0]', 'a promise', "offload((n) => n, import('node:path'))"],
    ['args[0]', 'a symbol', "offload((n) => n, Symbol('s'))"],
    ['args[0]', 'a WeakMap', 'offload((n) => n, new WeakMap())'],
    ['args[0].signal', 'an AbortSignal', 'offload((n) => n, { signal: AbortSignal.timeout(9e6) })'],
    ['args[0]', 'a PassThrough', "offload((n) => n, new PassThrough())"],
    ['args[0]', 'a MessagePort', 'offload((n) => n, new MessageChannel().port1)'],
    ['args[0]', 'a module', 'offload((n) => n, stream)'],
    ['args[0]', 'an arguments object', '(function () { return offload((n) => n, arguments); })(1)'],
  ] as const).map(([place, what, call]) => ({ name: `${what}: ${call}`, ...cannotCross(place, what), code: `import * as stream from 'node:stream';\nimport { PassThrough } from 'node:stream';\nexport const run = () => ${call};\nexport const used = [stream.Readable, PassThrough];` })),
  { name: 'a function of the file', ...cannotCross('args[0]', 'a function'), code: 'function twice(n) { return n * 2; }\nexport const run = () => offload((f) => f, twice);' },
  { name: 'a constant that is a function', ...cannotCross('args[0]', 'a function'), code: 'const twice = (n) => n * 2;\nexport const run = () => offload((f) => f, twice);' },
  { name: 'a constant that holds one', ...cannotCross('args[0].filter', 'a function'), code: 'const options = { filter: (n) => n > 1 };\nexport const run = () => offload((o) => o, options);' },
  { name: 'what an async function of the file gives', ...cannotCross('args[0]', 'a promise'), code: 'async function load() { return 1; }\nexport const run = () => offload((n) => n, load());' },
  { name: 'what a generator function of the file gives', ...cannotCross('args[0]', 'an iterator'), code: 'function* all() { yield 1; }\nexport const run = () => offload((n) => n, all());' },
  { name: 'the signal of a controller', ...cannotCross('args[0]', 'an AbortSignal'), code: 'const controller = new AbortController();\nexport const run = () => offload((s) => s, controller.signal);' },
  { name: 'an item for map', ...cannotCross('args[0]', 'a function'), code: "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst pool = new ThreadPoolExecutor();\nexport const run = async () => { try { for await (const n of pool.map((n) => n, [1, () => 1])) console.log(n); } finally { await pool.shutdown(); } };" },
  { name: 'this, of a class with private state', ...cannotCross('args[0]', 'a Counter'), code: 'class Counter { #count = 1; get count() { return this.#count; } later() { return offload((c) => c, this); } }\nexport const run = () => new Counter().later();' },
  { name: 'an instance of such a class', ...cannotCross('args[0]', 'a Counter'), code: 'class Counter { #count = 1; get count() { return this.#count; } }\nexport const run = () => offload((c) => c, new Counter());' },
  { name: 'this, of a class whose instances have functions', ...cannotCross('args[0].close', 'a function'), code: 'class Door { open = true; close = () => { this.open = false; }; later() { return offload((c) => c, this); } }\nexport const run = () => new Door().later();' },
  { name: 'an instance of a class derived from EventEmitter', ...cannotCross('args[0]', 'a Bus'), code: "import { EventEmitter } from 'node:events';\nexport class Bus extends EventEmitter {}\nexport const run = () => offload((c) => c, new Bus());" },
];

/** Writes to copies. */
export const writes: readonly InvalidProgram[] = [
  { name: 'a property', says: ['What is written to `state.count` is lost'], code: `export const run = async () => { const state = { count: 0 }; await offload((state) => { state.count = 1; }, state); ${kept('state.count === 1')} };` },
  { name: 'a property of each item', says: ['What is written to `row.checked` is lost'], code: `export const run = async () => { const rows = [{}]; await offload((rows) => { for (const row of rows) row.checked = true; }, rows); ${kept('rows[0].checked')} };` },
  { name: 'an array that is pushed to', says: ['What is written to `list.push()` is lost'], code: `export const run = async () => { const list = []; await offload((list) => { list.push(1); return 2; }, list); ${kept('list.length === 1')} };` },
  { name: 'an array that is sorted', says: ['What is written to `list.sort()` is lost'], code: `export const run = async () => { const list = [2, 1]; await offload((list) => { list.sort(); }, list); ${kept('list[0] === 1')} };` },
  { name: 'a buffer', says: ['What is written to `bytes.fill()` is lost'], code: `export const run = async () => { const bytes = Buffer.alloc(1); await offload((bytes) => { bytes.fill(1); }, bytes); ${kept('bytes[0] === 1')} };` },
  { name: 'a typed array', says: ['What is written to `bytes[…]` is lost'], code: `export const run = async () => { const bytes = new Uint8Array(1); await offload((bytes) => { bytes[0] = 1; }, bytes); ${kept('bytes[0] === 1')} };` },
  { name: 'in a function with a name', says: ['What is written to `state.count` is lost'], code: `function add(state) { state.count++; }\nexport const run = async () => { const state = { count: 0 }; await offload(add, state); ${kept('state.count === 1')} };` },
].map((program) => ({ ...program, fails: /^lost$/ }));

/** Promises that nobody waits for, or takes for values. */
export const promises: readonly InvalidProgram[] = [
  {
    name: 'a statement of its own', says: ['Nobody waits for this task'], fails: /^lost: Error: no$/,
    code: "export const run = async ({ unhandled }) => { offload(() => { throw new Error('no'); }); await new Promise((done) => setTimeout(done, 300)); if (unhandled.length > 0) throw `lost: ${unhandled.pop()}`; return 'early'; };",
    mended: "export const run = async ({ unhandled }) => { await offload(() => { throw new Error('no'); }); await new Promise((done) => setTimeout(done, 300)); if (unhandled.length > 0) throw `lost: ${unhandled.pop()}`; return 'early'; };", gives: new Error('no'),
  },
  { name: 'after then()', says: ['Nobody waits for this task'], fails: /^lost: Error: no$/, code: "export const run = async ({ unhandled }) => { offload(() => { throw new Error('no'); }).then((n) => n).finally(() => {}); await new Promise((done) => setTimeout(done, 300)); if (unhandled.length > 0) throw `lost: ${unhandled.pop()}`; };" },
  { name: 'a condition', says: ['This is a promise, taken for the value it will give.'], fails: /^lost$/, code: "export const run = async () => { if (offload(() => false)) throw 'lost'; return 1; };", mended: "export const run = async () => { if (await offload(() => false)) throw 'lost'; return 1; };", gives: 1 },
  { name: 'a member', says: ['This is a promise, taken for the value it will give.'], fails: /^lost$/, code: `export const run = async () => { ${kept("offload(() => 'text').length === 4")} };`, mended: `export const run = async () => { ${kept("(await offload(() => 'text')).length === 4")} };`, gives: undefined },
  { name: 'a template', says: ['This is a promise, taken for the value it will give.'], fails: /^lost$/, code: `export const run = async () => { ${kept("`${offload(() => 'text')}` === 'text'")} };`, mended: `export const run = async () => { ${kept("`${await offload(() => 'text')}` === 'text'")} };`, gives: undefined },
  { name: 'a sum', says: ['This is a promise, taken for the value it will give.'], fails: /^lost$/, code: `export const run = async () => { ${kept('offload(() => 1) + 1 === 2')} };`, mended: `export const run = async () => { ${kept('await offload(() => 1) + 1 === 2')} };`, gives: undefined },
  { name: 'where no await may stand', says: ['This is a promise, taken for the value it will give.'], fails: /^lost$/, code: `export function run() { ${kept('!offload(() => false)')} }` },
  { name: 'map, of which nothing is read', says: ['map() runs nothing until its results are read'], fails: /^lost$/, code: `import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nexport const run = async () => { const pool = new ThreadPoolExecutor(); pool.map((n) => n, [1]); await pool.shutdown(); ${kept('pool.stats.completed > 0')} };` },
];

const most = (body: string, more = ''): string => `import { getDefaultExecutor } from 'eslint-plugin-offload/runtime';\nexport const run = async () => {\n  const found = [], items = [1, 2, 3];\n  let most = 0;\n  const look = setInterval(() => { const { queued, running } = getDefaultExecutor().stats; most = Math.max(most, queued + running); }, 1);\n  try {\n    ${body}\n  } finally { clearInterval(look); }\n  ${more}if (most < 2) throw 'one at a time';\n  return found;\n};`;
const busy = '(n) => { const end = Date.now() + 60; while (Date.now() < end); return n; }';

/** Loops that wait for each turn. */
export const loops: readonly InvalidProgram[] = [
  { name: 'results that are collected', says: ['Each turn of this loop waits for the one before'], fails: /^one at a time$/, code: most(`for (const n of items) { found.push(await offload(${busy}, n)); }`), mended: most(`for (const result of await Promise.all(Array.from(items, (n) => offload(${busy}, n)))) found.push(result);`), gives: [1, 2, 3] },
  { name: 'results that are dropped', says: ['Each turn of this loop waits for the one before'], fails: /^one at a time$/, code: most(`for (const n of items) await offload(${busy}, n);`), mended: most(`await Promise.all(Array.from(items, (n) => offload(${busy}, n)));`), gives: [] },
  { name: 'items that are taken apart', says: ['Each turn of this loop waits for the one before'], fails: /^one at a time$/, code: most(`for (const [i, n] of items.entries()) { found.push(await offload((i, n) => { const end = Date.now() + 60; while (Date.now() < end); return i + n; }, i, n)); }`), mended: most(`for (const result of await Promise.all(Array.from(items.entries(), ([i, n]) => offload((i, n) => { const end = Date.now() + 60; while (Date.now() < end); return i + n; }, i, n)))) found.push(result);`), gives: [1, 3, 5] },
];

/** Programs that say nothing wrong, and work. */
export const valid: readonly ValidProgram[] = [
  ...([
    ['arguments instead of a closure', 'offload((price, rate) => price * rate, 100, 1.5)', 150],
    ['globals', "offload((text) => JSON.parse(text).concat(Math.max(1, 2), typeof URL, typeof Buffer, typeof process, typeof structuredClone), '[]')", [2, 'function', 'function', 'object', 'function']],
    ['a global that may be missing', "offload(() => typeof rate === 'undefined' ? 1 : rate)", 1],
    ['an import inside', "offload(async () => (await import('node:path')).sep.length)", 1],
    ['require, __filename and __dirname', "offload(() => [typeof require, typeof __filename, typeof __dirname])", ['function', 'string', 'string']],
    ['what it declares itself', 'offload((n) => { const two = 2; function twice(m) { return m * two; } class A { #b = 1; get c() { return this.#b; } } return twice(n) + new A().c; }, 3)', 7],
    ['a name of its own', 'offload(function factorial(n) { return n < 2 ? 1 : n * factorial(n - 1); }, 5)', 120],
    ['this and arguments of its own', 'offload(function (n) { return [this === undefined, arguments.length, (() => arguments[0])(), n]; }, 5)', [true, 1, 5, 5]],
    ['an async function that computes', "offload(async (text) => { const { createHash } = await import('node:crypto'); return createHash('md5').update(text).digest('hex').length; }, 'text')", 32],
    ['an executor that runs in place', 'offload.with({ executor: inline })((n) => n * rate.n, 2)', 4],
    ['an executor that runs in place, submitted to', 'inline.submit((f) => f(rate.n), (n) => n)', 2],
    ['an executor that comes from elsewhere', '((executor) => runInExecutor(executor, (n) => n * rate.n, 2))(inline)', 4],
    ['options that come from elsewhere', '((options) => offload.with(options)((n) => n * rate.n, 2))({ executor: inline })', 4],
    ['values that cross', 'offload((...all) => all.length, 1, "a", null, undefined, [1], { a: 1 }, new Date(0), new Map([[1, 2]]), new Set(), /a/g, new Error("no"), new URL("a:b"), Buffer.from("a"), 1n)', 14],
    ['an instance with public properties', 'offload((point) => point.x, new Point())', 1],
    ['a property that a spread may replace', 'offload((o) => o.f, { f: () => 1, ...{ f: 2 } })', 2],
    ['a property that is replaced', 'offload((o) => o.f, { f: () => 1, f: 3 })', 3],
    ['a getter', 'offload((o) => o.f, { get f() { return 4; } })', 4],
    ['a symbol as a key', 'offload((o) => Object.keys(o), { [Symbol.iterator]: () => 1, a: 1 })', ['a']],
    ['a function taken out of what holds it', '(() => { const o = { f: () => 1 }; delete o.f; return offload((o) => Object.keys(o).length, o); })()', 0],
    ['a choice that is no function today', 'offload((f) => f, Math.random() > 2 ? () => 1 : 5)', 5],
    ['a port that is handed over', '(() => { const { port1 } = new MessageChannel(); return offload.with({ transfer: [port1] })((port) => { port.close(); return 1; }, port1); })()', 1],
    ['memory that is shared', '(async () => { const view = new Uint8Array(new SharedArrayBuffer(1)); await offload((view) => { view[0] = 7; }, view); return view[0]; })()', 7],
    ['a buffer on memory that is shared, filled', "(async () => { const bytes = Buffer.from(new SharedArrayBuffer(1)); await offload(fs.readSync, fs.openSync('package.json'), bytes); return bytes.toString(); })()", '{'],
    ['a copy that is written to and given back', 'offload((o) => { o.count = 1; return o; }, { count: 0 })', { count: 1 }],
    ['a copy that is written to and read', 'offload((o) => { o.count = 1; return o.count; }, { count: 0 })', 1],
    ['a list that is used up', 'offload((list) => { let n = 0; while (list.length) n += list.pop(); return n; }, [1, 2])', 3],
    ['a URL that is changed and read', "offload((url) => { url.hash = ''; return url.href; }, new URL('a:b#c'))", 'a:b'],
    ['one object under two names', '(() => { const o = {}; return offload((a, b) => { a.n = 1; return b; }, o, o); })()', { n: 1 }],
    ['a promise that is stored', '(async () => { const later = offload((n) => n, 1); return await later; })()', 1],
    ['promises at once', 'Promise.all([1, 2].map((n) => offload((n) => n, n)))', [1, 2]],
    ['a promise that nobody waits for on purpose', '(() => { void offload((n) => n, 1); return 2; })()', 2],
    ['a promise whose errors are caught', '(() => { offload((n) => n, 1).catch(() => {}); offload((n) => n, 1).then((n) => n, () => {}); return 2; })()', 2],
    ['a loop whose turns need the one before', '(async () => { let n = 1; for (const m of [1, 2]) n = await offload((n, m) => n + m, n, m); return n; })()', 4],
    ['a loop that ends early', '(async () => { for (const m of [1, 2]) if (await offload((m) => m > 1, m)) return m; })()', 2],
    ['a loop of which each turn writes to what the next reads', '(async () => { const all = [1]; for (const m of [1, 2]) all.push(await offload((m, all) => m + all.length, m, all)); return all; })()', [1, 2, 4]],
    ['one of Node\'s own functions in a loop', "(async () => { const all = []; for (const path of ['package.json']) all.push(await offload(fs.existsSync, path)); return all; })()", [true]],
    ['functions that are given one by another function', 'offload(((n) => (m) => m * 2)(1), 2)', 4],
    ['a function that another call makes', 'offload(make(), 2)', 4],
    ['names that only look like it', '(() => { const offload = (f) => f(); return offload(() => rate.n); })()', 2],
    ['inside a task, where tasks run in place', "offload(async () => { const { offload } = await import('eslint-plugin-offload/runtime'); const rate = 3; return await offload((n) => n * rate, 2); })", 6],
    ['with a function that is registered', 'offload(registered, 2)', 4],
    ['with a method that is registered', 'offload(method, 2)', 4],
    ['a bound function that runs in place', 'inline.submit(make.bind(null))', undefined],
  ] as const).map(([name, call, gives]): ValidProgram => ({
    name, gives,
    code: `import fs from 'node:fs';\nimport { isMainThread } from 'node:worker_threads';\nimport { InlineExecutor, offload, offloadable, runInExecutor } from 'eslint-plugin-offload/runtime';\nconst inline = new InlineExecutor(), rate = { n: 2 };\nclass Point { x = 1; length() { return this.x; } }\nconst make = () => (n) => n * 2;\nfunction registered(n) { return n * rate.n; }\noffloadable(import.meta.url, { registered });\nconst { method } = offloadable(import.meta.url, { method: (n) => n * rate.n });\nexport const used = [fs, isMainThread, inline, Point, runInExecutor, make, method, rate, offload];\nexport const run = async () => await ${call};`,
  })),
];
