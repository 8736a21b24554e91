/** A kind of value that no worker can be given, in the words with which the runtime refuses it. */
export interface Uncloneable {
  /** With its article: `a promise`. */
  readonly what: string;
  readonly instead: string;
  /** It can be handed over by name: `offload.with({ transfer: [it] })`. */
  readonly transferable?: true;
}

const makeItThere = 'its state is out of reach of a copy; pass the data to make one from, and make it in the worker';
const passPath = 'pass a path, a file descriptor or the data itself';
const passData = 'pass the data it holds';
const handOver = 'hand it over with offload.with({ transfer: [it] })';

/** Kinds that are told by how they are written. */
export const uncloneable = {
  function: { what: 'a function', instead: 'leave it out, or do the whole work in one function and give that to offload' },
  promise: { what: 'a promise', instead: 'await it, and pass its value' },
  symbol: { what: 'a symbol', instead: 'pass a string in its place' },
  arguments: { what: 'an arguments object', instead: 'pass [...arguments]' },
  module: { what: 'a module', instead: 'import it inside the function, with await import()' },
  iterator: { what: 'an iterator', instead: 'collect what it gives in an array' },
} as const satisfies Record<string, Uncloneable>;

/** An instance of a class whose objects keep what they are to themselves. */
export const stateful = (className: string): Uncloneable => ({ what: withArticle(className), instead: makeItThere });

/**
 * What gives such a value: `new module.Class`, `module.function()`, `module.property`. A test makes each of them and
 * compares with what the runtime says.
 */
const sources: Readonly<Record<string, Uncloneable>> = {
  ...all(uncloneable.promise, 'new globalThis.Promise', ...['all', 'allSettled', 'any', 'race', 'reject', 'resolve'].map((name) => `globalThis.Promise.${name}()`), 'globalThis.fetch()'),
  ...all(uncloneable.symbol, 'globalThis.Symbol()', 'globalThis.Symbol.for()', 'globalThis.Symbol.iterator', 'globalThis.Symbol.asyncIterator'),
  'new globalThis.Proxy': { what: 'a Proxy', instead: 'pass a plain copy of it, such as { ...value }' },
  ...all({ what: 'an AbortSignal', instead: 'bind it to the call with offload.with({ signal })' }, 'globalThis.AbortController#signal', ...['abort', 'any', 'timeout'].map((name) => `globalThis.AbortSignal.${name}()`)),
  ...each(handOver, {
    ReadableStream: ['new globalThis.ReadableStream', 'new stream/web.ReadableStream'],
    WritableStream: ['new globalThis.WritableStream', 'new stream/web.WritableStream'],
    TransformStream: ['new globalThis.TransformStream', 'new stream/web.TransformStream'],
    MessagePort: ['globalThis.MessageChannel#port1', 'globalThis.MessageChannel#port2', 'worker_threads.MessageChannel#port1', 'worker_threads.MessageChannel#port2'],
  }, { transferable: true }),
  ...each(passPath, {
    ReadStream: ['fs.createReadStream()'], WriteStream: ['fs.createWriteStream()'],
    Readable: ['new stream.Readable', 'stream.Readable.from()'], Writable: ['new stream.Writable'], Duplex: ['new stream.Duplex'], Transform: ['new stream.Transform'], PassThrough: ['new stream.PassThrough'],
    Gzip: ['zlib.createGzip()'], Gunzip: ['zlib.createGunzip()'],
    Hash: ['crypto.createHash()'], Hmac: ['crypto.createHmac()'],
    Socket: ['new net.Socket'], ClientRequest: ['http.request()', 'http.get()'],
  }),
  ...all({ what: 'a stream', instead: passPath }, 'process.stdin', 'process.stdout', 'process.stderr'),
  ...each(passData, {
    EventEmitter: ['new events', 'new events.EventEmitter'], EventTarget: ['new globalThis.EventTarget'],
    Server: ['http.createServer()', 'net.createServer()'], ChildProcess: ['child_process.spawn()', 'child_process.exec()', 'child_process.execFile()'],
    Worker: ['new worker_threads.Worker'], Interface: ['readline.createInterface()'], FSWatcher: ['fs.watch()'], Agent: ['new http.Agent'], process: ['process'],
  }),
  ...each(makeItThere, {
    WeakMap: ['new globalThis.WeakMap'], WeakSet: ['new globalThis.WeakSet'], WeakRef: ['new globalThis.WeakRef'], FinalizationRegistry: ['new globalThis.FinalizationRegistry'],
    AbortController: ['new globalThis.AbortController'],
    TextDecoder: ['new globalThis.TextDecoder', 'new util.TextDecoder'], Headers: ['new globalThis.Headers'], Request: ['new globalThis.Request'], Response: ['new globalThis.Response'], FormData: ['new globalThis.FormData'],
    NumberFormat: ['new globalThis.Intl.NumberFormat'], DateTimeFormat: ['new globalThis.Intl.DateTimeFormat'], Collator: ['new globalThis.Intl.Collator'],
    ECDH: ['crypto.createECDH()'], Dir: ['fs.opendirSync()'], DatabaseSync: ['new node:sqlite.DatabaseSync'], Script: ['new vm.Script'], StringDecoder: ['new string_decoder.StringDecoder'], MIMEType: ['new util.MIMEType'],
    Memory: ['new globalThis.WebAssembly.Memory'], Instance: ['new globalThis.WebAssembly.Instance'],
  }),
};

/** The kind of value that a source gives, if it is one that cannot cross. */
export function uncloneableFrom(source: string): Uncloneable | undefined {
  return Object.hasOwn(sources, source) ? sources[source] : undefined;
}

export const uncloneableSources: readonly string[] = Object.keys(sources);

function all(kind: Uncloneable, ...names: readonly string[]): Record<string, Uncloneable> {
  return Object.fromEntries(names.map((name) => [name, kind]));
}

function each(instead: string, classes: Readonly<Record<string, readonly string[]>>, more: Pick<Uncloneable, 'transferable'> = {}): Record<string, Uncloneable> {
  return Object.assign({}, ...Object.entries(classes).map(([name, names]) => all({ what: withArticle(name), instead, ...more }, ...names))) as Record<string, Uncloneable>;
}

function withArticle(name: string): string {
  return `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
}
