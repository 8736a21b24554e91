// What loading a plugin takes where ESLint and the parser are loaded: node load-plugin.mjs <package>
import '@typescript-eslint/parser';
import 'eslint';

const start = process.cpuUsage();
await import(process.argv[2]);
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1_000);
