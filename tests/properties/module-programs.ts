import fc from 'fast-check';

/** A module of a random project, as it is drawn. It is written as text by {@link textOf}, and understood by the oracle as it is here. */
export interface DrawnModule {
  readonly kind: 'typescript' | 'module' | 'commonjs';
  /** Its function `f<number>`: what it does, first to last. */
  readonly isAsync: boolean;
  readonly blocks: boolean;
  readonly calls: readonly DrawnCall[];
  /** How the function is written and exported. */
  readonly form: 'declaration' | 'constant' | 'list' | 'default';
  readonly reexports: readonly Reexport[];
  /** Specifiers of `export * from`. */
  readonly exportedAll: readonly number[];
  /** `module.exports = require(…)`: then it exports nothing else. CommonJS only. */
  readonly whole: number | undefined;
}

/** A call of what a module exports by a name. */
interface DrawnCall {
  readonly from: number;
  readonly name: string;
  readonly style: 'named' | 'namespace' | 'inline';
}

/** `export { name as as } from` */
interface Reexport {
  readonly from: number;
  readonly name: string;
  readonly as: string;
}

/** Projects of a number of modules, of which one in `rarity` blocks by itself. */
export function drawnModules(size: number, rarity = 6): fc.Arbitrary<readonly DrawnModule[]> {
  const other = fc.nat(size - 1);
  const oneIn = (times: number): fc.Arbitrary<boolean> => fc.nat(times - 1).map((n) => n === 0);
  // What a module declares itself, what another declares and it may or may not pass on, what it passes on, what it is by default.
  const exported = fc.tuple(other, other, fc.nat(9)).map(([from, to, kind]) => ({ from, name: kind < 4 ? `f${String(from)}` : kind < 6 ? `f${String(to)}` : kind < 9 ? `passed on ${String(kind - 6)}` : 'default' }));
  const module: fc.Arbitrary<DrawnModule> = fc.record({
    kind: fc.constantFrom('typescript', 'module', 'commonjs'),
    isAsync: oneIn(8),
    blocks: oneIn(rarity),
    calls: fc.array(fc.record({ target: exported, style: fc.constantFrom('named', 'namespace', 'inline') }).map(({ target, style }): DrawnCall => ({ ...target, style })), { maxLength: 3 }),
    form: fc.constantFrom('declaration', 'constant', 'list', 'default'),
    reexports: fc.array(fc.record({ target: exported, isRenamed: fc.boolean() }), { maxLength: 2 }).map((all) => all.map(({ target, isRenamed }) => ({ ...target, as: isRenamed ? '' : target.name }))),
    exportedAll: fc.uniqueArray(other, { maxLength: 2 }),
    whole: fc.option(other, { nil: undefined, freq: 6 }),
  });
  return fc.array(module, { minLength: size, maxLength: size }).map((drawn) => drawn.map(named)).map((modules) => modules.map((one) => aimed(one, modules)));
}

/** No name is exported twice, and there is a name for what is renamed. */
function named(drawn: DrawnModule, index: number): DrawnModule {
  const isCommonJs = drawn.kind === 'commonjs';
  const form = isCommonJs && drawn.form === 'default' ? 'list' : drawn.form;
  const taken = new Set([`f${String(index)}`, form === 'default' ? 'default' : '']);
  const reexports = drawn.reexports.map((one, place) => ({ ...one, as: one.as.startsWith('f') || one.as === 'default' ? one.as : `r${String(index)}_${String(place)}` })).filter(({ as }) => !(isCommonJs && as === 'default') && !taken.has(as) && taken.add(as));
  return { ...drawn, form, reexports, whole: isCommonJs ? drawn.whole : undefined };
}

/** With the names by which other modules pass things on. What a CommonJS module is by default is not asked for: it depends on who asks. */
function aimed(drawn: DrawnModule, modules: readonly DrawnModule[]): DrawnModule {
  const aim = <T extends { readonly from: number; readonly name: string }>(one: T): T => {
    const { kind, reexports } = modules[one.from]!;
    const place = /^passed on (\d)$/.exec(one.name)?.[1];
    const name = place === undefined ? one.name : (reexports[Number(place) % reexports.length]?.as ?? `f${String(one.from)}`);
    return { ...one, name: name === 'default' && kind === 'commonjs' ? `f${String(one.from)}` : name };
  };
  return { ...drawn, calls: drawn.calls.map(aim), reexports: drawn.reexports.map(aim) };
}

export function fileName(index: number, modules: readonly DrawnModule[]): string {
  return `m${String(index)}.${{ typescript: 'ts', module: 'js', commonjs: 'cjs' }[modules[index]!.kind]}`;
}

/** The text of a module. Its `main`, last, makes the calls of the function once more, and calls the function: a line each. */
export function textOf(index: number, modules: readonly DrawnModule[]): string {
  const drawn = modules[index]!;
  return drawn.kind === 'commonjs' ? commonJs(drawn, index, modules) : module(drawn, index, modules);
}

function specifier(index: number, modules: readonly DrawnModule[]): string {
  return `'./m${String(index)}.${modules[index]!.kind === 'commonjs' ? 'cjs' : 'js'}'`;
}

function module({ calls, form, reexports, exportedAll, ...drawn }: DrawnModule, index: number, modules: readonly DrawnModule[]): string {
  const imports = calls.map(({ from, name, style }, place) => {
    const local = `c${String(place)}`;
    return `import ${style === 'named' ? `{ ${name} as ${local} }` : style === 'inline' && name === 'default' ? local : `* as ${local}`} from ${specifier(from, modules)};`;
  });
  const callees = calls.map(({ name, style }, place) => (style === 'named' || (style === 'inline' && name === 'default') ? `c${String(place)}` : `c${String(place)}.${name}`));
  const name = `f${String(index)}`;
  const body = bodyOf(drawn, callees);
  const async = drawn.isAsync ? 'async ' : '';
  const written = {
    declaration: [`export ${async}function ${name}(p) {`, ...body, '}'],
    constant: [`export const ${name} = ${async}(p) => {`, ...body, '};'],
    list: [`export { ${name} };`, `${async}function ${name}(p) {`, ...body, '}'],
    default: [`export default ${async}function ${name}(p) {`, ...body, '}', `export { ${name} };`],
  }[form];
  const passedOn = reexports.map((one) => `export { ${one.name} as ${one.as} } from ${specifier(one.from, modules)};`);
  const all = exportedAll.map((from) => `export * from ${specifier(from, modules)};`);
  return lines(["import fs from 'node:fs';", ...imports, ...passedOn, ...written, ...all, 'export async function main(p) {', ...mainOf(callees, name), '}']);
}

function commonJs({ calls, form, reexports, exportedAll, whole, ...drawn }: DrawnModule, index: number, modules: readonly DrawnModule[]): string {
  const imports: string[] = [];
  const callees = calls.map(({ from, name, style }, place) => {
    const local = `c${String(place)}`;
    const required = `require(${specifier(from, modules)})`;
    if (style === 'inline') return `${required}.${name}`;
    imports.push(style === 'named' ? `const { ${name}: ${local} } = ${required};` : `const ${local} = ${required};`);
    return style === 'named' ? local : `${local}.${name}`;
  });
  const name = `f${String(index)}`;
  const body = bodyOf(drawn, callees);
  const async = drawn.isAsync ? 'async ' : '';
  const passedOn = reexports.map((one) => [one.as, `require(${specifier(one.from, modules)}).${one.name}`] as const);
  const declared = form === 'constant' ? [`const ${name} = ${async}(p) => {`, ...body, '};'] : [`${async}function ${name}(p) {`, ...body, '}'];
  const exported =
    whole !== undefined
      ? [`module.exports = require(${specifier(whole, modules)});`]
      : form === 'list' && exportedAll.length === 0
        ? [`module.exports = { ${[name, ...passedOn.map((pair) => pair.join(': '))].join(', ')} };`]
        : [`exports.${name} = ${name};`, ...passedOn.map(([as, value]) => `exports.${as} = ${value};`), ...exportedAll.map((from) => `__exportStar(require(${specifier(from, modules)}), exports);`)];
  return lines(["const fs = require('node:fs');", ...imports, ...declared, ...exported, 'async function main(p) {', ...mainOf(callees, name), '}']);
}

function bodyOf({ blocks }: Pick<DrawnModule, 'blocks'>, callees: readonly string[]): string[] {
  return [...callees.map((callee) => `  ${callee}(p);`), ...(blocks ? ['  fs.readFileSync(p);'] : [])];
}

function mainOf(callees: readonly string[], name: string): string[] {
  return [...callees, name].map((callee) => `  ${callee}(p);`);
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
