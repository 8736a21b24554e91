import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder with the same few entries each time. */
export class Sandbox {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'catalogue-')));
  readonly #descriptors: number[] = [];

  constructor() {
    fs.writeFileSync(this.at('file'), 'hello');
    fs.symlinkSync('file', this.at('link'));
    fs.mkdirSync(this.at('empty'));
    fs.mkdirSync(this.at('tree/branch/twig'), { recursive: true });
    for (const name of ['tree/a.txt', 'tree/branch/b.txt', 'tree/branch/twig/c.md']) fs.writeFileSync(this.at(name), name);
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** A descriptor of `file`, closed with the sandbox. */
  open(flags = 'r+'): number {
    const descriptor = fs.openSync(this.at('file'), flags);
    this.#descriptors.push(descriptor);
    return descriptor;
  }

  /** What is in the folder now: names, kinds, permissions, links and contents. */
  listing(): unknown {
    return fs.readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => {
      const stats = fs.lstatSync(this.at(name));
      const contents = stats.isFile() ? fs.readFileSync(this.at(name), 'utf8') : stats.isSymbolicLink() ? fs.readlinkSync(this.at(name)) : 'folder';
      return [withoutRandom(name), stats.mode, stats.nlink, contents];
    });
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#descriptors) {
      try {
        fs.closeSync(descriptor);
      } catch {
        // closed by what was tested
      }
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `mkdtemp` ends its names with six random characters. */
export function withoutRandom(text: string): string {
  return text.replace(/\btemp-.{6}/, 'temp-XXXXXX');
}
