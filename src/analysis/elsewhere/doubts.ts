/**
 * What to look at before a helper is run on a worker as a whole, where nothing forbids it, in words that end a message. One
 * row each; docs/rules/no-indirect-blocking.md lists them, and a test compares.
 */
export const doubts = {
  'loads-module': 'each worker loads its module, with all that it imports',
  'module-address': 'its module has to be registered with `import.meta.url` in an ES module and with `__filename` in CommonJS, and this file may become either',
  'unknown-argument': 'an argument may be what a worker only gets a copy of, or what cannot cross at all',
  'prints': 'what it prints on a worker comes later',
  'reads-and-writes': 'it reads and writes, and two calls of it could then come between each other',
} as const;

export type Doubt = keyof typeof doubts;
