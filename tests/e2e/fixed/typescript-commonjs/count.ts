import { offload } from 'eslint-plugin-offload/runtime';

export async function count(file: string): Promise<number> {
  const { readFileSync } = await import('node:fs');
  return (await offload(readFileSync, file, 'utf8')).split('\n').length;
}
