import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json, Refusal, type Reply } from './http.js';
import { Router } from './router.js';
import { accountRoutes } from './routes/accounts.js';
import { documentRoutes } from './routes/documents.js';
import { downloadRoutes } from './routes/downloads.js';
import { reportRoutes } from './routes/reports.js';
import type { Settings } from './settings.js';
import { AuditLog } from './store/audit-log.js';
import { DocumentStore } from './store/documents.js';

export function createService(settings: Settings): Server {
  const store = new DocumentStore(join(settings.content, 'documents'));
  const audit = new AuditLog(join(settings.content, 'audit.log'));
  const router = new Router()
    .add({ 'GET /health': async () => json({ ok: true }) })
    .add(documentRoutes(store, settings))
    .add(downloadRoutes(store))
    .add(reportRoutes(store, settings))
    .add(accountRoutes(settings));

  return createServer((request, response) => {
    void answer(router, request)
      .then((reply) => send(response, reply))
      .then(() => audit.note(request, response.statusCode))
      .catch((error: unknown) => console.error(error));
  });
}

async function answer(router: Router, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const match = router.find(request.method ?? 'GET', url.pathname);
  if (!match) return json({ error: 'no such address' }, 404);
  try {
    return await match.route({ params: match.params, query: url.searchParams, request });
  } catch (error) {
    if (error instanceof Refusal) return json({ error: error.message }, error.status);
    console.error(error);
    return json({ error: 'internal error' }, 500);
  }
}

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}
