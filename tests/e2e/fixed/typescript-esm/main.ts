import type { Stats } from "node:fs";
import { execFileSync, execSync, spawnSync } from "node:child_process";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gzipSync } from "node:zlib";
import { Reader } from "./reader.mjs";
import { offload } from "eslint-plugin-offload/runtime";

interface Report {
  readonly names: string[];
  readonly stats: Stats;
  readonly kinds: boolean[];
}

async function report(folder: string): Promise<Report> {
  const names: string[] = await offload(fs.readdirSync, folder);
  const stats: Stats = await offload(fs.statSync, folder);
  const kinds = (await offload(fs.readdirSync, folder, { withFileTypes: true })).map((entry) => entry.isFile());
  return { names, stats, kinds };
}

async function text(file: string, encoding?: BufferEncoding): Promise<string> {
  const options: { encoding?: BufferEncoding; flag?: string } = { flag: "r" };
  const raw = await offload(fs.readFileSync, file, options);
  const known = (await offload(fs.readFileSync, file, { encoding: "utf8" })).trim();
  const maybe = await offload(fs.readFileSync, file, encoding);
  return `${raw.length} ${known} ${maybe.length} ${(await offload(fs.readFileSync, file) as Buffer).length} ${(await offload(fs.readFileSync, file, "utf8"))!.length}`;
}

const optional = async (file: string): Promise<number | undefined> => (await offload(fs.statSync, file, { throwIfNoEntry: false }))?.size;

async function big(file: string): Promise<bigint> {
  return (await offload(fs.statSync, file, { bigint: true })).size;
}

async function processes(): Promise<readonly unknown[]> {
  const shell = (await offload(execSync, "echo hello")).toString().trim();
  const quiet: string = (await offload(execSync, "echo quiet", { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })).trim();
  const args = ["-p", "40 + 2"] as const;
  const answer = (await offload(execFileSync, process.execPath, [...args], { encoding: "utf8" })).trim();
  const { status, stdout } = await offload(spawnSync, process.execPath, ["-e", "process.exit(4)"], { encoding: "utf8" });
  return [shell, quiet, answer, status, stdout];
}

async function hashes(): Promise<readonly string[]> {
  const { privateKey } = await offload(crypto.generateKeyPairSync, "rsa", { modulusLength: 1024, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
  return [
    (await offload(crypto.pbkdf2Sync, "secret", "salt", 100, 16, "sha512")).toString("hex"),
    (await offload(crypto.scryptSync, "secret", "salt", 8)).toString("base64"),
    privateKey.slice(0, 10),
  ];
}

async function compressed(input: string): Promise<boolean> {
  const packed = await offload(brotliCompressSync, input);
  return (await offload(brotliDecompressSync, packed)).equals(Buffer.from(input)) && (await offload(gzipSync, input)).length > 0;
}

async function code(path: string): Promise<string | undefined> {
  try {
    await offload(fs.accessSync, path, fs.constants.R_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

async function main(): Promise<void> {
  const folder = await offload(fs.mkdtempSync, join(tmpdir(), "offload-ts-"));
  const file = join(folder, "a.txt");
  await offload(fs.writeFileSync, file, "some text\n", { flag: "w" });
  await offload(fs.mkdirSync, join(folder, "deep", "er"), { recursive: true });
  await offload(fs.cpSync, file, join(folder, "deep", "b.txt"));
  const { names, stats, kinds } = await report(folder);
  console.log(names.sort(), stats.isDirectory(), stats.mtime instanceof Date, kinds.length);
  console.log(await text(file), await optional(file), await optional(`${file}.no`), await big(file));
  console.log(await processes(), await hashes(), await compressed("text ".repeat(50)), await code(`${file}.no`));
  console.log(await new Reader(file).first());
  await offload(fs.rmSync, folder, { recursive: true });
}

await main();
