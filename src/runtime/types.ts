import type { Executor } from './executors/executor.js';
import type { OffloadOptions } from './offload.js';
import type { Callable } from './task/callable.js';

/**
 * `offload(fn, ...args)`: every overload of `fn` is an overload of the call, with its result in a promise.
 *
 * `with(options)` is the same function with options bound to it.
 */
export interface Offload extends OffloadCall {
  /**
   * The same function with `executor`, `signal`, `timeout` or `transfer` bound. Options bound before are kept.
   *
   * @example
   * ```js
   * import { readFileSync } from 'node:fs';
   * import { offload } from 'eslint-plugin-offload/runtime';
   *
   * const text = await offload.with({ timeout: 1_000 })(readFileSync, 'package.json', 'utf8');
   * ```
   */
  with(options: OffloadOptions): Offload;
}

/**
 * The call itself, without `with`: what `offload` and an executor's `submit` have in common.
 *
 * From a function with several signatures TypeScript infers the last only
 * (https://github.com/microsoft/TypeScript/issues/43187), so the plain
 * `<A extends unknown[], R>(fn: (...args: A) => R, ...args: A)` refuses `readFileSync(path, 'utf8')`, and types
 * `statSync(path)` as `Stats | BigIntStats | undefined`. A conditional type that matches many signatures at once sees
 * them all, from TypeScript 5.3 on. Out of that list each of the calls below stands for one signature of `fn`, in
 * order. TypeScript chooses among them as it does in a direct call, with the arguments in their context: what compiles
 * directly compiles here, unions, spread tuples and nested literals included, and mistakes are told in the words of
 * the API itself.
 *
 * Eight of them, because each adds to what every use costs to check: 3 ms with eight, 8 ms with forty. Of Node's
 * synchronous functions only `generateKeyPairSync` has more signatures, and `LaterOverloads` takes those in one call.
 */
export interface OffloadCall {
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 0>): ResultAt<F, 0>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 1>): ResultAt<F, 1>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 2>): ResultAt<F, 2>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 3>): ResultAt<F, 3>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 4>): ResultAt<F, 4>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 5>): ResultAt<F, 5>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 6>): ResultAt<F, 6>;
  <F extends Callable>(fn: F, ...args: ArgumentsAt<F, 7>): ResultAt<F, 7>;
  <F extends Callable, const A extends LaterArguments<F>>(fn: F, ...args: A): LaterResult<F, A>;
  <A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
}

/** The same with the executor as first argument. `null` is the default executor. */
export interface RunInExecutor {
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 0>): ResultAt<F, 0>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 1>): ResultAt<F, 1>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 2>): ResultAt<F, 2>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 3>): ResultAt<F, 3>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 4>): ResultAt<F, 4>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 5>): ResultAt<F, 5>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 6>): ResultAt<F, 6>;
  <F extends Callable>(executor: Executor | null, fn: F, ...args: ArgumentsAt<F, 7>): ResultAt<F, 7>;
  <F extends Callable, const A extends LaterArguments<F>>(executor: Executor | null, fn: F, ...args: A): LaterResult<F, A>;
  <A extends unknown[], R>(executor: Executor | null, fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
}

/** The parameters of the overload at `K`; where there is none, a parameter that nothing can be passed for. */
type ArgumentsAt<F, K extends number> = Overloads<F>[K] extends [infer A extends unknown[], unknown] ? A : [never];
type ResultAt<F, K extends number> = Overloads<F>[K] extends [unknown, infer R] ? Promise<Awaited<R>> : Promise<unknown>;

type LaterOverloads<F> = Overloads<F> extends [...EightOverloads, ...infer Later] ? Extract<Later, Overload[]> : [];
type EightOverloads = [Overload, Overload, Overload, Overload, Overload, Overload, Overload, Overload];
type LaterArguments<F> = LaterOverloads<F> extends [] ? [never] : Extract<LaterOverloads<F>[number][0], unknown[]>;
type LaterResult<F, A> = FirstResult<LaterOverloads<F>, A>;
type FirstResult<List, A> = List extends [[infer Parameters, infer R], ...infer Rest]
  ? A extends Parameters
    ? Promise<Awaited<R>>
    : FirstResult<Rest, A>
  : Promise<unknown>;

/** One overload: parameters and result. */
type Overload = [parameters: unknown, result: unknown];

/**
 * The overloads of `F` in order; none where `F` has a single signature, which the last call above types better: it
 * infers through generic functions and gives the parameters of an arrow function their types.
 */
type Overloads<F> = [Signatures<F>] extends [never]
  ? []
  : WithoutPadding<Signatures<F>> extends infer List extends [Overload, Overload, ...Overload[]]
    ? List
    : [];

/** What the pattern of `Signatures` has more than `F` is matched by `unknown` or by the first signature again. */
type WithoutPadding<List> = List extends [infer First, infer Second, ...infer Rest]
  ? IsPadding<First, Second> extends true
    ? WithoutPadding<[Second, ...Rest]>
    : List
  : List;
type IsPadding<First, Second> = [First] extends [[unknown[], unknown]]
  ? [[unknown[], unknown]] extends [First] ? true : Same<First, Second>
  : Same<First, Second>;
type Same<X, Y> = [X] extends [Y] ? ([Y] extends [X] ? true : false) : false;

/** Parameters and results of the last forty signatures, as many as `generateKeyPairSync` has. */
type Signatures<F> = F extends {
  (...args: infer A0): infer R0; (...args: infer A1): infer R1;
  (...args: infer A2): infer R2; (...args: infer A3): infer R3;
  (...args: infer A4): infer R4; (...args: infer A5): infer R5;
  (...args: infer A6): infer R6; (...args: infer A7): infer R7;
  (...args: infer A8): infer R8; (...args: infer A9): infer R9;
  (...args: infer A10): infer R10; (...args: infer A11): infer R11;
  (...args: infer A12): infer R12; (...args: infer A13): infer R13;
  (...args: infer A14): infer R14; (...args: infer A15): infer R15;
  (...args: infer A16): infer R16; (...args: infer A17): infer R17;
  (...args: infer A18): infer R18; (...args: infer A19): infer R19;
  (...args: infer A20): infer R20; (...args: infer A21): infer R21;
  (...args: infer A22): infer R22; (...args: infer A23): infer R23;
  (...args: infer A24): infer R24; (...args: infer A25): infer R25;
  (...args: infer A26): infer R26; (...args: infer A27): infer R27;
  (...args: infer A28): infer R28; (...args: infer A29): infer R29;
  (...args: infer A30): infer R30; (...args: infer A31): infer R31;
  (...args: infer A32): infer R32; (...args: infer A33): infer R33;
  (...args: infer A34): infer R34; (...args: infer A35): infer R35;
  (...args: infer A36): infer R36; (...args: infer A37): infer R37;
  (...args: infer A38): infer R38; (...args: infer A39): infer R39;
}
  ? [
      [A0, R0], [A1, R1], [A2, R2], [A3, R3], [A4, R4], [A5, R5], [A6, R6], [A7, R7],
      [A8, R8], [A9, R9], [A10, R10], [A11, R11], [A12, R12], [A13, R13], [A14, R14], [A15, R15],
      [A16, R16], [A17, R17], [A18, R18], [A19, R19], [A20, R20], [A21, R21], [A22, R22], [A23, R23],
      [A24, R24], [A25, R25], [A26, R26], [A27, R27], [A28, R28], [A29, R29], [A30, R30], [A31, R31],
      [A32, R32], [A33, R33], [A34, R34], [A35, R35], [A36, R36], [A37, R37], [A38, R38], [A39, R39],
    ]
  : never;
