import type { AccountRelation } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { SharedDiscount } from '@ronghe/rating';
import { isInForce, relationsOf } from './relation-days';

/** Who uses whose discounts on a day: as discounts themselves, those of a period's last day count. */
export function sharedDiscountsOn(day: LocalDate, relations: readonly AccountRelation[]): SharedDiscount[] {
  return relationsOf('discount-sharing', relations)
    .filter((relation) => isInForce(relation, day))
    .map(({ ownerAccountId, memberAccountId, terms }) => ({
      ownerAccountId,
      memberAccountId,
      codes: terms.discountCodes,
    }));
}
