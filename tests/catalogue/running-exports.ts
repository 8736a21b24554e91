import type { BlockingApi } from '../../src/catalogue/types.js';

export type AnyFunction = (...given: readonly unknown[]) => unknown;

const major = Number.parseInt(process.versions.node, 10);

/** Whether the running Node should have an API, going by its row. */
export function isHere({ since, platforms }: BlockingApi): boolean {
  return since !== null && since <= major && (platforms?.includes(process.platform) ?? true);
}

/** What a module of the running Node exports at a path, and what it is a property of. */
export async function resolveExport(module: string, path: readonly string[]): Promise<{ found: AnyFunction; owner: unknown }> {
  let owner: unknown;
  let found: unknown = module === 'globalThis' ? globalThis : ((await import(module.startsWith('node:') ? module : `node:${module}`)) as { default: unknown }).default;
  for (const step of path) [owner, found] = [found, (found as Record<string, unknown>)[step]];
  return { found: found as AnyFunction, owner };
}
