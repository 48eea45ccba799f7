import type { UsageClass, UsageUnit } from '@ronghe/contracts';
import { instantFromIso, newId, type Instant } from '@ronghe/kernel';
import { compileUsagePrice, type BucketGrant, type UsageEvent, type UsagePlan } from '@ronghe/rating';

export const june: { from: Instant; to: Instant } = {
  from: instantFromIso('2026-06-01T00:00:00+08:00'),
  to: instantFromIso('2026-07-01T00:00:00+08:00'),
};

/** A bucket grant of June for voice minutes, unless told otherwise. */
export function grantOf(code: string, quantity: bigint, more: Partial<BucketGrant> = {}): BucketGrant {
  return {
    code,
    label: { en: code, 'zh-CN': code },
    origin: 'base',
    productId: null,
    usageClasses: ['voice'],
    unit: 'minute',
    quantity,
    validFrom: june.from,
    validTo: june.to,
    priority: 1,
    rollover: null,
    offeringCode: 'plan',
    offeringVersion: 1,
    ...more,
  };
}

/** A usage of the one product `main`; minutes are whole. */
export function eventAt(
  recordId: string,
  minute: number,
  minutes: number,
  more: Partial<UsageEvent> = {},
): UsageEvent {
  return {
    usageId: recordId,
    productId: 'main',
    usageClass: 'voice',
    usedAt: new Date(Date.parse(june.from) + minute * 60_000).toISOString() as Instant,
    quantity: BigInt(minutes * 60),
    source: 'mediation',
    recordId,
    isLate: false,
    peer: null,
    ...more,
  };
}

const price = (usageClass: UsageClass, unit: UsageUnit, cap: string | null) =>
  compileUsagePrice({
    code: `${usageClass}-out`,
    usageClass,
    chargeClass: usageClass,
    label: { en: usageClass, 'zh-CN': usageClass },
    taxClass: 'telecom',
    unit,
    increment: { initial: unit === 'minute' ? 60 : 1, repeat: unit === 'minute' ? 60 : 1 },
    model: { kind: 'per-unit', price: { amount: '1', per: unit === 'kb' ? '1048576' : '7' } },
    connectFee: null,
    counter: 'card-group',
    cap: cap === null ? null : { amount: cap, action: 'stop' },
  });

/** A plan that charges a seventh a minute, so that every event is rounded, or 1 a GB. */
export function planFor(usageClass: UsageClass, cap: string | null = null): UsagePlan {
  return {
    productId: 'main',
    card: 'main',
    price: price(usageClass, usageClass === 'data' ? 'kb' : 'minute', cap),
    offeringCode: 'plan',
    offeringVersion: 1,
    chargeCode: `${usageClass}-out`,
    chargeClass: usageClass,
    label: { en: usageClass, 'zh-CN': usageClass },
    taxClass: 'telecom',
    counterKey: `${usageClass}-out`,
    bookedProductId: 'main',
    bookedCard: 'main',
  };
}

/** A new id; fixtures need some. */
export const anyId = newId;
