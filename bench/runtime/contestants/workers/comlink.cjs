const { parentPort } = require('node:worker_threads');
const { expose } = require('comlink');
const nodeEndpoint = require('comlink/dist/umd/node-adapter');
const { block, increment } = require('./tasks.cjs');

expose({ block, increment }, nodeEndpoint(parentPort));
