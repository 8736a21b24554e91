// What the running Node exports, spelled as the catalogue spells it, and how the catalogue compares with that.
import module from 'node:module';

/** Modules that `builtinModules` leaves out, before Node 24 or without their flag. */
const prefixOnly = ['node:ffi', 'node:quic', 'node:sea', 'node:sqlite', 'node:test', 'node:vfs'];

/** Classes that have instances but no export, in some release at least. */
const instances = {
  'node:sqlite': ({ DatabaseSync }) => {
    const database = new DatabaseSync(':memory:');
    return { Session: database.createSession?.(), SQLTagStore: database.createTagStore?.() };
  },
};

/**
 * Every function that the running Node offers: `fs:readFileSync`, `fs:realpathSync.native`, `fs:Dir#readSync`,
 * `globalThis:Atomics.wait`. Functions are found one level deep, methods of classes up the chain of prototypes.
 */
export async function enumerateNode() {
  const names = new Set();
  // Some exports warn when they are read, which says nothing about whether they block.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const known = new Set([...module.builtinModules, ...prefixOnly.filter((name) => module.isBuiltin(name))]);
    for (const name of known) {
      if (name.split('/').some((part) => part.startsWith('_'))) continue;
      const { default: exports } = await import(name.startsWith('node:') ? name : `node:${name}`);
      addExports(names, name, exports);
      for (const [className, instance] of Object.entries(instances[name]?.(exports) ?? {})) {
        if (instance) addMembers(names, `${name}:${className}#`, Object.getPrototypeOf(instance));
      }
    }
    addExports(names, 'globalThis', globalThis);
    const require = module.createRequire(import.meta.url);
    addExports(names, 'globalThis', { require });
  } finally {
    process.emitWarning = emitWarning;
  }
  return names;
}

function addExports(names, moduleName, exports) {
  for (const [key, value] of Object.entries(exportedValues(exports))) {
    if (typeof value === 'function') names.add(`${moduleName}:${key}`);
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
    addMembers(names, `${moduleName}:${key}.`, value);
    if (typeof value === 'function' && value.prototype) addMembers(names, `${moduleName}:${key}#`, value.prototype);
  }
}

/** What a module exports, getters included: some load what they stand for only when read. */
function exportedValues(exports) {
  const values = {};
  for (const key of Object.getOwnPropertyNames(exports)) {
    try {
      values[key] = exports[key];
    } catch {
      // localStorage and the like, which throw where they are not set up
    }
  }
  return values;
}

/** Adds an object's methods, inherited ones too: node:zlib's exported classes only extend the real ones. */
function addMembers(names, prefix, object) {
  for (let owner = object; owner && owner !== Object.prototype && owner !== Function.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      if (key !== 'constructor' && typeof value === 'function') names.add(prefix + key);
    }
  }
}

/** Whether a name claims to be synchronous: `readFileSync`, `readSyncRecursive`, any method of `DatabaseSync`; not `syncBuiltinESMExports`. */
export function claimsToBlock(name) {
  return /Sync(?![a-z])/.test(name.slice(name.lastIndexOf(':') + 1));
}

/**
 * How the catalogue differs from a Node release: `missing` is neither listed nor excused, `gone` is listed for this release and not
 * there, `early` is there although `since` says later.
 */
export function compareCatalogue({ apis, excused, probedReleases, names, version, platform }) {
  const listed = new Set(apis.map(nameOf));
  const excusedNames = new Set(excused.map(nameOf));
  const isExcused = (name) => excusedNames.has(name) || excusedNames.has(`${name.slice(0, name.lastIndexOf(':'))}:*`);
  const [major] = numbers(version);
  // Releases of odd lines before 27 are not supported, and get their APIs in another order.
  const oddLine = major % 2 === 1 && major < 27;
  const probed = probedReleases.find((release) => numbers(release)[0] === major);
  const isOlderThanProbed = oddLine || (probed !== undefined && isBefore(version, probed));
  const here = apis.filter(({ since, platforms }) => since !== null && (platforms?.includes(platform) ?? true));
  return {
    missing: [...names].filter((name) => claimsToBlock(name) && !listed.has(name) && !isExcused(name)),
    gone: here.filter((api) => api.since <= major && !isOlderThanProbed && !names.has(nameOf(api))).map(nameOf),
    early: here.filter((api) => api.since > major && !oddLine && names.has(nameOf(api))).map(nameOf),
  };
}

function nameOf({ module: moduleName, path }) {
  return `${moduleName}:${path}`;
}

function isBefore(version, other) {
  const [a, b] = [numbers(version), numbers(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at !== -1 && a[at] < b[at];
}

function numbers(version) {
  return version.split(/[.-]/, 3).map(Number);
}
