/** A word as a small integer, of which sets are quick. Two words may have the same one. */
export function wordHash(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index += 1) hash = next(hash, word.charCodeAt(index));
  return hash;
}

/** Is one of these words in a text? No is certain, as long as no word is written with escapes. */
export function hasWord(text: string, hashes: ReadonlySet<number>): boolean {
  return scan(text, hashes, undefined);
}

/** Does a text call a method of one of these names? */
export function callsMember(text: string, hashes: ReadonlySet<number>): boolean {
  for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
    let hash = 0;
    let index = dot + 1;
    for (let code = text.charCodeAt(index); code > 127 || isWordCode[code] === 1; code = text.charCodeAt((index += 1))) hash = next(hash, code);
    if (hash !== 0 && hashes.has(hash) && /^\s*(?:!?[(<`]|\?\.)/.test(text.slice(index, index + 40))) return true;
  }
  return false;
}

/** Those of these words that a text may define as members, or export: `load() {`, `load: …`, `exports.load = …`, `export const load = …`. */
export function definedWords(text: string, hashes: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  let hash = 0;
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : newline;
    if (code > 127 || isWordCode[code] === 1) {
      if (hash === 0) start = index;
      hash = next(hash, code);
      continue;
    }
    if (hash !== 0 && hashes.has(hash) && !found.has(hash) && isDefinition(text, start, index)) found.add(hash);
    hash = 0;
  }
  return found;
}

function isDefinition(text: string, start: number, end: number): boolean {
  const [, sign = ''] = /^\s*(\(|[:=<](?!=))/.exec(text.slice(end, end + 40)) ?? [];
  const [before = ''] = /[^\n]*$/.exec(text.slice(Math.max(0, start - 100), start)) ?? [];
  switch (sign) {
    case '(': {
      const behind = endOfParentheses(text, text.indexOf('(', end));
      return !before.endsWith('.') && /^\s*[{:]/.test(text.slice(behind, behind + 40));
    }
    case '<':
    case ':':
      return !before.endsWith('.');
    case '=':
      return /\.$|(?:^|[{;])\s*(?:(?:public|private|protected|static|readonly|override)\s+)*$|\bexport\s+(?:const|let|var)\s+$/.test(before);
    default:
      return false;
  }
}

/** In characters: text that is minified has calls without an end. */
const longestParameters = 4_000;

/** What is behind parentheses, of which those in strings are not told apart. */
function endOfParentheses(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < Math.min(text.length, start + longestParameters); index += 1) {
    if (text[index] === '(') depth += 1;
    else if (text[index] === ')' && (depth -= 1) === 0) return index + 1;
  }
  return text.length;
}

/** The words of a text, for a text that is asked about again and again. */
export function wordsOf(text: string): ReadonlySet<number> {
  const words = new Set<number>();
  scan(text, words, words);
  return words;
}

/**
 * Goes through the words up to one that is wanted, or adds all to a set; makes no strings on the way. Comments that begin
 * a line are left out: they speak of everything.
 */
function scan(text: string, wanted: ReadonlySet<number>, into: Set<number> | undefined): boolean {
  let hash = 0;
  let length = 0;
  let isLineStart = true;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : newline;
    if (code > 127 || isWordCode[code] === 1) {
      hash = next(hash, code);
      length += 1;
      continue;
    }
    if (length > 0) {
      if (into) into.add(hash);
      else if (wanted.has(hash)) return true;
      hash = length = 0;
      isLineStart = false;
    }
    if (code === newline) isLineStart = true;
    else if (code === slash && isLineStart) index = endOfComment(text, index);
    else if (code > space) isLineStart = false;
  }
  return false;
}

const [slash, newline, space] = ['/', '\n', ' '].map((character) => character.charCodeAt(0)) as [number, number, number];

/** Where the comment ends that begins here; here, where there is none, or it may be text of a template in which code stands. */
function endOfComment(text: string, start: number): number {
  const end = text.startsWith('//', start) ? endOfLine(text, start) - 1 : text.startsWith('/*', start) ? text.indexOf('*/', start + 2) + 1 : 0;
  return end <= start || text.slice(start, end).includes('${') ? start : end;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

const isWordCode = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$]/.test(String.fromCharCode(code)) ? 1 : 0));

/** 30 bits: what is larger, engines keep as an object. */
function next(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) & 0x3fff_ffff;
}
