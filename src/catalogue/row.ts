import type { BlockingApi, DifferentCalls, NativeTwin } from './types.js';

/** What a row says about an API; what it leaves out comes from its group's defaults, then from here. */
export type Row = Partial<Omit<BlockingApi, 'module' | 'path'>>;

const general = { reported: true, reference: 'built-in', since: 20, native: null, mutates: [], functions: [], result: 'undefined', offload: true, writes: false } as const;

/** The rows of one module: `rows` is keyed by export path, and `defaults` is what these APIs have in common. */
export function group(module: string, defaults: Row & Pick<BlockingApi, 'cost'>, rows: Readonly<Record<string, Row>>): readonly BlockingApi[] {
  return Object.entries(rows).map(([path, row]) => ({
    ...general,
    kind: path.includes('#') ? 'method' : 'function',
    ...defaults,
    ...row,
    module,
    path,
  }));
}

/** The rows of one package: as {@link group}, for functions that a worker finds by loading the package. */
export function packageGroup(name: string, defaults: Row & Pick<BlockingApi, 'cost'>, rows: Readonly<Record<string, Row>>): readonly BlockingApi[] {
  return group(name, { reference: 'registered', ...defaults }, rows);
}

/** A twin that returns a promise; a drop-in unless it is said to differ, for all calls or for some. */
export const promise = (name: string, differs?: string, differsFor?: DifferentCalls): NativeTwin => twin(name, 'promise', differs, differsFor);

/** A twin that takes a callback and is a drop-in once promisified, unless it is said to differ. */
export const promisified = (name: string, differs?: string, differsFor?: DifferentCalls): NativeTwin => twin(`util.promisify(${name})`, 'promisified', differs, differsFor);

/** A twin that no promise comes out of: always to be rewritten by hand. */
export const byHand = (name: string, differs: string): NativeTwin => twin(name, 'other', differs);

function twin(name: string, form: NativeTwin['form'], differs: string | undefined, differsFor?: DifferentCalls): NativeTwin {
  return { name, form, dropIn: differs === undefined, ...(differs !== undefined && { differs }), ...(differsFor && { differsFor }) };
}
