import type { AccountRelation } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import { billingErrors } from '../billing.errors';
import { isInForce, relationsOf } from './relation-days';

/**
 * Who pays an account's bill on a day: itself, or the nearest ancestor that pays where it and those between do not.
 * @throws DomainError('account_relations_loop', 'conflict') where parents go round in a circle.
 */
export function payerOf(accountId: string, relations: readonly AccountRelation[], day: LocalDate): string {
  const parents = relationsOf('parent', relations).filter((relation) => isInForce(relation, day));
  const passed = new Set<string>();
  let payer = accountId;
  for (;;) {
    const parent = parents.find(
      (relation) => relation.memberAccountId === payer && !relation.terms.memberPays,
    );
    if (!parent) return payer;
    passed.add(payer);
    payer = parent.ownerAccountId;
    if (passed.has(payer)) throw billingErrors.relationsLoop(payer);
  }
}
