import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a program of fresh/ in a process of its own.
 *
 * @param node the Node to run it under
 * @returns what it gave to `tell`
 * @throws what it died of
 */
export async function inFreshProcess(program, args, { node = process.execPath, minutes = 10 } = {}) {
  const file = fileURLToPath(new URL(`fresh/${program}.mjs`, import.meta.url));
  const child = fork(file, args.map(String), { execPath: node, execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let told;
  let stderr = '';
  child.on('message', (message) => (told = message));
  child.stderr.on('data', (text) => (stderr += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), minutes * 60_000);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (told === undefined || code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${signal ?? code}: ${errorIn(stderr)}`, { cause: stderr });
  return told;
}

/** For the program itself. Ends it: many pools would keep the process. */
export function tell(figures) {
  process.send(figures, () => process.exit());
}

/** The line that says it, out of all that Node prints of an error nobody caught. */
function errorIn(stderr) {
  return stderr.match(/^\w*Error\b.*$/m)?.[0] ?? stderr.trim();
}
