import type { Bucket, UsageClass, UsageUnit } from '../generated/graphql';
import type { GroupPeriodKey, StoredBucket } from './group-period';

/** A bucket as GraphQL shows it. */
export function bucketView(bucket: StoredBucket & Pick<GroupPeriodKey, 'cardGroupId' | 'period'>): Bucket {
  const { code, label, cardGroupId, productId, period, origin, quantity, remaining, reserved } = bucket;
  return {
    code,
    label: { en: label.en, zhCN: label['zh-CN'] },
    cardGroupId,
    productId,
    period,
    origin: origin === 'base' ? 'BASE' : 'ROLLED',
    usageClasses: bucket.usageClasses.map((usageClass) => usageClass.toUpperCase() as UsageClass),
    unit: bucket.unit.toUpperCase() as UsageUnit,
    granted: quantity.toString(),
    used: (quantity - remaining).toString(),
    reserved: reserved.toString(),
    remaining: remaining.toString(),
    validFrom: bucket.validFrom,
    validTo: bucket.validTo,
    rollsOver: origin === 'base' && bucket.rollover !== null,
  };
}
