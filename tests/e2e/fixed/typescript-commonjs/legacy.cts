import fs = require('fs');
import offloadRuntime = require('eslint-plugin-offload/runtime');

async function upper(file: string): Promise<string> {
  return (await offloadRuntime.offload(fs.readFileSync, file, 'utf8')).toUpperCase();
}

export = { upper };
