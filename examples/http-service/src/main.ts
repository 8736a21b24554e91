import type { AddressInfo } from 'node:net';
import { createService } from './server.js';
import { loadSettings } from './settings.js';

const server = createService(loadSettings());
server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`listening on http://127.0.0.1:${port}`);
});

process.on('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});
