import type { BucketGrant, BucketMember, Holding } from '@ronghe/rating';
import type { Sharing, SharingCap } from './sharing';

/** Codes of a member's own buckets in its owner's unit: `member/CARD-GROUP/OFFER/ALLOWANCE`, also behind `rolled/`. */
const CODE = /^(rolled\/)?(?:member\/([^/]+)\/)?/;

/** The card group to which a bucket of a unit belongs. */
export function cardGroupOfCode(code: string, unitId: string): string {
  return CODE.exec(code)?.[2] ?? unitId;
}

/** A bucket's code as the unit names it. The same bucket has another code in its card group's own unit and in its owner's. */
export function codeInUnit(code: string, cardGroupId: string, unitId: string): string {
  return code.replace(CODE, (_, rolled: string | undefined) =>
    cardGroupId === unitId ? (rolled ?? '') : `${rolled ?? ''}member/${cardGroupId}/`,
  );
}

/** What says who uses a unit's buckets. */
export interface UnitMembers {
  unitId: string;
  members: readonly Sharing[];
  /** Every product of the accounts whose card groups are in the unit. */
  holdings: readonly Holding[];
}

/**
 * A card group's bucket as the unit has it. The owner's base allowances that its cards share are shared with the members,
 * within their caps; a member's own are for it alone and go first, and add-ons stay with whoever ordered them.
 */
export function placedInUnit(grant: BucketGrant, cardGroupId: string, unit: UnitMembers): BucketGrant {
  const { users: _, ...bare } = grant;
  const code = codeInUnit(grant.code, cardGroupId, unit.unitId);
  if (unit.members.length === 0) return { ...bare, code };
  const own = productsOf(cardGroupId, unit.holdings);
  if (cardGroupId !== unit.unitId) {
    const products = grant.productId === null ? own : [grant.productId];
    return { ...bare, code, users: { own: products, members: [], goesFirst: true } };
  }
  if (grant.productId !== null) return { ...bare, code };
  const isShared = grant.rank !== 'add-on';
  const members = isShared ? unit.members.map((sharing) => memberOf(sharing, code, grant, unit)) : [];
  return { ...bare, code, users: { own, members, goesFirst: false } };
}

function memberOf(
  { memberCardGroupId, caps }: Sharing,
  code: string,
  grant: BucketGrant,
  { holdings }: UnitMembers,
): BucketMember {
  const cap = capOf(caps, code, grant);
  return {
    memberId: memberCardGroupId,
    productIds: productsOf(memberCardGroupId, holdings),
    cap: cap?.units ?? null,
    capKey: cap?.allowanceCode ?? cap?.usageClass ?? '',
  };
}

/** The cap that names the allowance, else the one of a usage class that it covers. */
function capOf(caps: readonly SharingCap[], code: string, { usageClasses }: BucketGrant): SharingCap | null {
  const [, allowanceCode] = code.replace(/^rolled\//, '').split('/');
  return (
    caps.find((cap) => cap.allowanceCode !== null && cap.allowanceCode === allowanceCode) ??
    caps.find((cap) => cap.usageClass !== null && usageClasses.includes(cap.usageClass)) ??
    null
  );
}

function productsOf(cardGroupId: string, holdings: readonly Holding[]): string[] {
  return holdings
    .filter((holding) => holding.cardGroupId === cardGroupId)
    .map(({ productId }) => productId)
    .sort();
}
