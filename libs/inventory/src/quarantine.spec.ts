import type { InventoryPolicy } from '@ronghe/contracts';
import { instantFromIso, parseLocalDate } from '@ronghe/kernel';
import { restUntil } from './quarantine';

function policy(version: number, from: string, to: string | null, days: number): InventoryPolicy {
  return {
    kind: 'inventory',
    code: 'inventory',
    version,
    effectiveFrom: parseLocalDate(from),
    effectiveTo: to === null ? null : parseLocalDate(to),
    numberQuarantineDays: days,
  };
}

describe('the rest of a number', () => {
  const policies = [policy(2, '2026-07-01', null, 30), policy(1, '2020-01-01', '2026-07-01', 90)];

  it('lasts as long as the policy in force says', () => {
    expect(restUntil(policies, instantFromIso('2026-06-11T10:00:00+08:00'))).toBe('2026-09-09T02:00:00.000Z');
    expect(restUntil(policies, instantFromIso('2026-07-01T00:00:00+08:00'))).toBe('2026-07-30T16:00:00.000Z');
  });

  it('waits for a policy', () => {
    const early = instantFromIso('2019-12-31T10:00:00+08:00');
    expect(() => restUntil(policies, early)).toThrow(
      expect.objectContaining({ code: 'inventory_policy_missing', kind: 'unavailable' }),
    );
  });
});
