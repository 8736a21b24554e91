// What the fix changed, as a reader of a pull request would see it.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The hunks that say most about a fix: parentheses, nesting, a template, a promise reaction, an import. */
const excerpt = [
  ['src/store/documents.ts', /^import|startsWith/],
  ['src/store/templates.ts', /header\.html/],
  ['src/routes/downloads.ts', /gzipSync\(/],
  ['src/routes/accounts.ts', /scryptSync\(|timingSafeEqual\(/],
];

export async function printExcerpt(before, after) {
  let hidden = 0;
  const files = (await readdir(join(before, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  for (const file of files.map((name) => `src/${name.replaceAll('\\', '/')}`)) {
    const [old, fixed] = await Promise.all([before, after].map((copy) => readFile(join(copy, file), 'utf8')));
    const [, wanted] = excerpt.find(([name]) => name === file) ?? [];
    const changes = changedLines(old.split('\n'), fixed.split('\n'));
    const chosen = changes.filter(({ removed, added }) => wanted && [...removed, ...added].some((text) => wanted.test(text)));
    hidden += changes.length - chosen.length;
    if (chosen.length > 0) console.log(`--- ${file}`);
    for (const change of chosen) printChange(change);
  }
  console.log(`\n(${hidden} more changes like these)`);
}

function printChange({ line, removed, added }) {
  console.log(`@@ line ${line} @@`);
  for (const text of removed) console.log(`-${text}`);
  for (const text of added) console.log(`+${text}`);
}

/** Runs of lines that differ, by the longest common subsequence: files of the example are short. */
function changedLines(old, fixed) {
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(fixed.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fixed.length - 1; j >= 0; j--) {
      common[i][j] = old[i] === fixed[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const changes = [];
  let open;
  for (let i = 0, j = 0; i < old.length || j < fixed.length; ) {
    if (i < old.length && j < fixed.length && old[i] === fixed[j]) {
      open = undefined;
      i++;
      j++;
      continue;
    }
    if (!open) changes.push((open = { line: i + 1, removed: [], added: [] }));
    if (j === fixed.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) open.removed.push(old[i++]);
    else open.added.push(fixed[j++]);
  }
  return changes;
}
