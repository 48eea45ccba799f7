import path from 'node:path';
import { repository, runNode } from './tool-runner';

const bench = path.join(repository, 'tools', 'bench.mjs');

/** What the module's functions say about these measurements, through Node.js itself since it is an ES module. */
async function report(measurements: object[]): Promise<{ figures: Record<string, unknown>; table: string }> {
  const url = `file://${path.join(repository, 'tools', 'bench', 'figures.mjs')}`;
  const script = `
    const { figureOf, tableOf } = await import(${JSON.stringify(url)});
    const figures = Object.fromEntries(${JSON.stringify(measurements)}.map((each) => [each.name, figureOf(each)]));
    console.log(JSON.stringify({ figures, table: tableOf(figures) }));`;
  const { stdout, stderr } = await runNode(['--input-type=module', '-e', script]);
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as { figures: Record<string, unknown>; table: string };
}

describe('npm run bench', () => {
  it('takes the median of the runs and holds it against the target', async () => {
    const { figures, table } = await report([
      { name: 'odd', unit: 's', atMost: 15, runs: [30, 14.2, 1] },
      { name: 'even', unit: '/s', atLeast: 100, runs: [90, 110, 80, 100] },
      { name: 'free', unit: 'MB', runs: [123.456789] },
    ]);
    expect(figures).toEqual({
      odd: { value: 14.2, unit: 's', target: '≤ 15', ok: true, runs: [30, 14.2, 1] },
      even: { value: 95, unit: '/s', target: '≥ 100', ok: false, runs: [90, 110, 80, 100] },
      free: { value: 123.5, unit: 'MB', target: null, ok: null, runs: [123.5] },
    });
    expect(table.split('\n').map((line) => line.split(/\s{2,}/))).toEqual([
      ['figure', 'value', 'unit', 'target', 'runs'],
      ['odd', '14.2', 's', '≤ 15 met', '30 14.2 1'],
      ['even', '95', '/s', '≥ 100 not met', '90 110 80 100'],
      ['free', '123.5', 'MB', '123.5'],
    ]);
  });

  it.each([
    [[], 'Name what to measure: the benches are listed above.'],
    [['speed'], 'There is no bench speed: the benches are listed above.'],
    [['start', '--fast'], "Unknown option '--fast': the options are listed above."],
  ])('answers %j with one sentence below the list', async (args, sentence) => {
    const { code, stderr } = await runNode([bench, ...args]);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(sentence);
    expect(stderr).toContain('  start ');
  });

  it('refuses a number of runs that is none, in one sentence alone', async () => {
    const { code, stderr } = await runNode([bench, 'start', '--runs', '0']);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe('--runs 0 is not a number of runs: give one from 1 to 100.');
  });
});
