import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction, constants } from 'node:vm';

type Import = (specifier: string) => Promise<unknown>;

/** What these mean to `require` is that the module is for `import` only. */
const forImportOnly = new Set(['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE', 'ERR_PACKAGE_PATH_NOT_EXPORTED']);

/**
 * Loads a module as one in `file` would: by `import`, where `file` is a URL, and else by `require`, for what compiles
 * TypeScript may know one of the two only.
 */
export async function loadModule(specifier: string, file: string): Promise<unknown> {
  await whenPreloaded();
  if (!file.startsWith('file:')) return await requireFirst(specifier, file);
  try {
    return await importFrom(file)(specifier);
  } catch (error) {
    // tsx under Node 20 reaches `require` in a thread, and not `import`.
    if (codeOf(error) !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    try {
      return createRequire(file)(specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier) as unknown;
    } catch {
      throw error;
    }
  }
}

async function requireFirst(specifier: string, file: string): Promise<unknown> {
  try {
    return createRequire(file)(specifier) as unknown;
  } catch (error) {
    if (!forImportOnly.has(String(codeOf(error)))) throw error;
    return await importFrom(file)(specifier);
  }
}

let preloading: Promise<void> | undefined;

/**
 * What the process was started with `--import` for, such as tsx: Node hands these on to threads that start from a
 * file, and not to those that start from memory, as ours do.
 */
export function whenPreloaded(): Promise<void> {
  return (preloading ??= preload());
}

/** Whether there is anything to preload. */
export function hasPreloads(): boolean {
  return preloads().length > 0;
}

async function preload(): Promise<void> {
  const preloadFrom = importFrom(join(process.cwd(), '[offload]'));
  for (const specifier of preloads()) await preloadFrom(specifier);
}

function preloads(): string[] {
  const options = [...optionsOf(process.env['NODE_OPTIONS']), ...process.execArgv];
  return options.flatMap((option, index) => {
    if (option === '--import') return options[index + 1] ?? [];
    return option.startsWith('--import=') ? option.slice('--import='.length) : [];
  });
}

/** As Node reads them: apart at blanks, but for those in double quotes, where a backslash keeps what follows. */
function optionsOf(text = ''): string[] {
  return [...text.matchAll(/(?:"(?:\\[^]|[^"\\])*"|[^" ])+/g)].map(([option]) => option.replaceAll(/"((?:\\[^]|[^"\\])*)"/g, (_, quoted: string) => quoted.replaceAll(/\\([^])/g, '$1')));
}

/** `import()` that resolves from `file`. See `compile-source.ts` for why it is made like this. */
function importFrom(file: string): Import {
  return compileFunction('return import(specifier)', ['specifier'], { filename: file, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }) as Import;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}
