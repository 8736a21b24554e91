import fs from 'fs';
import os from 'os';
import path from 'path';
import { count } from './count';
import legacy = require('./legacy.cjs');
import { offload } from 'eslint-plugin-offload/runtime';

enum Kind {
  File = 'file',
  Folder = 'folder',
}

namespace Paths {
  export async function kind(entry: string): Promise<Kind> {
    return (await offload(fs.lstatSync, entry)).isDirectory() ? Kind.Folder : Kind.File;
  }
}

abstract class Base {
  abstract size(file: string): Promise<number>;
}

class Sizes extends Base {
  override async size(file: string): Promise<number> {
    return (await offload(fs.readFileSync, file)).length;
  }
}

async function main(): Promise<void> {
  const folder = await offload(fs.mkdtempSync, path.join(os.tmpdir(), 'offload-tscjs-'));
  const file = path.join(folder, 'a.txt');
  await offload(fs.writeFileSync, file, 'a\nb\n');
  console.log(await Paths.kind(folder), await Paths.kind(file), await new Sizes().size(file));
  console.log(await count(file), await legacy.upper(file));
  await offload(fs.rmSync, folder, { recursive: true });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
