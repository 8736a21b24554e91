import type { Server } from './language-client.js';
import { packageFolder } from './project.js';

/** The server of the extension of VS Code, with the settings that the extension sends where the user has changed none. */
export const vscodeEslint: Server = {
  file: packageFolder('vscode-langservers-extracted/bin/vscode-eslint-language-server'),
  args: ['--stdio'],
  settings: (workspaceFolder) => ({
    validate: 'on', packageManager: 'npm', useESLintClass: true, useRealpaths: false, experimental: { useFlatConfig: false }, run: 'onType',
    codeAction: { disableRuleComment: { enable: true, location: 'separateLine', commentStyle: 'line' }, showDocumentation: { enable: true } },
    codeActionOnSave: { mode: 'all' }, format: false, quiet: false, onIgnoredFiles: 'off', options: {}, rulesCustomizations: [],
    problems: { shortenToSingleLine: false }, nodePath: null, workingDirectory: { mode: 'location' }, workspaceFolder,
  }),
};
