const words = ['account', 'branch', 'cache', 'deploy', 'event', 'folder', 'guide', 'header', 'image', 'journal', 'key', 'label', 'market', 'notice', 'order', 'parcel', 'query', 'route', 'server', 'team', 'user', 'value', 'window', 'zone'];

/** Numbers that look drawn and are the same each time (mulberry32). */
export function randomNumbers(seed) {
  let state = seed;
  return { below, chance: (share) => next() < share, list, one, word: () => one(words) };

  function next() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function below(limit) {
    return Math.floor(next() * limit);
  }

  function list(least, most, make) {
    return Array.from({ length: least + below(most - least + 1) }, make);
  }

  function one(values) {
    return values[below(values.length)];
  }
}
