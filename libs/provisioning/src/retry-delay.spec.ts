import { delayAfterMs, pauseAfterMs } from './retry-delay';

describe('waiting between tries', () => {
  it('doubles up to a limit', () => {
    expect([1, 2, 3, 5, 6, 50].map(delayAfterMs)).toEqual([100, 200, 400, 1600, 2000, 2000]);
    expect([1, 2, 3, 100].map(pauseAfterMs)).toEqual([2000, 4000, 8000, 300_000]);
  });
});
