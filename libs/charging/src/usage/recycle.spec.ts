import { amountFromMicro } from '@ronghe/kernel';
import { sortByIdentity } from './duplicates';
import { countMoves } from './recycle';
import type { StoredUsage } from './rated-usage';
import type { SuspendedUsage } from './suspense';
import { contributionOf, sumChanges, toUsageTotal } from './usage-totals';
import { noCounts, sumMoves } from './usage-file';
import { usageText } from './usage-text';

it('sorts records by what is known of them, the first of a batch winning', () => {
  const of = (recordId: string, bodyHash: string) => ({ recordId, bodyHash });
  const lines = [of('a', '1'), of('a', '1'), of('a', '2'), of('b', '1'), of('b', '2')];
  expect(sortByIdentity(lines, new Map([['b', '2']]))).toEqual({
    fresh: [lines[0]],
    duplicates: [lines[1], lines[4]],
    differing: [lines[2], lines[3]],
  });
});

it('moves the counters of each file by what became of its records', () => {
  const ended = (fileId: string, state: SuspendedUsage['state']) => ({ fileId, state }) as SuspendedUsage;
  const moves = countMoves([
    ended('g', 'duplicate'),
    ended('f', 'rated'),
    ended('f', 'reconciled'),
    ended('f', 'rated'),
  ]);
  expect(sumMoves(moves)).toEqual([
    { ...noCounts, fileId: 'f', suspended: -3, rated: 2, reconciled: 1 },
    { ...noCounts, fileId: 'g', suspended: -1, duplicates: 1 },
  ]);
});

const usage = {
  lane: 1,
  accountId: 'a',
  period: '2026-06',
  bookedProductId: 'p',
  bookedCard: 'main',
  chargeCode: 'voice-out',
  chargeClass: 'voice out of bundle',
  taxClass: 'voice',
  offeringCode: 'plan',
  offeringVersion: 1,
  unit: 'minute',
  unitsTotal: 9n,
  unitsCharged: 3n,
  takes: [{ bucketCode: 'plan/voice', units: 6n }],
  amount: amountFromMicro(450_001n),
  zeroedByCap: false,
} as unknown as StoredUsage;

it('adds usage up exactly by total and takes it back without a rest', () => {
  const added = contributionOf(usage, usage);
  const [sum] = sumChanges([added, added, contributionOf(usage, { ...usage, chargeCode: 'other' })]);
  expect(sum && toUsageTotal(sum)).toMatchObject({ chargeCode: 'other', amount: '0.450001' });
  expect(sumChanges([added, added]).map(toUsageTotal)).toMatchObject([
    { amount: '0.900002', eventCount: 2, unitsTotal: '18', unitsFromAllowance: '12', unitsCharged: '6' },
  ]);
  expect(sumChanges([added, contributionOf(usage, usage, -1n)])).toEqual([]);
});

it('says in one line what a usage came to', () => {
  expect(usageText(usage)).toBe('9 min: 6 min from plan/voice, 3 min charged: 0.450001');
  expect(
    usageText({
      ...usage,
      unit: 'kb',
      takes: [],
      unitsCharged: 9n,
      zeroedByCap: true,
      amount: amountFromMicro(0n),
    }),
  ).toBe('9 KB: 9 KB charged: 0.00 (cap reached)');
  expect(usageText({ ...usage, unitsTotal: 0n, unitsCharged: 0n, takes: [] })).toBe(
    '0 min: nothing to charge',
  );
});
