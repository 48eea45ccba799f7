import type { LocalizedText, UsageUnit } from '../generated/graphql';
import type { GroupPeriodKey, StoredBucket } from '../balance/group-period';
import type { Sharing } from './sharing';

/** A sharing as GraphQL shows it; what was used comes by itself. */
export function sharingView(sharing: Sharing) {
  const { accountId, sharingId, ownerCardGroupId, memberCardGroupId, effectiveFrom, effectiveTo } = sharing;
  return {
    ...{ sharingId, ownerCardGroupId, memberCardGroupId, effectiveFrom, effectiveTo },
    account: { accountId },
    memberAccount: { accountId: sharing.memberAccountId },
    caps: sharing.caps.map(({ allowanceCode, usageClass, units }) => ({
      ...{ allowanceCode, units },
      usageClass: usageClass?.toUpperCase() ?? null,
    })),
  };
}

/** What a member has used of a shared bucket. */
export interface SharedUse {
  bucket: string;
  label: LocalizedText;
  unit: UsageUnit;
  used: string;
  cap: string | null;
  remaining: string;
}

/** What a member has used of each bucket that its owner shares with it. */
export function sharedUses(
  { ownerCardGroupId, memberCardGroupId }: Pick<Sharing, 'ownerCardGroupId' | 'memberCardGroupId'>,
  buckets: readonly (StoredBucket & Pick<GroupPeriodKey, 'cardGroupId'>)[],
): SharedUse[] {
  return buckets.flatMap((bucket) => {
    const member = bucket.users?.members.find(({ memberId }) => memberId === memberCardGroupId);
    if (bucket.cardGroupId !== ownerCardGroupId || !member) return [];
    return [
      {
        bucket: bucket.code,
        label: { en: bucket.label.en, zhCN: bucket.label['zh-CN'] },
        unit: bucket.unit.toUpperCase() as UsageUnit,
        used: (bucket.memberUsed?.[memberCardGroupId] ?? 0n).toString(),
        cap: member.cap,
        remaining: bucket.remaining.toString(),
      },
    ];
  });
}
