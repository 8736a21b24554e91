#!/usr/bin/env node
// A program that reads, writes and shells out in the shapes people write, and prints what it saw.
import fs, { existsSync, readFileSync as read } from 'node:fs';
import * as zlib from 'zlib';
import { tmpdir } from 'os';
import { join } from 'path'
import { Settings, describe } from './settings.js';
import { offload } from 'eslint-plugin-offload/runtime';

const { statSync } = fs;
const list = fs.readdirSync;
let reads = 0

async function roundTrip(folder) {
  const file = join(folder, 'a.txt');
  await offload(fs.writeFileSync, file, 'one\ntwo\nthree\n');
  const lines = (await offload(read, file, 'utf8')).trim().split('\n');
  const size = (await offload(statSync, file)).size;
  reads += 1;
  return `${lines.length} lines, ${size} bytes, ${(await offload(fs.readFileSync, file)).length} read, first ${(await offload(read, file, /* text, please */ 'utf8')).split('\n')[0]}`;
}

const compressed = async (text) => (await offload(zlib.gunzipSync, await offload(zlib.gzipSync, text))).toString() === text;

async function* names(folder) {
  for (const name of (await offload(list, folder)).sort()) yield name;
  for (const entry of await offload(fs.readdirSync, folder, { withFileTypes: true })) yield `${entry.name} ${entry.isFile() ? 'file' : 'other'}`;
}

async function missing(path) {
  try {
    return await offload(fs.readFileSync, path);
  } catch (error) {
    return `${error.name} ${error.code} ${error.syscall} ${error instanceof Error}`;
  }
}

async function shapes(file) {
  const { execFileSync } = await import('node:child_process');
  const out = []
  out.push(await offload(existsSync, file) && !await offload(existsSync, `${file}.no`))
  const first = (await offload(fs.readFileSync, file))[0], power = (await offload(fs.readFileSync, file))[0] ** 2
  let total = 0
  total += (await offload(fs.readFileSync, file)).length
  out.push(first, power, total)
  ;(await offload(fs.readFileSync, file)).toString().split('\n').forEach((line) => out.push(line.length))
  out.push((await offload(execFileSync, process.execPath, ['-p', '6 * 7'], { encoding: 'utf8' })).trim())
  const { length = (await offload(fs.readFileSync, file)).length } = {};
  out.push(length, [...await offload(fs.readFileSync, file, 'utf8')].length, typeof(await offload(fs.readFileSync, file)))
  switch ((await offload(fs.readFileSync, file, 'utf8')).length) {
    case 14: out.push('fourteen'); break;
    default: out.push('other');
  }
  return out
}

const folder = await fs.promises.mkdtemp(join(tmpdir(), 'offload-esm-'));
try {
  console.log(await roundTrip(folder), reads);
  console.log(await compressed('hello'.repeat(100)));
  for await (const name of names(folder)) console.log(name);
  console.log(await missing(join(folder, 'nope')).then((text) => text));
  console.log(await shapes(join(folder, 'a.txt')));
  console.log(await Promise.resolve(join(folder, 'a.txt')).then((file) => offload(read, file, 'latin1')).then((text) => text.length));
  console.log(await new Settings(folder).load(), describe());
} finally {
  await fs.promises.rm(folder, { recursive: true });
}
