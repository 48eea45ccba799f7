/**
 * What a bench has measured: one value for each run, in the order of the runs.
 * @typedef {object} Measurement
 * @property {string} name stable, such as 'clone-to-bill'
 * @property {string} unit such as 's', 'MB' (10^6 bytes), '/s', 'x' (a ratio)
 * @property {number[]} runs
 * @property {number} [atMost] the target, for a figure that should be small
 * @property {number} [atLeast] the target, for a figure that should be large
 */

/**
 * A figure as it is reported. `ok` is null where there is no target.
 * @typedef {{ value: number, unit: string, target: string | null, ok: boolean | null, runs: number[] }} Figure
 */

/** The middle value; of an even number of runs the mean of the two in the middle. @param {number[]} values */
export function median(values) {
  if (values.length === 0) throw new Error('The median of no runs');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {Measurement} measurement @returns {Figure} with the median as its value */
export function figureOf({ unit, runs, atMost, atLeast }) {
  const value = rounded(median(runs));
  const rest = { unit, runs: runs.map(rounded) };
  if (atMost !== undefined) return { value, target: `≤ ${atMost}`, ok: value <= atMost, ...rest };
  if (atLeast !== undefined) return { value, target: `≥ ${atLeast}`, ok: value >= atLeast, ...rest };
  return { value, target: null, ok: null, ...rest };
}

/** Four significant digits: what lies behind them is noise. @param {number} value */
const rounded = (value) => Number(value.toPrecision(4));

/** @param {Record<string, Figure>} figures @returns {string} the table for people */
export function tableOf(figures) {
  const verdict = { true: 'met', false: 'not met', null: '' };
  const rows = Object.entries(figures).map(([name, { value, unit, target, ok, runs }]) => [
    name,
    String(value),
    unit,
    target === null ? '' : `${target} ${verdict[String(ok)]}`,
    runs.join(' '),
  ]);
  const all = [['figure', 'value', 'unit', 'target', 'runs'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}
