import type { RecordableHistogram } from 'node:perf_hooks';
import type { ExecutorStats, TimeHistogram } from './executor.js';

/** Nanoseconds in a day: the longest time that is told from longer ones. */
const longest = 86_400e9;
const kept = 512;

/**
 * Histograms of how long tasks wait and run.
 *
 * To record a time takes a tenth of what a small task costs, so times are noted here and recorded when a worker has
 * just been given something to do, or when somebody asks.
 */
export class TaskTimes {
  readonly #noted = new Float64Array(2 * kept);
  #count = 0;
  #waitTime: RecordableHistogram | undefined;
  #runTime: RecordableHistogram | undefined;

  /** Of a task that came to its end. In milliseconds, of one clock. */
  note(submittedAt: number, startedAt: number, endedAt: number): void {
    if (this.#count === kept) this.record();
    this.#noted[2 * this.#count] = startedAt - submittedAt;
    this.#noted[2 * this.#count++ + 1] = endedAt - startedAt;
  }

  record(): void {
    const count = this.#count;
    this.#count = 0;
    if (count === 0) return;
    const waitTime = (this.#waitTime ??= newHistogram());
    const runTime = (this.#runTime ??= newHistogram());
    for (let i = 0; i < count; i++) {
      waitTime.record(inNanoseconds(this.#noted[2 * i]!));
      runTime.record(inNanoseconds(this.#noted[2 * i + 1]!));
    }
  }

  get stats(): Pick<ExecutorStats, 'waitTime' | 'runTime'> {
    this.record();
    return { waitTime: summary(this.#waitTime), runTime: summary(this.#runTime) };
  }
}

/** Figures, and not the histogram, which would go on changing and can be neither cloned nor printed. */
function summary(histogram: RecordableHistogram | undefined): TimeHistogram {
  if (histogram === undefined) return { count: 0, min: 0, mean: 0, stddev: 0, p50: 0, p75: 0, p90: 0, p99: 0, p99_9: 0, max: 0 };
  const { count, min, mean, stddev, max } = histogram;
  const at = (percentile: number) => histogram.percentile(percentile) / 1e6;
  return { count, min: min / 1e6, mean: mean / 1e6, stddev: stddev / 1e6, p50: at(50), p75: at(75), p90: at(90), p99: at(99), p99_9: at(99.9), max: max / 1e6 };
}

/** Two figures, which takes 50 KB; Node's default of three takes 360. */
function newHistogram(): RecordableHistogram {
  return process.getBuiltinModule('perf_hooks').createHistogram({ highest: longest, figures: 2 });
}

/** A histogram begins at 1. */
function inNanoseconds(ms: number): number {
  return Math.max(1, Math.min(longest, Math.round(ms * 1e6)));
}
