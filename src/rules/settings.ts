/** The module that `offload` is imported from: ours, or the one that `settings.offload.runtime` names. */
export function runtimeSpecifier(settings: Readonly<Record<string, unknown>>): string {
  const { offload } = settings;
  if (offload === undefined) return 'eslint-plugin-offload/runtime';
  if (typeof offload !== 'object' || offload === null) throw new TypeError(`settings.offload must be an object, such as { runtime: 'eslint-plugin-offload/runtime' }; it is ${JSON.stringify(offload)}.`);
  const { runtime } = offload as { runtime?: unknown };
  if (runtime === undefined) return 'eslint-plugin-offload/runtime';
  if (typeof runtime !== 'string' || runtime === '') throw new TypeError(`settings.offload.runtime must be the specifier of the module to import offload from; it is ${JSON.stringify(runtime)}.`);
  return runtime;
}
