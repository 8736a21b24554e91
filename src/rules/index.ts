// Written by `npm run docs` and `npm run new` from the files of this folder.
import noBlockingCall from './no-blocking-call.js';
import noBusyLoop from './no-busy-loop.js';
import noIndirectBlocking from './no-indirect-blocking.js';
import preferNativeAsync from './prefer-native-async.js';
import validOffload from './valid-offload.js';

/** Every rule of the plugin, by name. */
export const rules = {
  'no-blocking-call': noBlockingCall,
  'no-busy-loop': noBusyLoop,
  'no-indirect-blocking': noIndirectBlocking,
  'prefer-native-async': preferNativeAsync,
  'valid-offload': validOffload,
};
