import type { AccountRelation } from '@ronghe/contracts';
import type { BillPeriod } from '@ronghe/kernel';
import { daysInForce } from './relation-days';

/** Relations of which both sides are billed now; of the others the side that is, where they hold in the period. */
export function bothSides(
  relations: readonly AccountRelation[],
  accountIds: ReadonlySet<string>,
  period: BillPeriod,
): { whole: AccountRelation[]; apart: ReadonlySet<string> } {
  const isThere = ({ ownerAccountId, memberAccountId }: AccountRelation) =>
    accountIds.has(ownerAccountId) && accountIds.has(memberAccountId);
  const apart = relations
    .filter((relation) => !isThere(relation) && daysInForce(relation, period) > 0)
    .flatMap(({ ownerAccountId, memberAccountId }) => [ownerAccountId, memberAccountId])
    .filter((accountId) => accountIds.has(accountId));
  return { whole: relations.filter(isThere), apart: new Set(apart) };
}
