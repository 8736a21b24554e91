import type { TSESTree } from '@typescript-eslint/utils';
import { fileOf } from '../analysis/file.js';
import { resolveReference } from '../analysis/reference.js';
import { isInsideTask, taskCall } from '../analysis/task-call.js';
import { type Finding, type FindingId, loopFindings, promiseFindings, taskFindings } from '../analysis/task-findings.js';
import { registeredIn } from '../analysis/registered.js';
import { registrationFindings } from '../analysis/registration-findings.js';
import { developmentOnly } from '../analysis/runtime-dependency.js';
import { remedyEdit } from '../fixes/remedy.js';
import { createRule } from './create-rule.js';
import { runtimeSpecifier } from './settings.js';

export interface ValidOffloadOptions {
  readonly loops?: 'inline' | 'all' | 'none';
  readonly devDependencies?: boolean;
}

type MessageIds = FindingId | 'developmentOnly' | 'suggestAwait' | 'suggestAtOnce' | 'suggestPassFunction';

const defaults: Required<ValidOffloadOptions> = { loops: 'inline', devDependencies: false };

const waysOut = 'Pass it as an argument, or import it inside the function, or register the function with offloadable().';

export default createRule<readonly [ValidOffloadOptions?], MessageIds>('valid-offload', {
  meta: {
    type: 'problem',
    docs: { description: 'disallow calls of the runtime that fail in the worker or lose what they do', recommended: true },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          loops: {
            type: 'string',
            enum: ['inline', 'all', 'none'],
            description: 'Which loops to report that wait for each call in turn: those that call a function written in place, all, or none.',
            default: defaults.loops,
          },
          devDependencies: {
            type: 'boolean',
            description: 'Whether the package of the runtime may be listed in `devDependencies` only.',
            default: defaults.devDependencies,
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      variable: `\`{{name}}\` is not defined in the worker: the function is shipped as source, without the variables around it. ${waysOut}`,
      arguments: '`arguments` of the function around it is not there in the worker: the function is shipped as source. Pass what it needs as an argument.',
      this: '`this` is not there in the worker: the function is shipped as source, without the object around it. Pass what it needs as an argument.',
      super: "The task's source does not compile in a worker: `super` belongs to the class around it. Pass what it needs as an argument.",
      private: "The task's source does not compile in a worker: `{{name}}` belongs to the class around it. Pass what it needs as an argument.",
      importMeta: "The task's source does not compile in a worker: a function that is shipped as source has no module of its own. Pass import.meta.url as an argument.",
      bound: '{{name}} is a bound function, whose source and `this` a worker cannot see. Pass a function that takes what it needs as arguments.',
      class: '{{name}} is a class, and an instance cannot cross to another thread. Pass a function that makes the instance, uses it and returns plain data.',
      generator: '{{name}} is a generator function; its result cannot cross to another thread. Collect what it yields in a plain function, for example Array.from(generate()).',
      mock: '{{name}} is a mock, which exists in this thread only. In tests, run tasks on the calling thread: setDefaultExecutor(new InlineExecutor()).',
      privateMethod: '{{name}} is a private method, which does not compile outside its class. Make it a function.',
      called: '`{{name}}` is called here, on this thread, and its result is no function to run on a worker. Pass the function, and after it its arguments.',
      cannotRun: '{{name}} cannot run on a worker: {{reason}}.{{native}}',
      fills: '{{name}} fills the buffer it is given, and a worker fills a copy.{{native}}',
      onlyWaits: '{{subject}} does not block the event loop, so a worker gains nothing: call {{name}} here, and await it.',
      uncrossable: '{{place}} is {{what}}, and {{what}} cannot cross to a worker: {{instead}}.',
      lostWrite: 'What is written to `{{target}}` is lost: the worker has a copy of the argument. Return what has changed.',
      floating: 'Nobody waits for this task, so its result is lost, and an error in it ends the process. Await it, return it, or say `void` and catch its errors.',
      value: 'This is a promise, taken for the value it will give. Await it.',
      unread: 'map() runs nothing until its results are read: `for await (const result of executor.map(…))`.',
      sequential: 'Each turn of this loop waits for the one before, though none needs its result. Run them at once: `await Promise.all(…)`, or `for await (const result of executor.map(…))`.',
      noFunction: '`{{name}}` is {{what}}, and offloadable takes functions.',
      noModule: '`{{name}}` is neither the URL nor the path of a module, so a worker can load nothing from it. Pass import.meta.url, or __filename in CommonJS.',
      developmentOnly: '{{name}} is listed in devDependencies only, so a production install leaves it out and this import fails. List it in dependencies.',
      suggestAwait: 'Await it.',
      suggestAtOnce: 'Run them at once, with Promise.all.',
      suggestPassFunction: 'Pass the function, and after it its arguments.',
    },
  },
  create(context) {
    const runtime = runtimeSpecifier(context.settings);
    const code = context.sourceCode;
    if (!code.text.includes(runtime)) return {};
    const { loops, devDependencies } = { ...defaults, ...context.options[0] };
    const file = fileOf(code, context.physicalFilename, context.cwd, runtime);
    const reported = new Set<TSESTree.Node>();

    function report({ messageId, node, data = {}, remedy }: Finding): void {
      // A function with a name may be given to several calls.
      if (reported.has(node)) return;
      reported.add(node);
      const fix = remedy && remedyEdit(remedy, code);
      if (!remedy || !fix) context.report({ node, messageId, data });
      else if (remedy.certainty === 'safe') context.report({ node, messageId, data, fix });
      else context.report({ node, messageId, data, suggest: [{ messageId: suggestions[remedy.kind], fix }] });
    }

    function checkImport(source: TSESTree.Node | null, isType = false): void {
      if (devDependencies || isType || source?.type !== 'Literal' || source.value !== runtime) return;
      const found = developmentOnly(file, context.cwd);
      if (found) context.report({ node: source, messageId: 'developmentOnly', data: { name: found.name } });
    }

    return {
      CallExpression(node) {
        const [first] = node.arguments;
        if (first?.type === 'Literal' && resolveReference(node, code)?.path.length === 0) checkImport(first);
        registrationFindings(node, file).forEach(report);
        const call = taskCall(node, file);
        if (!call) return;
        if (!isInsideTask(node, (fn) => registeredIn(file).functions.has(fn), file)) {
          taskFindings(call, file).forEach(report);
          if (loops !== 'none') loopFindings(call, loops, file).forEach(report);
        }
        promiseFindings(call, file).forEach(report);
      },
      ImportDeclaration: (node) => checkImport(node.source, node.importKind === 'type' || isTypesOnly(node)),
      ExportNamedDeclaration: (node) => checkImport(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => checkImport(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => checkImport(node.source),
      TSExternalModuleReference: (node) => checkImport(node.expression, node.parent.type === 'TSImportEqualsDeclaration' && node.parent.importKind === 'type'),
    };
  },
});

const suggestions = { await: 'suggestAwait', 'at-once': 'suggestAtOnce', 'pass-function': 'suggestPassFunction' } as const;

/** `import { type Executor } from …`, of which nothing is left when it runs. */
function isTypesOnly({ specifiers }: TSESTree.ImportDeclaration): boolean {
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type');
}

