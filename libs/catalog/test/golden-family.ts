import { instantFromIso } from '@ronghe/kernel';
import type { Holding } from '@ronghe/rating';

/** The golden family's cycle and products (testdata/golden/README.md). Data for the golden test. */
export const cycle = { billDay: 1, zone: 'Asia/Shanghai' };

const activatedAt = instantFromIso('2026-06-11T00:00:00+08:00');
const terminatedAt = instantFromIso('2026-08-16T00:00:00+08:00');

export const family: Holding[] = [
  member('main', 'main', 'mobile-5g-199'),
  member('sub1', 'sub', 'sub-card'),
  member('sub2', 'sub', 'sub-card'),
  { ...member('broadband', 'broadband', 'broadband-line'), effectiveTo: terminatedAt },
  member('fixed', 'fixed', 'fixed-line'),
  { ...member('iptv', 'iptv', 'iptv-set'), effectiveTo: terminatedAt },
];

/** The product of a card; products are named after their cards here. */
export function productOf(card: string): Holding {
  const product = family.find((candidate) => candidate.card === card);
  if (!product) throw new Error(`the family has no card ${card}`);
  return product;
}

function member(card: string, role: Holding['role'], offeringCode: string): Holding {
  return {
    productId: card,
    accountId: 'family',
    offeringCode,
    offeringVersion: 1,
    role,
    card,
    bundleId: 'bundle',
    bundleOfferingCode: 'convergent-199',
    bundleOfferingVersion: 1,
    cardGroupId: role === 'sub' ? 'main' : card,
    effectiveFrom: activatedAt,
    effectiveTo: null,
  };
}
