// npm run demo: takes examples/http-service, lets ESLint fix a copy of it, and puts both under the same load.
import { parseArgs } from 'node:util';
import { compareAnswers } from './demo/answers.mjs';
import { printExcerpt } from './demo/diff.mjs';
import { fixAll, lint, printFindings } from './demo/lint.mjs';
import { measure } from './demo/measure.mjs';
import { startServer } from './demo/server.mjs';
import { printTable } from './demo/table.mjs';
import { compile, makeWorkspace } from './demo/workspace.mjs';

const help = `Usage: npm run demo -- [options]

Lints a copy of examples/http-service, fixes it with ESLint, compiles both and compares them under load.
Ends with 1 when a check fails: type check, silence of the linter after the fix, equal answers. No time is checked.

  --quick   a short load: proves the answers, its times mean little
  --keep    keep the copies, and print where they are
  --help    this text`;

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (options.help) console.log(help);
else process.exitCode = await demo();

async function demo() {
  let workspace;
  const servers = [];
  // A killed demo leaves neither its folder nor its servers behind.
  const clean = () => {
    for (const server of servers) server.kill();
    if (!options.keep) workspace?.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      clean();
      process.exit(1);
    });
  }
  try {
    workspace = makeWorkspace();
    await rewrite(workspace);
    servers.push(await startServer('before', workspace.before), await startServer('after', workspace.after));
    await run(servers);
    await Promise.all(servers.map((server) => server.stop()));
    console.log('\nEvery check passed.');
    return 0;
  } catch (error) {
    console.error(`\nFAILED: ${error.message}`);
    if (!error.expected) console.error(error);
    return 1;
  } finally {
    clean();
    if (options.keep && workspace) console.log(`Kept: ${workspace.before} and ${workspace.after}`);
  }
}

async function rewrite({ before, after }) {
  step('Find', 'eslint src');
  await compile(before);
  printFindings(await lint(after));

  step('Rewrite', 'eslint src --fix');
  await fixAll(after);
  await printExcerpt(before, after);
  await compile(after);
  console.log('The rewritten program type-checks, and ESLint has nothing left to say about it.');
}

async function run(servers) {
  step('Run', 'both versions, the same requests');
  const answers = await compareAnswers(...servers);
  console.log(`Answers: ${answers.length} different requests, identical before and after (status, headers, body).`);
  const report = await measure(servers, answers, options);
  console.log(`Answers under load: ${report.requests} requests to each, all identical to those.\n`);
  printTable(report);
}

function step(name, what) {
  console.log(`\n== ${name}: ${what}\n`);
}
