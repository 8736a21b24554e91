import type { TSESLint } from '@typescript-eslint/utils';
import type { HelperRegistration, HelperTask } from '../analysis/elsewhere/helper-task.js';
import { insertBelow } from './module-statement.js';
import { offloadCall } from './offload-call.js';
import { insertRegistration, registrationText } from './registration.js';
import { runtimeImports } from './runtime-import.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Runs a helper on a worker as it is: `await offload(loadConfig, path)`, with what makes it known there. */
export function* offloadHelper(fixer: TSESLint.RuleFixer, { call, form, registration }: HelperTask, filename: string, runtime: string, code: Code): Generator<TSESLint.RuleFix> {
  const known = runtimeImports(registration ? ['offload', 'offloadable'] : ['offload'], call, code, filename, runtime);
  if (known.edit) yield known.edit(fixer);
  if (registration?.kind === 'import') yield insertRegistration(fixer, registration, known, call, filename, code);
  if (registration?.kind === 'own') yield insertBelow(fixer, ownText(registration, known.names.offloadable), registration.statement, code);
  yield* offloadCall(fixer, call, { name: known.names.offload, form }, code);
}

/** The registration as a message shows it. */
export function helperRegistrationText(registration: HelperRegistration, code: Code): string {
  return registration.kind === 'own' ? ownText(registration, 'offloadable') : registrationText(registration, 'offloadable', code);
}

function ownText({ address, name }: HelperRegistration & { kind: 'own' }, offloadable: string): string {
  return `${offloadable}(${address.text}, { ${name} })`;
}
