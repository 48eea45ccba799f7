import type { UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';

/** How much a member may use in a period: of one allowance, or of all allowances of a usage class together. */
export interface SharingCap {
  /** The allowance's code in its offer: `data`. Null: as `usageClass` says. */
  allowanceCode: string | null;
  usageClass: UsageClass | null;
  /** Whole units of the allowance, as decimal text; `0`: not shared. */
  units: string;
}

/** That a card group uses the base allowances of another one of its account or balance group, from one period start to another. */
export interface Sharing {
  lane: number;
  sharingId: string;
  /** The accounts that may share; all have one lane and one bill cycle. */
  balanceGroupId: string;
  /** The owner's. */
  accountId: string;
  memberAccountId: string;
  ownerCardGroupId: string;
  memberCardGroupId: string;
  caps: SharingCap[];
  /** Starts of bill periods. */
  effectiveFrom: Instant;
  effectiveTo: Instant | null;
}

/** Whether a sharing holds at an instant. */
export function holdsAt({ effectiveFrom, effectiveTo }: Sharing, at: Instant): boolean {
  return effectiveFrom <= at && (effectiveTo === null || at < effectiveTo);
}

/** Whether a sharing holds at any time from an instant on. */
function holdsAfter({ effectiveTo }: Sharing, from: Instant): boolean {
  return effectiveTo === null || effectiveTo > from;
}

/** Why a card group cannot use another's allowances from an instant on; null: it can. A member owns nothing that is shared. */
export function conflictOf(
  wanted: Pick<Sharing, 'ownerCardGroupId' | 'memberCardGroupId' | 'effectiveFrom'>,
  known: readonly Sharing[],
): 'itself' | 'member-already' | 'owner-is-member' | 'member-is-owner' | null {
  const { ownerCardGroupId: owner, memberCardGroupId: member } = wanted;
  if (owner === member) return 'itself';
  const open = known.filter((each) => holdsAfter(each, wanted.effectiveFrom));
  if (open.some((each) => each.memberCardGroupId === member)) return 'member-already';
  if (open.some((each) => each.memberCardGroupId === owner)) return 'owner-is-member';
  if (open.some((each) => each.ownerCardGroupId === member)) return 'member-is-owner';
  return null;
}
