import fc from 'fast-check';
import { grantSize } from './grant-size';

const sizes = { usageClass: 'data', first: '100', minimum: '10', maximum: '1000' } as const;
const question = { sizes, grantLastsSeconds: 60, shareOfFreePercent: 50, pace: null, free: null };

describe('the size of a grant', () => {
  it('begins with the first size, then lasts a while at the pace of the last one', () => {
    expect(grantSize(question)).toBe(100n);
    expect(grantSize({ ...question, pace: { used: 50n, seconds: 10 } })).toBe(300n);
    expect(grantSize({ ...question, pace: { used: 0n, seconds: 10 } })).toBe(100n);
  });

  it('stays within its bounds and takes a share of what is left', () => {
    expect(grantSize({ ...question, pace: { used: 1n, seconds: 600 } })).toBe(10n);
    expect(grantSize({ ...question, pace: { used: 900n, seconds: 1 } })).toBe(1000n);
    expect(grantSize({ ...question, free: 120n })).toBe(60n);
    expect(grantSize({ ...question, free: 12n })).toBe(10n);
  });

  it('is never nothing, and never beyond the bounds, whatever the pace', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n })),
        (used, seconds, free) => {
          const size = grantSize({ ...question, pace: { used, seconds }, free });
          expect(size >= 10n && size <= 1000n).toBe(true);
        },
      ),
    );
  });
});
