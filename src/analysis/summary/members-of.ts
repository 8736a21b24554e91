import { basename, dirname } from 'node:path';
import type { FunctionSummary, Members, ModuleSummary, Value } from './module-summary.js';

/** All functions of a module, and all in it that have members. */
export interface Parts {
  readonly functions: ReadonlySet<FunctionSummary>;
  readonly members: ReadonlyMap<Members, Holder>;
}

/** What members are of. */
interface Holder {
  /** What it is called, which is the name of the module where it has none of its own, and of which types it is. */
  readonly names: readonly string[];
  readonly isType: boolean;
  /** They are static members of a class, which its instances do not have. */
  readonly isStatic: boolean;
}

const known = new WeakMap<ModuleSummary, Parts>();

export function partsOf(summary: ModuleSummary): Parts {
  let parts = known.get(summary);
  if (!parts) known.set(summary, (parts = findParts(summary)));
  return parts;
}

function findParts({ file, exports, whole, functions }: ModuleSummary): Parts {
  const found = new Set<FunctionSummary>();
  const members = new Map<Members, Holder>();
  const seen = new Set<Value>();
  const left: (Value | null | undefined)[] = [whole, ...functions.values()];
  add(exports, [nameOfModule(file)]);
  while (left.length > 0) {
    const value = left.pop();
    if (!value || seen.has(value)) continue;
    seen.add(value);
    switch (value.kind) {
      case 'function':
        found.add(value);
        add(value.members, [value.name]);
        add(value.prototype, [value.name]);
        left.push(value.returned, ...value.calls.map(({ target }) => ('callee' in target ? target.callee : undefined)));
        break;
      case 'class':
        add(value.members, [value.name], { isType: value.isType, isStatic: true });
        add(value.prototype, [value.name, ...(value.types ?? [])], { isType: value.isType });
        left.push(value.construct, value.superclass);
        break;
      case 'object':
        add(value.members, [value.name ?? nameOfModule(file)]);
        break;
      case 'import':
      case 'named':
        break;
      case 'either':
        left.push(value.first, value.second);
        break;
      default:
        left.push(value.of);
    }
  }
  return { functions: found, members };

  function add(all: Members, names: readonly string[], { isType = false, isStatic = false }: { readonly isType?: boolean | undefined; readonly isStatic?: boolean } = {}): void {
    members.set(all, { names, isType, isStatic });
    left.push(...all.values());
  }
}

/** `config` of `config.ts`, and of `config/index.ts`. */
function nameOfModule(file: string): string {
  const name = basename(file).replace(/\..*$/, '');
  return name === 'index' ? basename(dirname(file)) : name;
}
