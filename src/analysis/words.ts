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
