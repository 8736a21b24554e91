import { ESLint } from 'eslint';

/** ESLint as its command makes it, with a configuration of the bench and none of the project's. `stats` says whether it is to time each rule. */
export async function eslintFor({ configs }, folder, stats = false) {
  return new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: [...(await configs())], ignore: false, warnIgnored: false, stats });
}
