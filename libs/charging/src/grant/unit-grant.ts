import type { LocalizedText, UsageClass, UsageUnit } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { BucketGrant } from '@ronghe/rating';

/** Units that were given once, for a card group or one product of it: with a top-up, by a voucher, as goodwill. */
export interface UnitGrant {
  lane: number;
  grantId: string;
  accountId: string;
  cardGroupId: string;
  /** The product that it was given to, and the offer under which it was held. */
  ownerProductId: string;
  offeringCode: string;
  offeringVersion: number;
  /** Only this product may use it; null: its card group. */
  productId: string | null;
  label: LocalizedText;
  usageClasses: UsageClass[];
  unit: UsageUnit;
  quantity: bigint;
  validFrom: Instant;
  validTo: Instant;
  priority: number;
}

/** The bucket of the period in which a grant begins; the rest goes over period ends like that of a pack of some days. */
export function bucketOfGrant(grant: UnitGrant): BucketGrant {
  const { lane: _lane, grantId, accountId: _account, cardGroupId: _group, ...described } = grant;
  return { ...described, code: `grant/${grantId}`, origin: 'base', rollover: null, rank: 'add-on' };
}
