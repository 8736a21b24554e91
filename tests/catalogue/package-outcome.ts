import type { Sandbox } from './sandbox.js';

/** What a call comes to: its result or its error as plain data, without what is made at random, and the folder afterwards. */
export async function packageOutcome(apiName: string, sandbox: Sandbox, call: () => unknown): Promise<object> {
  const random = /genSalt|tmpName|^temp|renderSync|openSync/.test(apiName);
  const plain = (value: unknown): unknown => essence(value, { folder: sandbox.folder, random, seen: new Set() });
  try {
    return { returned: plain(await call()), folder: plain(sandbox.listing()) };
  } catch (error) {
    if (!(error instanceof Error)) return { threw: plain(error), folder: plain(sandbox.listing()) };
    const { message, code, errno, syscall } = error as NodeJS.ErrnoException;
    // The words of an error with a code are for people, and name what is made at random.
    return { threw: code === undefined ? { message: plain(message.split('\n')[0]) } : { code, errno, syscall }, folder: plain(sandbox.listing()) };
  }
}

interface Circumstances {
  readonly folder: string;
  readonly random: boolean;
  readonly seen: Set<unknown>;
}

/** Identifiers of processes and inodes, times, and how long something took: never the same twice. */
const passing = new Set(['pid', 'ino', 'atime', 'mtime', 'ctime', 'birthtime', 'atimeMs', 'mtimeMs', 'ctimeMs', 'birthtimeMs', 'atimeNs', 'mtimeNs', 'ctimeNs', 'birthtimeNs', 'durationMs', 'start', 'end', 'duration', 'stack']);

function essence(value: unknown, circumstances: Circumstances): unknown {
  const { folder, random, seen } = circumstances;
  if (typeof value === 'string') return random ? 'a text' : value.replaceAll(folder, '').replaceAll(/[^ '`(]*catalogue-\w{6}/g, '').replaceAll(/temp-.{6}/g, 'temp-XXXXXX').replaceAll(/\b\d+(?:\.\d+)? ?(?:milliseconds|ms)\b/g, 'a while').replaceAll(/in \d+\.\d+/g, 'in a while');
  if (typeof value === 'number' && value > 2 && random) return 'a number';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return 'seen';
  seen.add(value);
  if (value instanceof Date) return ['Date', random ? '' : value.toISOString()];
  if (ArrayBuffer.isView(value)) return [value.constructor.name, essence(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'), circumstances)];
  if (value instanceof Set || value instanceof Map) return [value.constructor.name, essence([...value], circumstances)];
  if (Array.isArray(value)) return value.map((element) => essence(element, circumstances));
  const own = Object.keys(value).filter((key) => !passing.has(key)).sort();
  const held = own.map((key) => [key, essence((value as Record<string, unknown>)[key], circumstances)]);
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name: string } } | null;
  return [prototype === null ? 'Object' : value instanceof Error ? 'Error' : prototype.constructor?.name, ...(value instanceof Error ? [essence(value.message, circumstances)] : []), Object.fromEntries(held)];
}
