import { RuleTester } from '@typescript-eslint/rule-tester';
import { afterAll, describe, it } from 'vitest';

Object.assign(RuleTester, { afterAll, describe, it, itOnly: it.only, itSkip: it.skip });

/** For JavaScript and TypeScript alike; other parsers are tried in parsers.test.ts. */
export const tester = new RuleTester();

export const runtimeImport = "import { offload } from 'eslint-plugin-offload/runtime';";
