import { amountToDecimal } from '@ronghe/kernel';
import { memberOf, type BucketTake, type RatedPart } from '@ronghe/rating';
import type { StoredBucket } from '../balance/group-period';

/** A part of an event: its zone, band and step are the segments of its cell. */
export function partView(part: RatedPart) {
  const [zone = '', band = '', step = ''] = part.cell.split('/');
  return {
    ...{ zone, band, step },
    unitsTotal: part.unitsTotal.toString(),
    unitsCharged: part.chargedUnits.toString(),
    takes: part.takes.map((take) => ({ bucket: take.bucketCode, units: take.units.toString() })),
    amount: amountToDecimal(part.amount),
  };
}

/**
 * What was taken from a bucket, with what the bucket is.
 * @param of the usage, and the account whose unit it is rated in
 */
export function sourceView(
  { bucketCode, units }: BucketTake,
  bucket: StoredBucket | undefined,
  cardOf: (productId: string) => string | null,
  of: { usage: { accountId: string; productId: string }; unitAccountId: string },
) {
  const owner = bucket?.ownerProductId ?? bucket?.productId ?? null;
  const member = bucket?.users ? memberOf(bucket.users, of.usage.productId) : undefined;
  const isOfOther = member !== undefined && of.unitAccountId !== of.usage.accountId;
  return {
    bucket: bucketCode,
    units: units.toString(),
    labels: bucket?.label ?? { en: bucketCode, 'zh-CN': bucketCode },
    origin: bucket?.origin.toUpperCase() ?? 'BASE',
    rank: bucket?.rank === 'add-on' ? ('ADD_ON' as const) : ('BASE' as const),
    ownerCard: owner === null ? null : cardOf(owner),
    memberCap: bucket?.memberCap?.toString() ?? null,
    sharedBy: isOfOther ? of.unitAccountId : null,
    sharingCap: member?.cap ?? null,
    offeringCode: bucket?.offeringCode ?? '',
    offeringVersion: bucket?.offeringVersion ?? 0,
    validTo: bucket?.validTo ?? null,
  };
}
