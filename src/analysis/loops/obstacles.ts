import type { Certainty } from '../certainty.js';
import { certaintyOf, gravest, type Hazard, hazards } from '../hazards.js';

/**
 * What stands between a busy loop and its rewrite, beside what `hazards.ts` says of its place: how sure we may be in spite
 * of it, and why, in words that end a message. One row each; docs/rules/no-busy-loop.md lists them, and a test compares.
 */
export const loopObstacles = {
  // Waits
  'other-condition': { certainty: 'unsafe', text: 'its condition is more than one comparison with the time' },
  'unknown-duration': { certainty: 'unsafe', text: 'how long it waits cannot be told from what stands before it' },
  'counts-trips': { certainty: 'unsafe', text: 'it also writes {{name}}, which is used after it' },
  'head-does-more': { certainty: 'unsafe', text: 'its head sets up what is used after it' },
  'state-cannot-change': { certainty: 'unsafe', text: 'it has to wait for an event or a promise instead, and which one only you know' },
  'adds-delay': { certainty: 'review', text: 'the poll then pauses between two looks, and other code runs meanwhile' },
  'result-is-used': { certainty: 'unsafe', text: 'its result is used, and a timer has none' },
  'waits-forever': { certainty: 'unsafe', text: 'it waits without end' },
  'wait-async': { certainty: 'review', text: 'other code runs meanwhile, and a target older than ES2024 has no Atomics.waitAsync' },
  // What a loop's body needs, and a worker does not have
  'this': { certainty: 'unsafe', text: '`this` is not the same in a worker' },
  'arguments': { certainty: 'unsafe', text: '`arguments` are not those of a function in a worker' },
  'super': { certainty: 'unsafe', text: '`super` is not there in a worker' },
  'meta': { certainty: 'unsafe', text: 'import.meta, import() and new.target belong to this file' },
  'suspends': { certainty: 'unsafe', text: 'it has an async function in it, and a task is done before that is' },
  'class': { certainty: 'unsafe', text: 'it declares a class, whose instances cannot leave a worker' },
  'markup': { certainty: 'unsafe', text: 'it has JSX in it, which needs more than is written' },
  'eval': { certainty: 'unsafe', text: 'it calls eval, which sees everything around it' },
  'import': { certainty: 'unsafe', text: '{{name}} is imported, and is not there in a worker' },
  'free-name': { certainty: 'unsafe', text: '{{name}} is not there in a worker' },
  'thread-bound': { certainty: 'review', text: '{{name}} in a worker is not that of this thread' },
  'function': { certainty: 'unsafe', text: 'it calls {{name}}, which may need more than its arguments' },
  'same-name': { certainty: 'unsafe', text: '{{name}} means two things in what would have to move' },
  'declared-in-it': { certainty: 'unsafe', text: 'it declares {{name}}, which is used outside it' },
  // What crosses, and what else sees it
  'shared-object': { certainty: 'unsafe', text: 'it changes {{name}} in place, and other code may hold the same object' },
  'unknown-value': { certainty: 'review', text: '{{name}} may hold what a worker only gets a copy of, or what cannot cross at all' },
  'unknown-result': { certainty: 'review', text: 'what it puts into {{name}} may be no plain value, and then comes back as a copy or not at all' },
  'unknown-item': { certainty: 'review', text: 'what it stores may be no plain value, and then comes back as a copy or not at all' },
  'written-elsewhere': { certainty: 'review', text: 'other functions use {{name}}, which is written only when the task is done' },
  'in-try': { certainty: 'review', text: 'if it throws, what it has written by then is lost, and code after the `try` may look at it' },
  'untyped': { certainty: 'review', text: 'the type of {{name}} is not written down, and its copy would have another' },
  'writes-in-expression': { certainty: 'unsafe', text: 'it writes {{name}} while it makes a value' },
  'endless-task': { certainty: 'review', text: 'the task has no end either, and takes a worker for good' },
} as const satisfies Record<string, { certainty: Exclude<Certainty, 'safe'>; text: string }>;

/** One reason, with the name of what it is about. */
export interface LoopObstacle {
  readonly reason: keyof typeof loopObstacles;
  readonly name?: string;
}

/** The certainty that is left of a rewrite, and what to say of it: obstacles of the loop and hazards of its place. */
export function verdictOn(obstacles: readonly LoopObstacle[], place: readonly Hazard[]): { readonly certainty: Certainty; readonly reason: string | undefined } {
  const unsafe = obstacles.find(({ reason }) => loopObstacles[reason].certainty === 'unsafe');
  const ofPlace = certaintyOf(place);
  if (ofPlace === 'unsafe') return { certainty: 'unsafe', reason: hazards[gravest(place)!].text };
  if (unsafe) return { certainty: 'unsafe', reason: textOf(unsafe) };
  if (obstacles[0]) return { certainty: 'review', reason: textOf(obstacles[0]) };
  return { certainty: ofPlace, reason: ofPlace === 'safe' ? undefined : hazards[gravest(place)!].text };
}

function textOf({ reason, name = '' }: LoopObstacle): string {
  return loopObstacles[reason].text.replace('{{name}}', `\`${name}\``);
}
