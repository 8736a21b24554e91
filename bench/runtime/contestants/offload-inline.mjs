/** A function made anew at each call, as it is written in a handler: it has to be recognised as the one before. */
export default {
  name: 'offload, inline function',
  kind: 'variant',
  package: 'eslint-plugin-offload',
  async start({ workers }) {
    const { ThreadPoolExecutor } = await import('eslint-plugin-offload/runtime');
    const executor = new ThreadPoolExecutor({ minWorkers: workers, maxWorkers: workers });
    return {
      run: (x) => executor.submit((x) => x + 1, x),
      stop: () => executor.shutdown(),
    };
  },
};
