import type { Route } from './http.js';

interface Entry {
  readonly method: string;
  readonly segments: readonly string[];
  readonly route: Route;
}

export interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

/** Finds routes by patterns such as `GET /documents/:name`. */
export class Router {
  readonly #entries: Entry[] = [];

  add(routes: Readonly<Record<string, Route>>): this {
    for (const [pattern, route] of Object.entries(routes)) {
      const [method = 'GET', path = '/'] = pattern.split(' ');
      this.#entries.push({ method, segments: path.split('/'), route });
    }
    return this;
  }

  find(method: string, path: string): Match | undefined {
    const parts = path.split('/');
    for (const { method: wanted, segments, route } of this.#entries) {
      if (wanted !== method || segments.length !== parts.length) continue;
      const params = matchSegments(segments, parts);
      if (params) return { route, params };
    }
    return undefined;
  }
}

function matchSegments(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decodeURIComponent(part);
    else if (segment !== part) return undefined;
  }
  return params;
}
