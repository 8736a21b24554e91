export { describe } from './describe.js';
import { readFileSync, writeFileSync } from 'node:fs'; import path from 'node:path';
import { offload } from 'eslint-plugin-offload/runtime';

/** Settings that a class keeps. */
export class Settings {
  #folder;

  constructor(folder) {
    this.#folder = folder;
  }

  async load() {
    const file = path.join(this.#folder, 'settings.json');
    await offload(writeFileSync, file, JSON.stringify({ port: 80, tags: ['a', 'b'] }));
    const { port, tags: [first] } = JSON.parse(await offload(readFileSync, file, 'utf8'));
    class Named extends (class { static size = 2 }) {}
    return { port, first, size: Named.size, self: await offload(readFileSync, file) instanceof Buffer };
  }
}
