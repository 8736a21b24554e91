// A version of the service in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';

const entry = fileURLToPath(new URL('server-process.mjs', import.meta.url));
const startLimit = 20_000;
const stopLimit = 5_000;

export async function startServer(name, copy) {
  const child = fork(entry, [join(copy, 'dist/main.js')], {
    cwd: copy,
    execArgv: [],
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  try {
    return new Server(name, copy, child, await address(child), () => errors);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Failure(`the service "${name}" did not start: ${error.message}\n${errors}`);
  }
}

/** The service prints where it listens, as it does for any user of it. */
async function address(child) {
  const waiting = { signal: AbortSignal.timeout(startLimit) };
  const [text] = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data', waiting),
    once(child, 'exit', waiting).then(([code]) => {
      throw new Error(`it ended with ${code}`);
    }),
  ]);
  const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
  if (!port) throw new Error(`it printed ${JSON.stringify(text)}`);
  return Number(port);
}

class Server {
  #child;
  #port;
  #errors;
  #agent = new Agent({ keepAlive: true });

  constructor(name, copy, child, port, errors) {
    this.name = name;
    this.copy = copy;
    this.#child = child;
    this.#port = port;
    this.#errors = errors;
  }

  /** Sends a request, reads the whole answer. A server that died or hangs is an error here, not a wait for ever. */
  send({ method = 'GET', path, body }, agent = this.#agent) {
    return new Promise((resolve, reject) => {
      const fail = (error) => reject(new Failure(`${this.name}: ${method} ${path}: ${error.message}\n${this.#errors()}`));
      const sent = request({ host: '127.0.0.1', port: this.#port, method, path, agent, timeout: 30_000 }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')));
      sent.on('error', fail);
      sent.end(body);
    });
  }

  /** Event-loop delay is measured inside the service, while `measuring` is on. */
  async measureDelay(measuring) {
    this.#child.send({ measuring });
    const [delay] = await once(this.#child, 'message');
    return delay;
  }

  /** Lets the service end by itself, which shows too that nothing in it holds the process. */
  async stop() {
    this.#agent.destroy();
    const gone = once(this.#child, 'exit', { signal: AbortSignal.timeout(stopLimit) });
    this.#child.disconnect();
    await gone.catch(() => {
      throw new Failure(`${this.name}: the process did not end within ${stopLimit / 1000} s`);
    });
  }

  kill() {
    this.#child.kill('SIGKILL');
  }
}
