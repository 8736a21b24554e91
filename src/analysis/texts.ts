import { hash } from 'node:crypto';
import type { TSESLint } from '@typescript-eslint/utils';
import { specifiersIn } from './modules/specifiers.js';

/** The text of a file, and what is known of it without parsing it. */
export interface Text {
  readonly file: string;
  readonly text: string;
  readonly content: Content;
}

/** What is known of a text. */
export interface Content {
  readonly hash: string;
  /** The modules that it loads, as it writes them. */
  readonly specifiers: readonly string[];
  /** Could it call one of the APIs that are looked for? By their key. */
  readonly calls: Map<string, boolean>;
}

type Code = Readonly<TSESLint.SourceCode>;

/** For the whole process: most files are looked at twice, as a module that another loads, and when they are linted. */
const contents = new Map<string, Content>();
const texts = new WeakMap<object, Text>();

/** The text of the file that is being linted, looked at once, whichever rule asks. */
export function textOf(code: Code, file: string): Text {
  let text = texts.get(code.ast);
  if (!text) texts.set(code.ast, (text = { file, text: code.text, content: contentOf(file, code.text) }));
  return text;
}

/** What is known of a file's text, in memory or on disk. */
export function contentOf(file: string, text: string): Content {
  const found = hash('sha1', text);
  let content = contents.get(file);
  if (content?.hash !== found) contents.set(file, (content = { hash: found, specifiers: specifiersIn(text), calls: new Map<string, boolean>() }));
  return content;
}
