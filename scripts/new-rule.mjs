// npm run new -- rule-name: a rule, its test and its page, ready to be filled in, and the index of rules in step.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ruleNames, writeRuleIndex } from './rule-index.mjs';

const help = `Usage: npm run new -- <rule-name>

Makes three files and adds the rule to src/rules/index.ts:

  src/rules/<rule-name>.ts          the rule: message, options, visitor
  tests/rules/<rule-name>.test.ts   its test, which fails until the rule does something
  docs/rules/<rule-name>.md         its page; \`npm run docs\` fills in the header

A name is two or more lower-case words with dashes between them: no-blocking-call.`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  const { values, positionals } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  if (values.help) console.log(help);
  else makeRule(checkedName(positionals));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function makeRule(name) {
  const files = {
    [`src/rules/${name}.ts`]: rule(name),
    [`tests/rules/${name}.test.ts`]: test(name),
    [`docs/rules/${name}.md`]: page(name),
  };
  const taken = Object.keys(files).find((file) => existsSync(join(root, file)));
  if (taken !== undefined) throw new Error(`${taken} exists. Remove it, or take another name.`);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    console.log(`made     ${file}`);
  }
  writeRuleIndex(root);
  console.log('updated  src/rules/index.ts');
  console.log(`\nNext: write the test, then the rule, then the page. \`npm run docs\` writes the page's header.\nTo switch it on by default, set docs.recommended in the rule; docs.configs says with which options in which configuration.`);
}

function checkedName([name, ...more]) {
  if (name === undefined) throw new Error('A rule needs a name: npm run new -- no-blocking-call');
  if (more.length > 0) throw new Error(`One name at a time, not ${more.length + 1}: ${[name, ...more].join(', ')}. Write the words of a name with dashes: ${[name, ...more].join('-')}`);
  if (!/^[a-z]+(?:-[a-z0-9]+)+$/.test(name)) {
    const better = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
    const example = /^[a-z]+(?:-[a-z0-9]+)+$/.test(better) ? better : 'no-blocking-call';
    throw new Error(`'${name}' is not a rule name: use two or more lower-case words with dashes between them, such as ${example}.`);
  }
  if (ruleNames(root).includes(name)) throw new Error(`There is a rule ${name} already: src/rules/${name}.ts. Change that one, or take another name.`);
  return name;
}

function rule(name) {
  return `import { createRule } from './create-rule.js';

export default createRule('${name}', {
  meta: {
    type: 'problem',
    docs: { description: 'disallow …', recommended: false },
    schema: [],
    messages: {
      found: '{{name}} … Use … instead.',
    },
  },
  create(context) {
    return {
      CallExpression(node) {
        // Ask src/analysis what the node means; report on the callee.
        void context;
        void node;
      },
    };
  },
});
`;
}

function test(name) {
  return `import { RuleTester } from '@typescript-eslint/rule-tester';
import { afterAll, describe, it } from 'vitest';
import rule from '../../src/rules/${name}.js';

Object.assign(RuleTester, { afterAll, describe, it, itOnly: it.only, itSkip: it.skip });

new RuleTester().run('${name}', rule, {
  valid: [],
  invalid: [
    {
      name: 'the simplest case',
      code: 'call();',
      errors: [{ messageId: 'found' }],
    },
  ],
});
`;
}

function page(name) {
  return `# ${name}

<!-- end auto-generated rule header -->

What it finds, and why that is bad, in two or three sentences.

## Examples

\`\`\`js ❌
// code that the rule reports
\`\`\`

\`\`\`js ✅
// code that it does not report
\`\`\`

## Fix

What is fixed, what is suggested, what is only reported.

## When not to use it

…

## Limits

…
`;
}
