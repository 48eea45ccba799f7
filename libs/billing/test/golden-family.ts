import type { AccountOpened, ProductRole, ProductState, UsageTotal } from '@ronghe/contracts';
import { instantFromIso, laneOf } from '@ronghe/kernel';
import { cycle, usagePrices } from './documents';

/** The family of testdata/golden as billing hears of it: products, and usage totals by period. */

const startsAt = '2026-06-11T00:00:00+08:00';

/** One family: an account and its six products. `seed` keeps ids of several families apart. */
export function familyOf(seed: number) {
  const id = (kind: number) => `00000000-0000-7000-8000-${(seed * 100 + kind).toString().padStart(12, '0')}`;
  const accountId = id(1);
  const groupId = id(2);
  const lane = laneOf(groupId);
  const account: AccountOpened = {
    accountId,
    customerId: id(3),
    balanceGroupId: groupId,
    lane,
    zone: cycle.zone,
    billDay: cycle.billDay,
    paymentMode: 'postpaid',
    openedAt: instantFromIso('2026-06-10T10:00:00+08:00'),
  };
  const product = (kind: number, offeringCode: string, role: ProductRole, card: string): ProductState => ({
    productId: id(kind),
    customerId: account.customerId,
    accountId,
    lane,
    orderId: id(4),
    offeringCode,
    offeringVersion: 1,
    role,
    card,
    bundleId: id(5),
    bundleOfferingCode: 'convergent',
    bundleOfferingVersion: 1,
    cardGroupId: role === 'sub' ? id(10) : id(kind),
    resources: [],
    onlineClasses: [],
    effectiveFrom: instantFromIso(startsAt),
    effectiveTo: null,
  });
  const products = [
    product(10, 'plan', 'main', 'main'),
    product(11, 'sub-card', 'sub', 'sub1'),
    product(12, 'sub-card', 'sub', 'sub2'),
    product(13, 'broadband', 'broadband', 'broadband'),
    product(14, 'fixed', 'fixed', 'fixed'),
    product(15, 'iptv', 'iptv', 'iptv'),
  ];
  return { account, products, lane };
}

export type Family = ReturnType<typeof familyOf>;

/** The family in a lane of the test's choice: many families in few lanes are billed in few batches. */
export function inLane({ account, products }: Family, lane: number): Family {
  return {
    account: { ...account, lane },
    products: products.map((product) => ({ ...product, lane })),
    lane,
  };
}

/** The products after the broadband line and the IPTV set were given up on 16 August. */
export function afterAugust(products: readonly ProductState[]): ProductState[] {
  const effectiveTo = instantFromIso('2026-08-16T00:00:00+08:00');
  return products.map((each) =>
    ['broadband', 'iptv'].includes(each.card) ? { ...each, effectiveTo } : each,
  );
}

/** Charging's totals for a golden period. */
export function usageTotalsOf(family: Family, period: string): UsageTotal[] {
  const total = (card: string, code: string, amount: string, units: string): UsageTotal => {
    const price = usagePrices.find((each) => each.code === code);
    const product = family.products.find((each) => each.card === card);
    if (!price || !product) throw new Error(`no ${code} of ${card}`);
    return {
      accountId: family.account.accountId,
      productId: product.productId,
      card,
      period,
      chargeCode: code,
      chargeClass: price.chargeClass,
      taxClass: price.taxClass,
      offeringCode: 'plan',
      offeringVersion: 1,
      amount,
      eventCount: 1,
      unit: price.unit,
      unitsTotal: units,
      unitsFromAllowance: '0',
      unitsCharged: units,
    };
  };
  switch (period) {
    case '2026-06':
      return [
        total('main', 'voice-out', '0.90', '6'),
        total('sub1', 'voice-out', '0.15', '1'),
        total('sub2', 'voice-out', '0.00', '0'),
        total('main', 'data-out', '4.110703', '1086488'),
        total('main', 'sms', '0.30', '3'),
        total('sub1', 'sms', '0.20', '2'),
      ];
    case '2026-07':
      return [total('main', 'voice-out', '0.00', '0')];
    case '2026-08':
      return [total('sub1', 'voice-out', '0.45', '3')];
    case '2026-09':
      return [total('sub2', 'voice-out', '0.15', '1'), total('main', 'data-out', '3.00', '1048576')];
    default:
      return [];
  }
}

export const goldenPeriods = ['2026-06', '2026-07', '2026-08', '2026-09'] as const;
