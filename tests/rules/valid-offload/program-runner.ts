import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the `run` that a program exports gave, or threw. */
export type ProgramOutcome = { readonly gave: unknown } | { readonly threw: string };

/** Runs many programs in one process of Node, each as a module of its own inside the project, where the package's own name leads to dist/. */
export class ProgramRunner {
  readonly #outcomes = new Map<string, ProgramOutcome>();
  readonly #folder: string;

  constructor() {
    mkdirSync('.cache', { recursive: true });
    this.#folder = mkdtempSync('.cache/valid-offload-');
  }

  async run(programs: readonly string[]): Promise<void> {
    const files = programs.map((code, index) => {
      const name = `program-${index}.${/\brequire\(/.test(code) ? 'cjs' : 'mjs'}`;
      writeFileSync(join(this.#folder, name), code);
      return name;
    });
    writeFileSync(join(this.#folder, 'driver.mjs'), driver);
    await promisify(execFile)(process.execPath, [join(this.#folder, 'driver.mjs'), ...files], { timeout: 100_000 });
    const outcomes = JSON.parse(readFileSync(join(this.#folder, 'outcomes.json'), 'utf8')) as ProgramOutcome[];
    for (const [index, outcome] of outcomes.entries()) this.#outcomes.set(programs[index]!, outcome);
  }

  outcome(program: string): ProgramOutcome | undefined {
    return this.#outcomes.get(program);
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const driver = `
import { writeFileSync } from 'node:fs';
const unhandled = [];
process.on('unhandledRejection', (error) => { unhandled.push(String(error)); });
const outcomes = [];
for (const file of process.argv.slice(2)) {
  try {
    const { run } = await import('./' + file);
    outcomes.push({ gave: await run({ unhandled }) });
  } catch (error) {
    outcomes.push({ threw: String(error) });
  }
}
writeFileSync(new URL('outcomes.json', import.meta.url), JSON.stringify(outcomes));
`;
