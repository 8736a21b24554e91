// In a file of its own, so that no other measure loads piscina a second time.
const { readFileSync } = require('node:fs');
const { move } = require('piscina');

// Moved where that is possible: memory that other buffers share cannot be, and Node 24 throws.
module.exports = (path) => {
  const bytes = readFileSync(path);
  return bytes.byteLength === bytes.buffer.byteLength ? move(bytes) : bytes;
};
