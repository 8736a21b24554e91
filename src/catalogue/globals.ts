import { byHand, group, promise } from './row.js';
import type { BlockingApi } from './types.js';

const dialog = 'dialogs belong to the page';

/** Blocking APIs that no import names. */
export const globals: readonly BlockingApi[] = [
  ...group('globalThis', { cost: 'wait' }, {
    'Atomics.wait': { result: "'ok' | 'not-equal' | 'timed-out'", native: byHand('Atomics.waitAsync', 'it returns { async, value }, of which value may be a promise') },
  }),
  ...group('globalThis', { cost: 'wait', since: null }, {
    'XMLHttpRequest#open': {
      when: 'async-is-false', writes: true, offload: 'the request object belongs to this thread',
      native: byHand('fetch', 'it is another interface'),
    },
    alert: { offload: dialog },
    confirm: { result: 'boolean', offload: dialog },
    prompt: { result: 'string | null', offload: dialog },
  }),
  ...group('globalThis', { cost: 'cpu' }, {
    'WebAssembly.Instance': {
      kind: 'constructor', writes: true, result: 'WebAssembly.Instance', offload: 'an instance cannot leave its thread',
      native: promise('WebAssembly.instantiate'),
    },
    'WebAssembly.Module': {
      kind: 'constructor', result: 'WebAssembly.Module', offload: 'it is called with new, and a task is a plain call',
      native: promise('WebAssembly.compile'),
    },
    'WebAssembly.validate': { reported: false, result: 'boolean' },
  }),
  ...group('globalThis', { cost: 'cpu', reported: false, result: 'unknown' }, {
    'JSON.parse': { functions: ['1'], note: 'Copying the result back costs about as much as parsing.' },
    'JSON.stringify': { functions: ['1'], result: 'string | undefined', note: 'Copying the value over costs about as much as printing it.' },
    structuredClone: { offload: 'its argument would have to be cloned to get there' },
  }),
  ...group('globalThis', { cost: 'long', reported: false, writes: true, result: 'unknown', offload: 'what it loads is for this thread' }, {
    require: { native: promise('import()', 'it gives a namespace object and takes other conditions of exports') },
    'require.resolve': { cost: 'short', writes: false, result: 'string', offload: 'it belongs to the module that calls it' },
  }),
];
