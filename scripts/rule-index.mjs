// Writes src/rules/index.ts from the files beside it: `npm run docs`. With --check it only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const help = `Usage: node scripts/rule-index.mjs [--check] [--help]

Writes src/rules/index.ts: every file of src/rules that exports \`createRule('its-name', …)\` is a rule.

  --check  write nothing; exit with 1 when the file is not what would be written
  --help   print this`;

/** `no-blocking-call` as a variable: `noBlockingCall`. */
export const variableName = (rule) => rule.replace(/-./g, (part) => part[1].toUpperCase());

/** The rules of a project folder, by name, in order. */
export function ruleNames(root) {
  const folder = join(root, 'src/rules');
  const names = [];
  for (const file of readdirSync(folder).sort()) {
    const created = /^export default createRule\b[^(]*\(\s*'([^']+)'/m.exec(readFileSync(join(folder, file), 'utf8'));
    if (!created) continue;
    const name = basename(file, '.ts');
    if (created[1] !== name) throw new Error(`src/rules/${file} calls its rule '${created[1]}'. Name the file or the rule after the other.`);
    names.push(name);
  }
  return names;
}

/** What src/rules/index.ts should say. */
export function ruleIndex(root) {
  const names = ruleNames(root);
  return `// Written by \`npm run docs\` and \`npm run new\` from the files of this folder.
${names.map((name) => `import ${variableName(name)} from './${name}.js';`).join('\n')}

/** Every rule of the plugin, by name. */
export const rules = {
${names.map((name) => `  '${name}': ${variableName(name)},`).join('\n')}
};
`;
}

export function writeRuleIndex(root) {
  writeFileSync(join(root, 'src/rules/index.ts'), ruleIndex(root));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  if (values.help) {
    console.log(help);
  } else if (!values.check) {
    writeRuleIndex(root);
  } else if (readFileSync(join(root, 'src/rules/index.ts'), 'utf8') !== ruleIndex(root)) {
    console.error('src/rules/index.ts is not what its folder says. Run `npm run docs` and commit the result.');
    process.exitCode = 1;
  }
}
