import { amountToDecimal } from '@ronghe/kernel';
import type { BucketTake, RatedPart } from '@ronghe/rating';
import type { StoredBucket } from '../balance/group-period';

/** Product text exists in two languages; anything else is answered in English. */
export function languageOf(text: string): 'en' | 'zh-CN' {
  return text === 'zh-CN' ? 'zh-CN' : 'en';
}

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

/** What was taken from a bucket, with what the bucket is. */
export function sourceView(
  { bucketCode, units }: BucketTake,
  bucket: StoredBucket | undefined,
  cardOf: (productId: string) => string | null,
) {
  const owner = bucket?.ownerProductId ?? bucket?.productId ?? null;
  return {
    bucket: bucketCode,
    units: units.toString(),
    labels: bucket?.label ?? { en: bucketCode, 'zh-CN': bucketCode },
    origin: bucket?.origin.toUpperCase() ?? 'BASE',
    rank: bucket?.rank === 'add-on' ? ('ADD_ON' as const) : ('BASE' as const),
    ownerCard: owner === null ? null : cardOf(owner),
    memberCap: bucket?.memberCap?.toString() ?? null,
    offeringCode: bucket?.offeringCode ?? '',
    offeringVersion: bucket?.offeringVersion ?? 0,
    validTo: bucket?.validTo ?? null,
  };
}
