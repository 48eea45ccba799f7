import type { HrefOf } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { quantityInWords } from '@ronghe/rating';
import { usageTypeOf, type ShownBucket, type Writing } from './prepay-balance';

/** Where the API lies: TMF677 Usage Consumption Management, version 4. */
export const usageConsumptionRoot = '/tmf-api/usageConsumption/v4';

/** An allowance with what was granted. */
export interface CountedBucket extends ShownBucket {
  quantity: bigint;
}

/** What an account has used and has left of its allowances, as TMF677 UsageConsumptionReport; its id is the account's. */
export function usageConsumptionReport(
  accountId: string,
  buckets: readonly CountedBucket[],
  at: Instant,
  writing: Writing,
) {
  return {
    id: accountId,
    href: (writing.hrefOf as HrefOf)(`${usageConsumptionRoot}/usageConsumptionReport`, accountId),
    name: 'Use of allowances',
    effectiveDate: at,
    bucket: buckets.map((bucket) => bucketOf(bucket, writing)),
    '@type': 'UsageConsumptionReport',
  };
}

function bucketOf(bucket: CountedBucket, { number }: Writing) {
  const quantity = (units: bigint) => ({ amount: number(units.toString()), units: bucket.unit });
  const validFor = { startDateTime: bucket.validFrom, endDateTime: bucket.validTo };
  const counter = (counterType: string, units: bigint) => ({
    counterType,
    level: bucket.productId === null ? 'cardGroup' : 'product',
    value: quantity(units),
    consumptionPeriod: validFor,
  });
  const left = bucket.member?.usable ?? bucket.remaining;
  return {
    id: bucket.bucketId,
    name: bucket.label.en,
    isShared: bucket.productId === null,
    usageType: usageTypeOf(bucket.usageClasses),
    bucketBalance: [
      {
        remainingValueName: quantityInWords(bucket.unit, left).en,
        remainingValue: quantity(left),
        validFor,
      },
    ],
    bucketCounter: [
      counter('used', bucket.quantity - bucket.remaining),
      ...(bucket.member ? [counter('usedByMember', bucket.member.used)] : []),
      counter('granted', bucket.quantity),
    ],
    ...(bucket.productId === null ? {} : { product: [{ id: bucket.productId }] }),
    '@type': 'UsageVolumeProduct',
  };
}
