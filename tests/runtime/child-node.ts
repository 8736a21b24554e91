import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Node by itself, untouched by the test runner: `import()` is as it was written, and the process ends when it
 * will. One that does not end is killed after 30 s, and `signal` says so.
 */
export function runNode(args: readonly string[], { input, env }: { input?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: fileURLToPath(fixture('.')), env: { ...process.env, NODE_OPTIONS: '', ...env }, timeout: 30_000, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** Options of Node with which `offload` uses such a pool, in a program that does not choose one. */
export function byDefault(kind: 'threads' | 'processes'): string[] {
  return kind === 'threads' ? [] : ['--require', fileURLToPath(fixture('processes-by-default.cjs'))];
}

export function fixture(name: string): URL {
  return new URL(`fixtures/${name}`, import.meta.url);
}
