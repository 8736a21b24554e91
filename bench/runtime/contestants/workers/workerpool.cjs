const { worker } = require('workerpool');
const { block, increment } = require('./tasks.cjs');

worker({ block, increment });
