const { ThreadWorker } = require('poolifier');
const { block, increment } = require('./tasks.cjs');

module.exports = new ThreadWorker({ block, increment });
