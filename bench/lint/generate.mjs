import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomNumbers } from './random-numbers.mjs';

const inFolder = 12;

/**
 * Writes a project of a number of modules, in folders of twelve with a barrel each. A module has two helpers, a class and
 * two async functions. It imports up to five others: most of its own folder and of those around it, also in circles, one
 * in seven from anywhere. One module in twenty calls a *Sync function. The same number gives the same project.
 */
export function generateProject(folder, size) {
  const random = randomNumbers(size);
  write('package.json', '{ "name": "generated", "type": "module" }\n');
  write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext", "strict": true } }\n');
  for (let index = 0; index < size; index += 1) write(pathOf(index), isBarrel(index) ? barrel(index, size) : moduleText(index, size, random));

  function write(path, text) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The first of a folder. */
function isBarrel(index) {
  return index % inFolder === 0;
}

function folderOf(index) {
  return Math.floor(index / inFolder);
}

function pathOf(index) {
  return `src/area-${folderOf(index)}/${isBarrel(index) ? 'index' : `part-${index}`}.ts`;
}

function barrel(index, size) {
  const all = Array.from({ length: Math.min(inFolder, size - index) - 1 }, (_, offset) => index + offset + 1);
  return all.map((one) => (one % 4 === 0 ? `export { clean${one}, describe${one}, Store${one} } from './part-${one}.js';\n` : `export * from './part-${one}.js';\n`)).join('');
}

function moduleText(index, size, random) {
  const others = importsOf(index, size, random);
  const { list, one } = random;
  const blocks = random.chance(0.05);
  // Fewer than one call of another module's helper in a helper, or everything would reach everything.
  const helper = (text) => (others.length > 0 && random.chance(0.5) ? `clean${one(others)}(${text})` : `${text}.trim()`);
  const call = (text) => (others.length > 0 ? `${random.chance(0.8) ? 'clean' : 'describe'}${one(others)}(${text})` : `clean${index}(${text})`);
  return `import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
${blocks ? "import fs from 'node:fs';\n" : ''}${others.map((other) => `import { clean${other}, describe${other}, Store${other} } from '${specifierOf(index, other, random)}';\n`).join('')}
/** What part ${index} is told. */
export interface Options${index} {
  readonly name: string;
  readonly folder: string;
  readonly limit?: number;
  readonly labels: readonly string[];
}

const labels${index} = [${list(2, 6, () => `'${random.word()}'`).join(', ')}] as const;
const limits${index}: Record<string, number> = { ${['least', 'usual', 'most'].map((name) => `${name}: ${random.below(1000)}`).join(', ')} };

/** The text without what is not wanted in it. */
export function clean${index}(text: string): string {
  if (text.length === 0 || text === '${random.word()}') return '';
  const parts = text.split(${random.chance(0.5) ? "','" : '/\\s+/'}).filter((part) => part !== '${random.word()}');
${list(1, 4, () => statement(random)).join('')}  return ${helper("parts.join(' ')")};
}

export function describe${index}(text: string, limit: number = limits${index}['usual'] ?? ${random.below(100)}): string {
  const known = labels${index}.find((label) => text.startsWith(label));
${blocks ? `  if (known !== undefined && fs.existsSync(text)) return fs.readFileSync(join(text, known), 'utf8');\n` : ''}  switch (known) {
${list(1, 3, () => `    case labels${index}[${random.below(2)}]:\n      return \`${random.word()}: \${text.slice(0, limit)}\`;\n`).join('')}    default:
      return ${helper('text')};
  }
}

export class Store${index} {
  readonly #entries = new Map<string, string[]>();
  #size = 0;

  constructor(private readonly options: Options${index}) {}

  get size(): number {
    return this.#size;
  }

  add(name: string, ...values: readonly string[]): this {
    const entry = this.#entries.get(name) ?? [];
    for (const value of values) if (!entry.includes(value)) entry.push(this.named(value));
    this.#entries.set(name, entry);
    this.#size += values.length;
    return this;
  }

  named(value: string): string {
    const { name, limit = ${random.below(100)} } = this.options;
    return \`\${name}/\${value}\`.slice(0, limit);
  }

  async load(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const text = await readFile(join(this.options.folder, name), 'utf8');
      this.add(name, ...text.split('\\n').map((line) => ${call('line')}));
    }
  }
}

export async function read${index}(path: string, options: Options${index}): Promise<string[]> {
${blocks && random.chance(0.5) ? '  fs.accessSync(options.folder);\n' : ''}  const text = await readFile(join(options.folder, path), 'utf8');
  const lines: string[] = [];
  for (const [number, line] of text.split('\\n').entries()) {
    if (line.startsWith('#') || number > (options.limit ?? ${random.below(1000)})) continue;
    try {
      lines.push(describe${index}(line, number));
    } catch (error) {
      throw new Error(\`\${path}:\${number + 1} is not understood: \${(error as Error).message}\`, { cause: error });
    }
  }
  return lines.length > 0 ? lines : [${call('text')}];
}

export async function run${index}(options: Options${index}): Promise<number> {
  const store = new Store${index}(options);
  await store.load(options.labels);
${others.map((other) => `  const of${other} = new Store${other}({ ...options, labels: [clean${index}(options.name)] });\n  of${other}.add('${random.word()}', ${call('options.name')});\n`).join('')}${list(1, 4, () => statement(random, ['options.labels.length', 'store.size'])).join('')}  const all = await Promise.all(options.labels.map(async (label) => (await read${index}(label, options)).length));
  return all.reduce((sum, length) => sum + length, store.size);
}
`;
}

function importsOf(index, size, random) {
  const others = random.list(0, 5, () => {
    const kind = random.below(100);
    if (kind < 60) return folderOf(index) * inFolder + random.below(inFolder);
    if (kind < 85) return (folderOf(index) + random.below(11) - 5) * inFolder + random.below(inFolder);
    return random.below(size);
  });
  return [...new Set(others)].filter((other) => other >= 0 && other < size && other !== index && !isBarrel(other));
}

function specifierOf(index, other, random) {
  const isNear = folderOf(index) === folderOf(other);
  const file = !isNear && random.chance(0.5) ? 'index.js' : `part-${other}.js`;
  return isNear ? `./${file}` : `../area-${folderOf(other)}/${file}`;
}

/** Something to read, which calls nothing of other modules. */
function statement(random, values = ['text.length', 'parts.length']) {
  const name = `${random.word()}${random.below(1_000_000)}`;
  const value = random.one(values);
  return random.one([
    `  const ${name} = ${value} > ${random.below(100)} ? '${random.word()}' : String(${value} % ${random.below(9) + 1});\n  if (${name}.length > ${random.below(9)}) console.debug('${random.word()}', ${name});\n`,
    `  let ${name} = 0;\n  for (let step = ${value}; step > 0; step -= ${random.below(5) + 1}) ${name} += step * ${random.below(9)};\n  if (${name} < 0) throw new RangeError(\`${random.word()} is \${${name}}\`);\n`,
    `  const ${name} = { ${random.word()}: ${value}, of: ['${random.word()}', '${random.word()}'].map((one) => one.toUpperCase()) };\n  if (${name}.of.includes('${random.word()}')) return ${value === 'store.size' || value === 'options.labels.length' ? value : 'text'};\n`,
  ]);
}
