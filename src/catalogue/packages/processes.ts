import { byHand, packageGroup, promise } from '../row.js';
import type { BlockingApi } from '../types.js';

const noExport = 'it is a property of an export, and a worker finds exports only';
const shellString = "it returns a ShellString, whose methods stay behind, and keeps the last error in its thread";
const terminal = 'the terminal belongs to the main thread';
const subprocess = 'its errors are of another class, and while it waits it is a child process too';

/** Commands of ShellJS that touch the disk; each waits, whatever its name says. */
const shellCommands = ['cat', 'cd', 'chmod', 'cp', 'find', 'grep', 'head', 'ln', 'ls', 'mkdir', 'mv', 'rm', 'sed', 'sort', 'tail', 'test', 'touch', 'uniq', 'which'];
const shortCommands = new Set(['cd', 'chmod', 'ln', 'mkdir', 'test', 'touch', 'which']);
const readingCommands = new Set(['cat', 'find', 'grep', 'head', 'ls', 'sort', 'tail', 'test', 'uniq', 'which']);

const questions = [
  'getRawInput', 'keyIn', 'keyInPause', 'keyInSelect', 'keyInYN', 'keyInYNStrict', 'prompt', 'promptCL', 'promptCLLoop', 'promptLoop', 'promptSimShell', 'question',
  'questionEMail', 'questionFloat', 'questionInt', 'questionNewPassword', 'questionPath',
];

/** Packages that start processes, or wait for a person or for the network. */
export const processes: readonly BlockingApi[] = [
  ...packageGroup('cross-spawn', { cost: 'process', writes: true, result: '{ pid, output, stdout, stderr, status, signal, error? }' }, {
    sync: { native: byHand('cross-spawn', 'it returns a ChildProcess that reports through events') },
    'spawn.sync': { offload: noExport, native: byHand('cross-spawn', 'it returns a ChildProcess that reports through events') },
  }),
  ...packageGroup('execa', { cost: 'process', writes: true, result: '{ stdout, stderr, exitCode, … }' }, {
    execaSync: { majors: [9], native: promise('execa.execa', subprocess) },
    execaCommandSync: { majors: [9], native: promise('execa.execaCommand', subprocess) },
    sync: { majors: [5], native: promise('execa', subprocess) },
    commandSync: { majors: [5], native: promise('execa.command', subprocess) },
    '$.sync': { majors: [9], offload: noExport, native: byHand('execa.$', 'it is a template tag') },
  }),
  ...packageGroup('shelljs', { cost: 'long', writes: true, result: 'ShellString', offload: shellString }, {
    ...Object.fromEntries(shellCommands.map((name) => [name, { cost: shortCommands.has(name) ? 'short' : 'long', writes: !readingCommands.has(name) } as const])),
    exec: { cost: 'process', when: 'no-callback', callbackFrom: 1, native: byHand('shelljs.exec with { async: true }', 'it returns a ChildProcess, and passes its output to a callback') },
  }),
  ...packageGroup('node-machine-id', { cost: 'process', result: 'string' }, { machineIdSync: { native: promise('node-machine-id.machineId') } }),
  ...packageGroup('shell-env', { cost: 'process', result: 'object' }, { shellEnvSync: { native: promise('shell-env.shellEnv') } }),
  ...packageGroup('readline-sync', { cost: 'wait', writes: true, result: 'unknown', offload: terminal }, Object.fromEntries(
    questions.map((name) => [name, { native: byHand('readline/promises', 'it is another interface') }]),
  )),
  ...packageGroup('sync-request', { cost: 'wait', writes: true }, { '': { result: 'Response', offload: 'its Response has methods, which stay behind', native: byHand('fetch', 'it is another interface') } }),
  ...packageGroup('sync-fetch', { cost: 'wait', writes: true }, { '': { result: 'Response', offload: 'its Response has methods, which stay behind', native: byHand('fetch', 'its Response gives promises') } }),
];
