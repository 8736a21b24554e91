/** Globals of the language and of Node that are in a worker what they are on the main thread, and depend on nothing but their arguments. */
export const sameInWorker: ReadonlySet<string> = new Set([
  'Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'Buffer', 'DataView', 'Date', 'Error', 'EvalError', 'Float16Array', 'Float32Array', 'Float64Array', 'Infinity',
  'Int16Array', 'Int32Array', 'Int8Array', 'Intl', 'Iterator', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object', 'RangeError', 'ReferenceError', 'Reflect', 'RegExp', 'Set', 'SharedArrayBuffer', 'String', 'Symbol',
  'SyntaxError', 'TextDecoder', 'TextEncoder', 'TypeError', 'URIError', 'URL', 'URLSearchParams', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakSet', 'atob', 'btoa',
  'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'structuredClone', 'undefined', 'unescape',
]);

/** Globals that a worker has too, but of its own: another clock, another order of output, other timers and modules. */
export const threadBound: ReadonlySet<string> = new Set([
  '__dirname', '__filename', 'AbortController', 'AbortSignal', 'clearImmediate', 'clearInterval', 'clearTimeout', 'console', 'crypto', 'fetch', 'global', 'globalThis', 'performance', 'process', 'Promise',
  'Proxy', 'queueMicrotask', 'require', 'setImmediate', 'setInterval', 'setTimeout', 'WebAssembly', 'WeakRef',
]);
