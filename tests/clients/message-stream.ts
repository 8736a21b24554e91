import type { Readable, Writable } from 'node:stream';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Messages of the language server protocol over a pair of streams. */
export class MessageStream {
  readonly #output: Writable;
  readonly #onMessage: (method: string, params: unknown) => unknown;
  readonly #pending = new Map<number | string, (message: Message) => void>();
  #input = Buffer.alloc(0);
  #lastId = 0;

  /** `onMessage` gives the answer to a request; to what is no request nothing is answered. */
  constructor(input: Readable, output: Writable, onMessage: (method: string, params: unknown) => unknown) {
    this.#output = output;
    this.#onMessage = onMessage;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    input.on('close', () => this.#pending.forEach((settle) => settle({ error: { message: 'the server has ended' } })));
    // A server that has ended reads no more; the requests that wait say so.
    output.on('error', () => undefined);
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, ({ error, result }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#output.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#output.write(body);
  }

  #read(chunk: Buffer): void {
    this.#input = Buffer.concat([this.#input, chunk]);
    for (;;) {
      const end = this.#input.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#input.subarray(0, end).toString())![1]);
      const start = end + 4;
      if (this.#input.length < start + length) return;
      const message = JSON.parse(this.#input.subarray(start, start + length).toString()) as Message;
      this.#input = this.#input.subarray(start + length);
      this.#receive(message);
    }
  }

  #receive(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      this.#pending.get(id!)?.(message);
      this.#pending.delete(id!);
      return;
    }
    const result = this.#onMessage(method, params);
    if (id !== undefined) this.#send({ id, result });
  }
}
