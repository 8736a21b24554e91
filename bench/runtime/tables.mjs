import { median, ratio, ratioAtBest } from './statistics.mjs';

/**
 * One row a contestant: what a turn took, beside the floor and beside ours.
 *
 * @param samples `{ name, kind, version, times }`, in milliseconds, one a round
 * @param show a time as it is to be read
 * @param floor name of the contestant that is the floor
 */
export function timesTable({ title, unit, show, samples, absent = [], floor, notes = [], bars = [] }) {
  const ours = samples.find(({ kind }) => kind === 'ours').times;
  const floorTimes = samples.find(({ name }) => name === floor)?.times;
  const rows = samples.map(({ name, kind, version, times }) => {
    const figures = { median: median(times), ...(floorTimes && { timeOfFloor: ratio(times, floorTimes), atBest: ratioAtBest(times, floorTimes) }), timeOfOurs: ratio(times, ours) };
    const besideFloor = floorTimes ? [factor(figures.timeOfFloor), factor(figures.atBest)] : [];
    return { kind, figures, cells: [name, version, show(figures.median), ...besideFloor, factor(figures.timeOfOurs)] };
  });
  return {
    title,
    head: ['', 'version', unit, ...(floor ? ['time ÷ floor', 'at best'] : []), 'time ÷ offload'],
    rows: [...rows, ...absentRows(absent)],
    notes: floor ? [`Floor: ${floor}.`, ...notes] : notes,
    bars,
  };
}

export function absentRows(absent) {
  return absent.map(({ name, kind, version, reason }) => ({ kind, figures: { reason }, cells: [name, version, reason] }));
}

/** The peer that comes nearest to ours, or is furthest ahead of it, and how many times longer it takes. */
export function bestPeer(samples) {
  const ours = samples.find(({ kind }) => kind === 'ours').times;
  return samples
    .filter(({ kind }) => kind === 'peer')
    .map(({ name, times }) => ({ name, times: ratio(times, ours) }))
    .toSorted((a, b) => a.times - b.times)[0];
}

export function atLeast(bar, limit, value, what = '') {
  return { bar, is: `${factor(value)}${what}`, met: value >= limit };
}

export function atMost(bar, limit, value, what = '') {
  return { bar, is: `${factor(value)}${what}`, met: value <= limit };
}

/** Ahead of every peer: the best of them takes longer. */
export function aheadOfPeers(samples) {
  const peer = bestPeer(samples);
  return { bar: 'ahead of every peer', is: peer ? `the best, ${peer.name}, takes ${factor(peer.times)} the time` : 'no peer runs here', met: peer !== undefined && peer.times > 1 };
}

export function factor(value) {
  return value === undefined ? '' : `${value.toFixed(value < 10 ? 2 : 1)}×`;
}

/** As Markdown, which is also plain to read in a terminal. */
export function markdown({ title, notes = [], bars = [], ...table }, level = 3) {
  return [
    `${'#'.repeat(level)} ${title}`,
    rowsOf(table),
    ...notes,
    ...(bars.length > 0 ? [bars.map(({ bar, is, met }) => `- ${met === undefined ? '' : met ? 'met: ' : 'not met: '}${bar}. Here: ${is}.`).join('\n')] : []),
    '',
  ].join('\n\n').trimEnd() + '\n';
}

/** The table itself. */
export function rowsOf({ head, rows }) {
  // A reason why there are no figures runs on beyond its column.
  const whole = [head, ...rows.map(({ cells }) => cells).filter((cells) => cells.length === head.length)];
  const widths = head.map((_, column) => Math.max(3, ...whole.map((cells) => cells[column].length)));
  const isFigure = head.map((_, column) => column > 0 && whole.slice(1).every((cells) => /^-?\d+[\d.]*×?$/.test(cells[column])));
  const line = (cells) => `| ${head.map((_, column) => (cells[column] ?? '')[isFigure[column] ? 'padStart' : 'padEnd'](widths[column])).join(' | ')} |`;
  const rule = widths.map((width, column) => (isFigure[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(({ cells }) => line(cells))].join('\n');
}
