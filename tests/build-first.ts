/** Tests import the package by its own name, so dist/ must be what src/ says now. */
export default async function setup(): Promise<void> {
  const { build } = (await import(new URL('../scripts/build.mjs', import.meta.url).href)) as { build: () => Promise<void> };
  await build();
}
