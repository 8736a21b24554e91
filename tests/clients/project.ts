import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = dirname(dirname(import.meta.dirname));
const modules = join(import.meta.dirname, 'node_modules');

/** A project in a folder of its own, which sees the plugin, and of the installed packages those that it is given. */
export class Project implements Disposable {
  readonly folder: string;

  constructor(files: Readonly<Record<string, string>>, packages: Readonly<Record<string, string>>) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'offload-client-')));
    mkdirSync(join(this.folder, 'node_modules'));
    link(root, this.path('node_modules/eslint-plugin-offload'));
    for (const [name, as] of Object.entries(packages)) link(packageFolder(as), this.path('node_modules', name));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  /** The program below tests/clients/fixtures, with the packages that it is linted with. */
  static of(fixture: string, packages: Readonly<Record<string, string>>): Project {
    const project = new Project({}, packages);
    cpSync(join(import.meta.dirname, 'fixtures', fixture), project.folder, { recursive: true });
    return project;
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  /** The files below `src`, by their names. */
  sources(): Record<string, string> {
    return Object.fromEntries(readdirSync(this.path('src')).sort().map((name) => [name, this.read(`src/${name}`)]));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function packageFolder(name: string): string {
  return join(modules, name);
}

/** An installed package itself. */
export async function installed(name: string): Promise<unknown> {
  return import(pathToFileURL(createRequire(join(modules, 'here.js')).resolve(name)).href);
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a file with some Node, in the folder of a project. */
export function run(node: string, { folder }: Project, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(node, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, NODE_OPTIONS: '', VITEST: '', ...env } }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** The Node of a major version: this one, or one that is installed; undefined where there is none, as elsewhere than on Linux on x64. */
export function nodeOf(major: number): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const path = join(modules, `node-${major}/bin/node`);
  return existsSync(path) ? path : undefined;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}
