/** The bundle of src/runtime/worker/main.ts, put here by the build. */
declare const __OFFLOAD_WORKER_SOURCE__: string;

/**
 * What a worker starts with, from memory, so that no bundler has to find a second file; CommonJS starts about 10 ms
 * sooner than a module.
 *
 * In a function, because the top level of an evaluated script is the global scope: shipped functions would find our
 * variables there. `require` is made by hand, because under `--input-type=module` this is evaluated as a module; and
 * the globals that evaluation leaves behind go, because no function of the caller's can have meant those.
 */
export const workerCode = `(function(require){for(const name of['require','module','exports','__filename','__dirname'])delete globalThis[name];${
  typeof __OFFLOAD_WORKER_SOURCE__ === 'string' ? __OFFLOAD_WORKER_SOURCE__ : ''
}\n})(process.getBuiltinModule('module').createRequire(process.cwd()+'/'))`;
