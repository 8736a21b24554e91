import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { isMissing, Refusal } from '../http.js';

export interface DocumentInfo {
  readonly name: string;
  readonly bytes: number;
  readonly kind: string;
}

/** Documents are files below one folder; their names use `/` wherever the service runs. */
export class DocumentStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a document is or would be. Refuses names that lead out of the folder, through links as well. */
  async locate(name: string): Promise<string> {
    const path = this.#path(name);
    try {
      if (!(fs.realpathSync(dirname(path)) + sep).startsWith(fs.realpathSync(this.#folder) + sep)) throw new Refusal(403, `${name} is not in the store`);
    } catch (error) {
      if (isMissing(error)) throw new Refusal(404, `no folder for ${name}`);
      throw error;
    }
    return path;
  }

  async text(name: string): Promise<string> {
    const path = await this.locate(name);
    try {
      return fs.readFileSync(path, 'utf8');
    } catch (error) {
      if (isMissing(error)) throw new Refusal(404, `no document ${name}`);
      throw error;
    }
  }

  async info(name: string): Promise<DocumentInfo> {
    const stats = fs.statSync(await this.locate(name), { throwIfNoEntry: false });
    if (!stats?.isFile()) throw new Refusal(404, `no document ${name}`);
    return { name, bytes: stats.size, kind: extname(name).slice(1) };
  }

  /** All documents of a folder and the folders in it. */
  async *walk(folder = this.#folder): AsyncGenerator<DocumentInfo> {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) yield* this.walk(path);
      // A name with a leading dot is an upload that has not arrived in full.
      else if (entry.isFile() && !entry.name.startsWith('.')) {
        yield {
          name: relative(this.#folder, path).split(sep).join('/'),
          bytes: fs.statSync(path).size,
          kind: extname(path).slice(1),
        };
      }
    }
  }

  /** Readers see the old document or the new one, never a half: the new one takes its place in one step. */
  async put(name: string, body: Uint8Array): Promise<void> {
    fs.mkdirSync(dirname(this.#path(name)), { recursive: true });
    const path = await this.locate(name);
    const arriving = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
    fs.writeFileSync(arriving, body);
    fs.renameSync(arriving, path);
  }

  /** False when there was no such document. */
  async remove(name: string): Promise<boolean> {
    const path = await this.locate(name);
    try {
      fs.unlinkSync(path);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }
  #path(name: string): string {
    const path = join(this.#folder, name);
    if (!path.startsWith(this.#folder + sep)) throw new Refusal(403, `${name} is not in the store`);
    return path;
  }
}
