/** Tests import the package by its own name, so dist/ must be what src/ says now. */
export default async function setup(): Promise<void> {
  const { buildJavaScript } = (await import(new URL('../scripts/build.mjs', import.meta.url).href)) as { buildJavaScript: () => Promise<void> };
  await buildJavaScript();
}
