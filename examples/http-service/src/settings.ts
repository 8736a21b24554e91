import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Settings {
  /** Folder with `documents/`, `templates/` and `users.json`. */
  readonly content: string;
  /** Folder with the programs that check and measure documents. */
  readonly filters: string;
  /** The largest upload, in bytes. */
  readonly uploadLimit: number;
}

/** Runs once, before the server listens: nobody waits for the event loop yet, so it may block. */
export function loadSettings(): Settings {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const file = JSON.parse(readFileSync(join(root, 'settings.json'), 'utf8')) as Settings;
  return { ...file, content: join(root, file.content), filters: join(root, file.filters) };
}
