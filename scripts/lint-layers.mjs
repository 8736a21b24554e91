// The one-way arrows between the folders of src, as a local ESLint rule: cli → rules → fixes → analysis → catalogue; runtime alone.
import { posix } from 'node:path';

/** What each folder may import from, besides itself. */
const mayImport = {
  // The plugin as it is published; of its rules, the types of what they report.
  cli: ['index.js', 'rules', 'fixes', 'analysis', 'catalogue'],
  rules: ['fixes', 'analysis', 'catalogue'],
  fixes: ['analysis', 'catalogue'],
  analysis: ['catalogue'],
  catalogue: [],
  runtime: [],
};

const layersRule = {
  meta: {
    type: 'problem',
    docs: { description: 'keep the arrows between the folders of src pointing one way' },
    schema: [],
    messages: {
      direction: "src/{{from}} may import from {{allowed}}, not from src/{{to}}: the arrows go cli → rules → fixes → analysis → catalogue, and runtime stands alone.",
      package: 'src/runtime may import node: modules and its own files, not {{specifier}}: it runs where nothing else is installed.',
    },
  },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    const [, root, from] = /^(.*\/src\/)(\w+)\/[^]*$/.exec(file) ?? [];
    if (from === undefined || !Object.hasOwn(mayImport, from)) return {};

    function check({ source }) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const specifier = source.value;
      if (!specifier.startsWith('.')) {
        if (from === 'runtime' && !specifier.startsWith('node:')) context.report({ node: source, messageId: 'package', data: { specifier } });
        return;
      }
      const target = posix.join(posix.dirname(file), specifier);
      const to = target.startsWith(root) ? target.slice(root.length).split('/')[0] : '..';
      // The package's own name and version: data that no folder owns, and that the build writes into the bundle.
      const isPackageJson = to === '..' && target === posix.join(root, '../package.json');
      if (to === from || mayImport[from].includes(to) || (isPackageJson && from !== 'runtime')) return;
      const allowed = ['itself', ...mayImport[from].map((folder) => `src/${folder}`)].join(', ');
      context.report({ node: source, messageId: 'direction', data: { from, to, allowed } });
    }

    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, TSImportType: check };
  },
};

/** An entry for `eslint.config.mjs`. */
export const layers = {
  name: 'local/layers',
  files: ['src/**/*.ts'],
  plugins: { local: { rules: { layers: layersRule } } },
  rules: { 'local/layers': 'error' },
};
