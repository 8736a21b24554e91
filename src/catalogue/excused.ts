/** An API whose name says that it blocks, though it does not; or one that is left out on purpose. */
export interface ExcusedApi {
  /** Module as `moduleName` spells it; `globalThis` for globals. */
  readonly module: string;
  /** Export path as in the catalogue; `*` for everything in the module. */
  readonly path: string;
  readonly reason: string;
}

const socket = 'one system call on a socket; it takes numeric addresses only, so nothing is looked up';
const memory = 'reads what the operating system keeps in memory';

/** What the catalogue leaves out, by name, so that leaving something out is a decision and not an oversight. */
export const excusedApis: readonly ExcusedApi[] = [
  { module: 'dgram', path: 'Socket#bindSync', reason: socket },
  { module: 'dgram', path: 'Socket#connectSync', reason: socket },
  { module: 'fs', path: 'Dir#readSyncRecursive', reason: 'internal to Dir#readSync, not documented, and gone from Node 26' },
  { module: 'module', path: 'syncBuiltinESMExports', reason: 'copies references in memory' },
  { module: 'node:sqlite', path: 'StatementSync', reason: 'nobody can call it: statements come from DatabaseSync#prepare' },
  { module: 'node:vfs', path: '*', reason: 'behind a flag, and its files are in memory unless a provider says otherwise' },
  { module: 'os', path: 'cpus', reason: memory },
  { module: 'os', path: 'networkInterfaces', reason: memory },
  { module: 'os', path: 'userInfo', reason: memory },
  { module: 'process', path: 'stdout.write', reason: 'blocks for files, and for terminals and pipes on POSIX, in no way that a caller can choose' },
  { module: 'globalThis', path: 'CSSStyleSheet#replaceSync', reason: 'parses a style sheet of the page in memory' },
  { module: 'effect', path: 'Effect.runSync', reason: 'runs an effect, which blocks only if what it runs does' },
  { module: 'react', path: 'useSyncExternalStore', reason: 'a hook: sync is short for synchronise' },
  { module: 'react-dom', path: 'flushSync', reason: 'renders the page; there is no event loop of a server to stall' },
];

const quick = 'a quick look, and remembered';
const bySystem = 'nothing to see on the machines that check';
const nativeCode = 'native code that was not there to check';
const noCall = 'what blocks is not a call of an export';
const asynchronous = 'it has no synchronous form any more';
const loads = 'it loads modules for this thread';
const rare = 'too rare to check';
const settings = 'a store of settings, whose methods write a small file';
const templates = 'most templates take microseconds';

/** Packages that block, or are said to, and have no rows; by why. */
export const excusedPackages: Readonly<Record<string, string>> = {
  argon2: asynchronous, conf: settings, configstore: settings, cpy: asynchronous, 'crypto-js': noCall, deasync: 'it runs the event loop from inside, and must stay where it is', ejs: templates,
  'find-cache-dir': quick, 'fix-path': bySystem, 'git-rev-sync': rare, handlebars: noCall, 'import-fresh': loads, 'is-docker': quick, 'isolated-vm': nativeCode, jimp: asynchronous, jiti: loads,
  koffi: nativeCode, less: noCall, leveldown: nativeCode, 'libsodium-wrappers': noCall, lmdb: nativeCode, lowdb: settings, 'macos-version': bySystem, 'make-synchronous': noCall, 'node-forge': noCall,
  'node-sass': nativeCode, postcss: noCall, prettier: asynchronous, 'prompt-sync': noCall, pug: templates, sharp: asynchronous, 'sodium-native': nativeCode, 'spawn-sync': 'Node has child_process.spawnSync',
  steno: settings, stylus: noCall, synckit: noCall, 'sync-rpc': rare, 'ts-node': loads, typescript: 'version 7 has none of the calls that block', username: bySystem, vm2: 'nobody should use it any more',
};
