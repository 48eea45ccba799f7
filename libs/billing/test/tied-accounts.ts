import type { AccountRelation, AccountRelationTerms } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { familyOf, type Family } from './golden-family';
import type { Publisher } from './publish';

/** Families in balance groups of their own, all in the lane of the first, as accounts that pay for each other are. */
export function familiesInOneLane(...seeds: [number, ...number[]]): Family[] {
  const families = seeds.map(familyOf);
  const lane = families[0]?.lane ?? 0;
  return families.map(({ account, products }) => ({
    account: { ...account, lane },
    products: products.map((product) => ({ ...product, lane })),
    lane,
  }));
}

/** A relation of two families. `no` keeps ids apart. */
export function relationOf(
  no: number,
  [owner, member]: readonly [Family, Family],
  terms: AccountRelationTerms,
  [from, to]: readonly [string, string?],
): AccountRelation {
  return {
    relationId: `00000000-0000-7000-9000-${no.toString().padStart(12, '0')}`,
    lane: owner.lane,
    ownerAccountId: owner.account.accountId,
    memberAccountId: member.account.accountId,
    terms,
    effectiveFrom: parseLocalDate(from),
    effectiveTo: to === undefined ? null : parseLocalDate(to),
  };
}

/** What customer says of a relation. */
export async function publishRelation(
  operator: Publisher,
  relation: AccountRelation,
  version = 1,
): Promise<void> {
  const { relationId, lane } = relation;
  const fact = { aggregateId: relationId, lane, version, payload: relation };
  await operator.publish('account-relation.changed.v1', fact);
}
