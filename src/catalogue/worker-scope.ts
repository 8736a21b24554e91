/**
 * What transpilers put at the top of a file for the functions below: the runtime gives a function that travels its own
 * of these. A test compares with src/runtime/worker/transpiler-helpers.ts.
 */
const transpilerHelpers: ReadonlySet<string> = new Set([
  // esbuild, tsx
  '__name', '__publicField', '__privateAdd', '__privateGet', '__privateSet', '__privateMethod', '__async', '__forAwait', '__spreadValues', '__spreadProps', '__objRest', '__toESM',
  // tsc
  '__awaiter', '__assign', '__rest', '__spreadArray', '__asyncValues', '__classPrivateFieldGet', '__classPrivateFieldSet', '__importStar', '__importDefault',
  // babel and swc
  '_asyncToGenerator', '_async_to_generator', '_extends', '_objectSpread', '_object_spread', '_defineProperty', '_define_property', '_objectWithoutProperties', '_object_without_properties',
  '_interopRequireWildcard', '_interop_require_wildcard', '_interopRequireDefault', '_interop_require_default',
]);

/** Names that a function has in the worker though a file declares them: helpers of transpilers, istanbul's counters, CommonJS's own. */
export function isGivenToTasks(name: string): boolean {
  return transpilerHelpers.has(name) || name.startsWith('cov_') || name === 'require' || name === '__filename' || name === '__dirname';
}
