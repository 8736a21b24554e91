import Module from 'node:module';
import { fileURLToPath } from 'node:url';

/** Does the plugin look for oxc-parser? */
export const asked = { times: 0 };

/**
 * Makes oxc-parser present or not for whoever looks for it, wherever from: `createRequire(file).resolve('oxc-parser')` and
 * the like find ours in place of the project's, or none. Where a project is linted from would not do, as it may have one
 * of its own, and the bench has one.
 */
export function setPresence(isPresent) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...others) {
    if (!/^oxc-parser(?:\/|$)/.test(request)) return resolve.call(this, request, ...others);
    asked.times += 1;
    if (!isPresent) throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
    return fileURLToPath(new URL(request === 'oxc-parser' ? 'counted-oxc.mjs' : `node_modules/${request}`, import.meta.url));
  };
}
