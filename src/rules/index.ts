import noBlockingCall from './no-blocking-call.js';

/** Every rule of the plugin, by name. Kept by `npm run new`. */
export const rules = {
  'no-blocking-call': noBlockingCall,
};
