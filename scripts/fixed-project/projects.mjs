// Projects with tests of their own that `npm run fixed-project -- <folder>` knows by the name in their package.json: the commit
// of which the guide on fixes has figures, and how their tests are run so that each one is named.

/** @typedef {{ repository: string, commit: string, test: string, types?: string, sources?: string[], inline?: string[] }} Project */

/** @type {Record<string, Project>} */
export const projects = {
  '@antfu/ni': {
    repository: 'antfu-collective/ni',
    commit: '33c16cd18fba6ccaf40751de173a67409a06d95a',
    test: 'npx vitest run --reporter=verbose',
    types: 'npx tsc --noEmit',
  },
  'beachball': {
    repository: 'microsoft/beachball',
    commit: '0b7f01fc439cbeb43ca9c0bdc66f6a621d371d6e',
    test: 'npx jest --verbose',
    // Its own TypeScript is 5.2, and the runtime's types want 5.3.
    types: 'npx --yes --package typescript@5.9 tsc --noEmit',
    // These mock fs.
    inline: ['src/__tests__/bump/updateLockFile.test.ts', 'src/__fixtures__/mockNpm.test.ts'],
  },
  '@jsreport/pdfjs': {
    repository: 'jsreport/jsreport, packages/pdfjs',
    commit: '293628560af883466ac5946cf0bcc249e11927a1',
    test: 'npx mocha --timeout 60000 --reporter tap test',
    sources: ['lib/**/*.js', 'test/*.js'],
  },
};
