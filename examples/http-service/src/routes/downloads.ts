import fs from 'node:fs';
import { isMissing, Refusal, type Route } from '../http.js';
import type { DocumentStore } from '../store/documents.js';

const { readFileSync: read } = fs;

export function downloadRoutes(store: DocumentStore): Record<string, Route> {
  return {
    'GET /documents/:name/gzip': async ({ params: { name = '' } }) => {
      const path = await store.locate(name);
      const { gzipSync } = await import('node:zlib');
      try {
        return packed(name, 'gz', gzipSync(read(path), { level: 9 }));
      } catch (error) {
        if (isMissing(error)) throw new Refusal(404, `no document ${name}`);
        throw error;
      }
    },

    'GET /documents/:name/brotli': async ({ params: { name = '' }, query }) => {
      const text = await store.text(name);
      const zlib = await import('node:zlib');
      const quality = Number(query.get('quality') ?? 9);
      return packed(name, 'br', zlib.brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } }));
    },
  };
}

function packed(name: string, suffix: string, body: Uint8Array) {
  return {
    status: 200,
    type: 'application/octet-stream',
    headers: { 'content-disposition': `attachment; filename="${name}.${suffix}"` },
    body,
  };
}
