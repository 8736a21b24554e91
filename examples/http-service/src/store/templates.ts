import { existsSync, readdirSync, readFileSync as read } from 'node:fs';
import { basename, join } from 'node:path';

export type Theme = 'plain' | 'wide';

export interface PageParts {
  readonly title: string;
  readonly main: string;
  /** The stylesheet to use instead of the theme's own. */
  readonly style?: string;
}

export async function themes(folder: string): Promise<Theme[]> {
  const names = readdirSync(join(folder, 'themes')) as `${Theme}.css`[];
  return names.map((name) => basename(name, '.css') as Theme).sort();
}

/** A whole page: templates are read at each request, so that an editor sees changes at once. */
export async function page(folder: string, theme: string, parts: PageParts): Promise<string> {
  const sheet = join(folder, 'themes', `${theme}.css`);
  const { title, main, style = read(existsSync(sheet) ? sheet : join(folder, 'themes', 'plain.css'), 'utf8') } = parts;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>${style.trim()}</style></head>
<body>
${read(join(folder, 'header.html'), 'utf8').trim()}
<main>${main}</main>
${read(join(folder, 'footer.html'), 'utf8').trim()}
</body>
</html>
`;
}
