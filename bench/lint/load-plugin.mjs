// What loading a plugin takes where ESLint and the parser are loaded: node load-plugin.mjs '"<package>"'
import '@typescript-eslint/parser';
import 'eslint';
import { times } from './times.mjs';

const taken = times();
await import(JSON.parse(process.argv[2]));
console.log(JSON.stringify(taken().main));
