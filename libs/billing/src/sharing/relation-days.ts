import type { AccountRelation, AccountRelationTerms } from '@ronghe/contracts';
import { daysBetween, type BillPeriod, type LocalDate } from '@ronghe/kernel';

/** A relation of one kind. */
export type RelationOf<K extends AccountRelationTerms['kind']> = Omit<AccountRelation, 'terms'> & {
  terms: Extract<AccountRelationTerms, { kind: K }>;
};

/** The relations of one kind, in an order that does not depend on the input's. */
export function relationsOf<K extends AccountRelationTerms['kind']>(
  kind: K,
  relations: readonly AccountRelation[],
): RelationOf<K>[] {
  return relations
    .filter((relation): relation is RelationOf<K> => relation.terms.kind === kind)
    .sort((a, b) => (a.relationId < b.relationId ? -1 : 1));
}

/** Whether a relation is in force on a day. */
export function isInForce(
  { effectiveFrom, effectiveTo }: Pick<AccountRelation, 'effectiveFrom' | 'effectiveTo'>,
  day: LocalDate,
): boolean {
  return effectiveFrom <= day && (effectiveTo === null || day < effectiveTo);
}

/** On how many days of a period a relation is in force. */
export function daysInForce(
  { effectiveFrom, effectiveTo }: Pick<AccountRelation, 'effectiveFrom' | 'effectiveTo'>,
  { firstDay, endDay }: BillPeriod,
): number {
  const from = effectiveFrom > firstDay ? effectiveFrom : firstDay;
  const to = effectiveTo !== null && effectiveTo < endDay ? effectiveTo : endDay;
  return from < to ? daysBetween(from, to) : 0;
}

/** Whether a relation's terms reach a line. */
export function covers(
  terms: { chargeClasses: string[] | null; productIds: string[] | null },
  line: { chargeClass: string; productId: string | null },
): boolean {
  const isOfClass = terms.chargeClasses === null || terms.chargeClasses.includes(line.chargeClass);
  const isOfProduct =
    terms.productIds === null || (line.productId !== null && terms.productIds.includes(line.productId));
  return isOfClass && isOfProduct;
}
