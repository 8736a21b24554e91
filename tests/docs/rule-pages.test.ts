import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.js';
import { blocksOf } from './markdown.js';

/** What a reader finds on every rule's page, in this order. */
const sections = [/^(?:Examples|What is found|What it finds)$/, /^Fix(?: and suggestions)?$/, /^Options$/, /^When not to use it$/, /^Limits$/];

describe.each(Object.keys(rules))('%s', (rule) => {
  const page = `docs/rules/${rule}.md`;
  const text = readFileSync(page, 'utf8');
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!);

  test('has its sections', () => {
    const found = sections.map((section) => headings.findIndex((heading) => section.test(heading)));
    expect(found, headings.join(', ')).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  test('begins with the generated header, and says below it why', () => {
    expect(text).toMatch(/^# offload\/[\w-]+\n\n📝 [^]*?<!-- end auto-generated rule header -->\n\n[A-Z`][^\n]{100,}\n/);
  });

  test('shows what is reported and what is not, what a fix makes of it and what a suggestion', () => {
    const marks = new Set(blocksOf(page).map(({ mark }) => mark));
    for (const mark of ['❌', '✅', 'before', 'after', 'suggestion']) expect([...marks]).toContain(mark);
  });

  test('explains every option', () => {
    const schema = rules[rule as keyof typeof rules].meta.schema as readonly { readonly properties: object }[];
    const options = text.slice(text.indexOf('\n## Options\n'), text.indexOf('\n## When not to use it\n'));
    for (const option of Object.keys(schema[0]!.properties)) expect(options).toContain(`\`${option}\``);
  });
});
