import type { Certainty } from './certainty.js';

/**
 * Everything that stands between a blocking call and its rewrite: how sure we may be in spite of it, and why, in words
 * that end a message ("Not fixed automatically: …"). One row each; see docs/guide/fix-safety.md for the reader's side.
 */
export const hazards = {
  // Where the call stands
  'parameter-default': { certainty: 'unsafe', text: '`await` may not stand in a parameter default' },
  'class-field': { certainty: 'unsafe', text: '`await` may not stand in a class field initialiser' },
  'static-block': { certainty: 'unsafe', text: '`await` may not stand in a static block' },
  'enum': { certainty: 'unsafe', text: '`await` may not stand in an enum' },
  'namespace': { certainty: 'unsafe', text: '`await` may not stand directly in a namespace' },
  'constructor': { certainty: 'unsafe', text: 'a constructor cannot await' },
  'accessor': { certainty: 'unsafe', text: 'a getter or setter cannot await' },
  'generator': { certainty: 'unsafe', text: 'a synchronous generator cannot await' },
  'decorator': { certainty: 'unsafe', text: 'a decorator is evaluated synchronously' },
  'sync-callback': { certainty: 'unsafe', text: 'it runs in a synchronous callback, whose caller would get a promise in place of the value' },
  'sync-function': { certainty: 'unsafe', text: 'the function around it is not async, and its callers would have to change' },
  'given-function': { certainty: 'unsafe', text: 'it runs in a function that is given to one of the project, which calls it and would get a promise in place of the value' },
  'reaction-statement': { certainty: 'unsafe', text: 'the promise reaction around it cannot be made async as it is declared' },
  'async-reaction': { certainty: 'review', text: 'the promise reaction around it has to become async' },
  'waited-callback': { certainty: 'review', text: 'the function that it runs in has to become async, which the one that it is given to waits for' },
  'array-callback': { certainty: 'review', text: 'the callback has to return a promise, and the items are then worked on at the same time' },
  'asking-callback': { certainty: 'review', text: 'the callback has to return a promise, and all items are then asked at the same time, also those behind the one that decides' },
  'total-callback': { certainty: 'review', text: 'the callback has to become async and to wait for the total, and what it does before that is done for all items at the same time' },
  'for-each-callback': { certainty: 'review', text: '`forEach` has to become a `for…of` loop, which a Map gives pairs to, and between whose turns other code can run' },
  'task': { certainty: 'unsafe', text: 'it stands where the runtime takes the function to run on a worker, and gives it a value' },
  'module-top-level': { certainty: 'review', text: 'a top-level await holds up every module that imports this one, and `require()` of it throws' },
  'component-top-level': { certainty: 'unsafe', text: 'the top level of a component runs while it is set up, and not every framework waits for that' },
  'no-script': { certainty: 'unsafe', text: 'the component has no script that an import could go to' },
  'commonjs-top-level': { certainty: 'unsafe', text: 'CommonJS has no top-level await' },
  // The shape of the call
  'optional-call': { certainty: 'unsafe', text: 'the optional chain may skip the call, and offload() would be called with undefined' },
  'constructed': { certainty: 'unsafe', text: '`new` makes an object that cannot cross to a worker and back' },
  'indirect-call': { certainty: 'unsafe', text: 'it is called through .call, .apply or Reflect.apply' },
  'by-reference': { certainty: 'unsafe', text: 'it is passed as a synchronous callback' },
  'tagged-template': { certainty: 'unsafe', text: 'it is called as a template tag' },
  'instance-method': { certainty: 'unsafe', text: 'a method needs its object, and the object cannot cross to a worker' },
  // What the API does
  'api-not-offloadable': { certainty: 'unsafe', text: 'it cannot run on a worker' },
  'unregistered': { certainty: 'unsafe', text: 'a worker finds functions of a package that is imported by name at the top of the file, above the call, and registered there' },
  'module-address': { certainty: 'review', text: 'its package has to be registered with `import.meta.url` in an ES module and with `__filename` in CommonJS, and this file may become either' },
  'function-argument': { certainty: 'unsafe', text: 'one of its arguments is or holds a function, and functions cannot cross to a worker' },
  'stream-argument': { certainty: 'unsafe', text: 'one of its arguments is or holds a stream, and streams cannot cross to a worker' },
  'uncloneable-argument': { certainty: 'unsafe', text: 'one of its arguments is or holds a value that cannot cross to a worker' },
  'maybe-function-argument': { certainty: 'review', text: 'its options may hold a function, and functions cannot cross to a worker' },
  'result-option': { certainty: 'unsafe', text: 'with these options its result cannot cross back from a worker' },
  'mocked-module': { certainty: 'unsafe', text: 'its module is mocked or patched in this file, and a worker would run the real one' },
  // What may change while the task runs
  'stale-operand': { certainty: 'review', text: 'a variable read earlier in the same expression may be written while the task runs' },
  'read-await-write': { certainty: 'review', text: 'what the result is combined with is read before the await and written back after it, and may have changed in between' },
  'guard-await-write': { certainty: 'review', text: 'a test before it asks for what is written after it; awaited, a second caller can pass the test in between' },
  'check-then-act': { certainty: 'review', text: 'one statement checks a path and then acts on it; awaited, other code can run between the two' },
  'process-state': { certainty: 'review', text: 'this function changes process.env, the working directory or the umask, and a worker may see the change early or late' },
} as const satisfies Record<string, { certainty: Exclude<Certainty, 'safe'>; text: string }>;

export type Hazard = keyof typeof hazards;

/** The certainty that is left: that of the gravest hazard, `safe` where there is none. */
export function certaintyOf(found: Iterable<Hazard>): Certainty {
  let certainty: Certainty = 'safe';
  for (const hazard of found) {
    if (hazards[hazard].certainty === 'unsafe') return 'unsafe';
    certainty = 'review';
  }
  return certainty;
}

/** The hazard to name in a message: the first of the gravest. */
export function gravest(found: readonly Hazard[]): Hazard | undefined {
  return found.find((hazard) => hazards[hazard].certainty === 'unsafe') ?? found[0];
}
