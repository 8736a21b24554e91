import { join } from 'node:path';
import { json, readBody, Refusal, type Route } from '../http.js';
import { escapeHtml, renderMarkdown, titleOf } from '../markdown.js';
import type { Settings } from '../settings.js';
import type { DocumentInfo, DocumentStore } from '../store/documents.js';
import { page, themes } from '../store/templates.js';

export function documentRoutes(store: DocumentStore, settings: Settings): Record<string, Route> {
  const templates = join(settings.content, 'templates');

  return {
    'GET /documents': async () => {
      const documents: DocumentInfo[] = [];
      for await (const info of store.walk()) documents.push(info);
      return json({ documents: documents.sort((a, b) => (a.name < b.name ? -1 : 1)) });
    },

    'GET /documents/:name': async ({ params: { name = '' } }) => ({
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: await store.text(name),
    }),

    'GET /documents/:name/info': async ({ params: { name = '' } }) => json(await store.info(name)),

    'GET /documents/:name/page': async ({ params: { name = '' }, query }) => {
      const theme = query.get('theme') ?? 'plain';
      if (!/^\w+$/.test(theme)) throw new Refusal(400, `no theme ${theme}`);
      const text = await store.text(name);
      const main = name.endsWith('.md') ? renderMarkdown(text) : `<pre>${escapeHtml(text)}</pre>`;
      return {
        status: 200,
        type: 'text/html; charset=utf-8',
        body: await page(templates, theme, { title: escapeHtml(titleOf(text)), main }),
      };
    },

    'PUT /documents/:name': async ({ params: { name = '' }, request }) => {
      const body = await readBody(request, settings.uploadLimit);
      await store.put(name, body);
      return json({ name, bytes: body.length }, 201);
    },

    'DELETE /documents/:name': async ({ params: { name = '' } }) => {
      if (!(await store.remove(name))) throw new Refusal(404, `no document ${name}`);
      return json({ name, removed: true });
    },

    'GET /themes': async () => json({ themes: await themes(templates) }),
  };
}
