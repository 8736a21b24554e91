import { wordsIn } from './words-in-names.js';

/** Is a member of this name as likely to be a package's, or Node's own? */
export function isCommon(name: string): boolean {
  return commonNames.has(name);
}

const languages: readonly object[] = [Array, ArrayBuffer, Date, Error, Function, Map, Number, Object, Promise, Proxy, Reflect, RegExp, Set, String, Symbol, Uint8Array, WeakMap, JSON, Math];

/** Of the language, of events and streams, of requests and answers, and of what logs. */
const commonNames: ReadonlySet<string> = new Set([
  ...languages.flatMap((one) => [...Object.getOwnPropertyNames(one), ...('prototype' in one ? Object.getOwnPropertyNames(one.prototype) : [])]),
  ...'next return throw dispose'.split(' '),
  ...'addListener dispatchEvent emit off on once prependListener removeAllListeners removeListener subscribe unsubscribe'.split(' '),
  ...'abort cancel close connect cork destroy disconnect end flush open pause pipe pipeline read resume seek unpipe write'.split(' '),
  ...'append arrayBuffer blob fetch get head header headers json listen options patch post put query redirect render request route send set status text use'.split(' '),
  ...'assert clear count debug dir error fatal group info log success table time trace verbose warn warning'.split(' '),
  ...'add apply call delete dispatch exec find first has insert last load move remove reset run select start stop test update'.split(' '),
]);

/** Does a name say by itself what is meant? Those of several words do: `removeFixture`. Of files everybody has a `writeFile`. */
export function isDistinctive(name: string): boolean {
  return name.length >= 8 && wordsIn(name).length > 1 && !namesOfFileSystems.has(name);
}

/** Of Node's `fs` and of what takes its place, which TypeScript's `sys` and hosts do. */
const namesOfFileSystems: ReadonlySet<string> = new Set([
  ...'appendFile copyFile createReadStream createWriteStream ensureDir ensureFile makeDirectory mkdtemp openAsBlob outputFile readFile readJson readLink unwatchFile watchFile writeFile writeJson'.split(' '),
  ...'createDirectory deleteFile directoryExists fileExists getCurrentDirectory getDirectories getExecutingFilePath getFileSize getModifiedTime isDirectory isFile readDirectory'.split(' '),
]);
