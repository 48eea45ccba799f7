import { onlineChargingSchema } from './online-charging-policy-schema';

const written = (ratingGroups: object[]) =>
  onlineChargingSchema.safeParse({
    kind: 'online-charging',
    code: 'online-charging',
    version: '1',
    effectiveFrom: '2026-01-01',
    ratingGroups,
    validitySeconds: '3600',
    quotaHoldingSeconds: 'none',
    grantLastsSeconds: '600',
    shareOfFreePercent: '50',
    thresholdPercent: 'none',
    finalUnit: { action: 'TERMINATE' },
  });

describe('what a unit of a rating group costs', () => {
  it('is said for content', () => {
    const read = written([
      { ratingGroup: '300', usage: 'content' },
      { ratingGroup: '310', usage: 'content', each: '2.00' },
    ]);
    expect(read.data?.ratingGroups).toEqual([
      { ratingGroup: 300, usageClass: 'content' },
      { ratingGroup: 310, usageClass: 'content', each: '2.00' },
    ]);
  });

  it.each([
    [{ usage: 'data', each: '2.00' }, 'only content is priced by its provider'],
    [{ usage: 'content', each: '0.00' }, 'must be more than 0 and at most 10000'],
    [{ usage: 'content', each: '10000.01' }, 'must be more than 0 and at most 10000'],
    [{ usage: 'content', each: '-1.00' }, 'must be a number such as 12.50'],
  ])('is refused as %j', (group, message) => {
    const read = written([{ ratingGroup: '310', ...group }]);
    const [first] = read.error?.issues ?? [];
    expect([first?.path, first?.message]).toEqual([['ratingGroups', 0, 'each'], message]);
  });
});
