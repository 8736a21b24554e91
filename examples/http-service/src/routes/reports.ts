import * as childProcess from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { json, Refusal, type Route } from '../http.js';
import type { Settings } from '../settings.js';
import type { DocumentStore } from '../store/documents.js';

/** What `execFileSync` throws when the program ends with another status than 0. */
interface ExitError extends Error {
  readonly status: number | null;
  readonly stderr: string;
}

export function reportRoutes(store: DocumentStore, settings: Settings): Record<string, Route> {
  return {
    'GET /documents/:name/statistics': async ({ params: { name = '' } }) => {
      const input = await store.text(name);
      try {
        return json(JSON.parse(execFileSync(process.execPath, [join(settings.filters, 'statistics.mjs')], { input, encoding: 'utf8', stdio: 'pipe' })));
      } catch (error) {
        if ((error as ExitError).status === 2) throw new Refusal(422, (error as ExitError).stderr.trim());
        throw error;
      }
    },

    'GET /documents/:name/problems': async ({ params: { name = '' } }) => {
      const input = await store.text(name);
      const { status, stdout } = childProcess.spawnSync(process.execPath, [join(settings.filters, 'problems.mjs')], { input, encoding: 'utf8' });
      return json({ name, clean: status === 0, problems: stdout.split('\n').filter((line) => line !== '') });
    },

    'GET /words/:name': async ({ params: { name = '' } }) => {
      const words = (await store.text(name)).toLowerCase().match(/[a-z]+/g) ?? [];
      const { execSync } = await import('node:child_process');
      return json([...new Set(execSync('sort', { input: words.join('\n'), encoding: 'utf8' }).trim().split(/\s+/))]);
    },

    'GET /usage': async () => {
      const folder = join(settings.content, 'templates');
      let bytes = 0;
      for (const name of [...readdirSync(folder), ...readdirSync(join(folder, 'themes')).map((theme) => join('themes', theme))]) {
        const path = join(folder, name);
        bytes += lstatSync(path).isFile() ? statSync(path).size : 0;
      }
      return json({ bytes });
    },
  };
}
