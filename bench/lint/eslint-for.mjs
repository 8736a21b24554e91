import { ESLint } from 'eslint';

/** ESLint as its command makes it, with a configuration of the bench and none of the project's. */
export async function eslintFor({ configs }, folder) {
  return new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: [...(await configs())], ignore: false, warnIgnored: false });
}
