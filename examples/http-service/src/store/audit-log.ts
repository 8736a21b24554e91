import fs from 'node:fs';
import type { IncomingMessage } from 'node:http';

const append = fs.appendFileSync;

/** One line for every request that changed something or was refused. */
export class AuditLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async note(request: IncomingMessage, status: number): Promise<void> {
    if (request.method === 'GET' && status < 400) return;
    append(this.#file, `${new Date().toISOString()} ${request.method} ${request.url} ${status}\n`);
  }
}
