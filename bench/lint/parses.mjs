// How many files were parsed, and by what. Counting takes a function call a file, so every run is counted.
export const parses = { parser: 0, oxc: 0 };

/** The parser, with every file that it parses counted; that includes the files that are linted. */
export function counted(parser) {
  return {
    ...parser,
    parseForESLint(...args) {
      parses.parser += 1;
      return parser.parseForESLint(...args);
    },
  };
}
