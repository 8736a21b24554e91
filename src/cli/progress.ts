import { clearLine, cursorTo } from 'node:readline';

interface Stream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** How far linting has come, on one line that is gone at its end; nothing where nobody looks on. */
export function showProgress(files: number, stream: Stream): { readonly next: () => void; readonly end: () => void } {
  if (!stream.isTTY) return { next: () => {}, end: () => {} };
  let begun = 0;
  return {
    next() {
      begun += 1;
      cursorTo(stream, 0);
      stream.write(`Linting file ${begun} of ${files} `);
    },
    end() {
      cursorTo(stream, 0);
      clearLine(stream, 0);
    },
  };
}
