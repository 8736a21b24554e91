import { pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, readBody, Refusal, type Route } from '../http.js';
import type { Settings } from '../settings.js';

interface User {
  readonly name: string;
  readonly salt: string;
  readonly iterations: number;
  readonly hash: string;
}

interface Credentials {
  readonly name: string;
  readonly password: string;
}

export function accountRoutes(settings: Settings): Record<string, Route> {
  const file = join(settings.content, 'users.json');

  return {
    'POST /sessions': async ({ request }) => {
      const { name, password } = JSON.parse(String(await readBody(request, 4096))) as Credentials;
      const users = new Map((JSON.parse(readFileSync(file, 'utf8')) as User[]).map((user) => [user.name, user]));
      const user = users.get(name);
      if (!user || !(await verify(user, password))) throw new Refusal(401, 'wrong name or password');
      return json({ name, granted: true });
    },

    'POST /documents/:name/link': async ({ params: { name = '' }, request }) =>
      readBody(request, 4096)
        .then((secret) => scryptSync(secret, `link:${name}`, 24, { N: 16_384 }))
        .then((key) => json({ name, link: `/shared/${key.toString('base64url')}` })),
  };
}

async function verify({ salt, iterations, hash }: User, password: string): Promise<boolean> {
  return timingSafeEqual(Buffer.from(hash, 'base64'), pbkdf2Sync(password, Buffer.from(salt, 'base64'), iterations, 32, 'sha256'));
}
