import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs the clients from tests/clients/package-lock.json, if they are not there as it says. */
export default function setup(): void {
  const folder = import.meta.dirname;
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (existsSync(installed) && versionsIn(installed) === versionsIn(join(folder, 'package-lock.json'))) return;
  console.log('Installing the clients of tests/clients/package.json …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', process.stderr, 'inherit'], shell: process.platform === 'win32' });
}

/** What is installed, leaving out what npm leaves out on other systems. */
function versionsIn(file: string): string {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, { version?: string; optional?: boolean }> };
  return Object.entries(packages).filter(([path, { optional }]) => path !== '' && optional !== true).map(([path, { version }]) => `${path} ${String(version)}`).sort().join('\n');
}
