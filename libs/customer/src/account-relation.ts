import type { AccountRelation, AccountRelationKind, AccountRelationTerms } from '@ronghe/contracts';
import { isCalendarDay, moneyFromDecimal, moneyToDecimal, zeroMoney, type LocalDate } from '@ronghe/kernel';
import type { Account } from './account';
import { customerErrors } from './customer.errors';

/** What the counter asks when one account shall do something for another; what a kind does not need is left out. */
export interface RelationRequest {
  kind: AccountRelationKind;
  ownerAccountId: string;
  memberAccountId: string;
  percent?: string | null;
  limit?: string | null;
  chargeClasses?: string[] | null;
  productIds?: string[] | null;
  /** Default 100. */
  priority?: number | null;
  /** Default true. */
  memberPays?: boolean | null;
  discountCodes?: string[] | null;
  /** Default: the accounts' today. */
  effectiveFrom?: string | null;
  effectiveTo?: string | null;
  /** Why, in a few words. */
  cause: string;
}

/** How many levels a hierarchy or a chain of sponsors may have. */
export const LEVEL_LIMIT = 16;
/** Most charge classes, products or discounts that one relation may name. */
const NAME_LIMIT = 100;
const DEFAULT_PRIORITY = 100;
const PERCENT = /^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/;

/**
 * A new relation of two accounts, which are billed together from now on.
 * @param known the relations of their lane as they are known now
 * @throws DomainError `account_relation_invalid`, `billing_group_lane`, `billing_group_cycle`, `account_prepaid`,
 * `account_relations_loop`, `account_has_parent`.
 */
export function decideRelation(
  request: RelationRequest,
  relationId: string,
  accounts: { owner: Account; member: Account },
  today: LocalDate,
  known: readonly AccountRelation[],
): AccountRelation {
  assertBilledTogether(accounts);
  const effectiveFrom = dayOf(request.effectiveFrom, 'effectiveFrom') ?? today;
  const effectiveTo = dayOf(request.effectiveTo, 'effectiveTo');
  if (effectiveTo !== null && effectiveTo <= effectiveFrom)
    throw customerErrors.relationInvalid('effectiveTo', 'it ends before it holds');
  const relation: AccountRelation = {
    relationId,
    lane: accounts.owner.lane,
    ownerAccountId: accounts.owner.accountId,
    memberAccountId: accounts.member.accountId,
    terms: termsOf(request),
    effectiveFrom,
    effectiveTo,
  };
  assertOneParent(relation, known);
  assertNoLoop(relation, known);
  return relation;
}

/**
 * The relation with another end; equal to its start it never held.
 * @throws DomainError `account_relation_invalid`, and as decideRelation where it would hold longer than before.
 */
export function endRelation(
  relation: AccountRelation,
  day: string,
  known: readonly AccountRelation[],
): AccountRelation {
  const effectiveTo = dayOf(day, 'effectiveTo');
  if (effectiveTo === null || effectiveTo < relation.effectiveFrom)
    throw customerErrors.relationInvalid('effectiveTo', 'it ends before it holds');
  const ended = { ...relation, effectiveTo };
  const others = known.filter(({ relationId }) => relationId !== relation.relationId);
  assertOneParent(ended, others);
  assertNoLoop(ended, others);
  return ended;
}

/** A billing group is drafted in one transaction of one lane, for one period (docs/adr). */
function assertBilledTogether({ owner, member }: { owner: Account; member: Account }): void {
  if (owner.accountId === member.accountId)
    throw customerErrors.relationInvalid('memberAccountId', 'an account cannot be tied to itself');
  if (owner.paymentMode === 'prepaid') throw customerErrors.accountPrepaid(owner.accountId);
  if (member.paymentMode === 'prepaid') throw customerErrors.accountPrepaid(member.accountId);
  if (owner.billDay !== member.billDay || owner.zone !== member.zone)
    throw customerErrors.groupCycle(owner, member);
  if (owner.lane !== member.lane) throw customerErrors.groupLane(owner.accountId, member.accountId);
}

function termsOf(request: RelationRequest): AccountRelationTerms {
  const chargeClasses = namesOf(request.chargeClasses, 'chargeClasses');
  const productIds = namesOf(request.productIds, 'productIds');
  switch (request.kind) {
    case 'sponsorship': {
      const { percent = '100' } = { percent: request.percent ?? undefined };
      if (!PERCENT.test(percent) || Number.parseFloat(percent) === 0)
        throw customerErrors.relationInvalid('percent', 'a share is more than 0 and at most 100 percent');
      const priority = request.priority ?? DEFAULT_PRIORITY;
      return { kind: 'sponsorship', percent, limit: limitOf(request), chargeClasses, productIds, priority };
    }
    case 'parent':
      return { kind: 'parent', memberPays: request.memberPays ?? true };
    case 'split':
      if (chargeClasses === null && productIds === null)
        throw customerErrors.relationInvalid('chargeClasses', 'say which charges are split off');
      return { kind: 'split', chargeClasses, productIds };
    case 'discount-sharing': {
      const discountCodes = namesOf(request.discountCodes, 'discountCodes');
      if (discountCodes === null)
        throw customerErrors.relationInvalid('discountCodes', 'say which discounts are shared');
      return { kind: 'discount-sharing', discountCodes };
    }
  }
}

function limitOf({ limit }: RelationRequest): string | null {
  if (limit === undefined || limit === null) return null;
  try {
    const money = moneyFromDecimal(limit);
    if (money > zeroMoney) return moneyToDecimal(money);
  } catch {
    // Told below: which of the two it is makes no difference to who asks.
  }
  throw customerErrors.relationInvalid('limit', 'a limit is yuan and fen, more than zero');
}

function namesOf(names: string[] | null | undefined, field: string): string[] | null {
  if (names === undefined || names === null) return null;
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0 || distinct.length > NAME_LIMIT || distinct.some((name) => name.trim() === ''))
    throw customerErrors.relationInvalid(field, `name 1 to ${NAME_LIMIT} of them, or leave it out for all`);
  return distinct;
}

function dayOf(text: string | null | undefined, field: string): LocalDate | null {
  if (text === undefined || text === null) return null;
  if (!isCalendarDay(text)) throw customerErrors.relationInvalid(field, 'not a day');
  return text;
}

function overlaps(a: AccountRelation, b: AccountRelation): boolean {
  const isBefore = (x: AccountRelation, y: AccountRelation) =>
    x.effectiveTo !== null && (x.effectiveTo <= y.effectiveFrom || x.effectiveTo === x.effectiveFrom);
  return !isBefore(a, b) && !isBefore(b, a);
}

function assertOneParent(relation: AccountRelation, known: readonly AccountRelation[]): void {
  if (relation.terms.kind !== 'parent') return;
  const other = known.find(
    (each) =>
      each.terms.kind === 'parent' &&
      each.memberAccountId === relation.memberAccountId &&
      overlaps(each, relation),
  );
  if (other) throw customerErrors.hasParent(relation.memberAccountId, other.ownerAccountId);
}

/** Nobody comes to pay for itself, by whatever way; relations count while they hold together with the new one. */
function assertNoLoop(relation: AccountRelation, known: readonly AccountRelation[]): void {
  const held = known.filter((each) => overlaps(each, relation));
  let reached = new Set([relation.ownerAccountId]);
  const passed = new Set<string>();
  for (let level = 0; reached.size > 0; level += 1) {
    if (reached.has(relation.memberAccountId) || level > LEVEL_LIMIT)
      throw customerErrors.relationsLoop(relation.ownerAccountId, relation.memberAccountId);
    reached.forEach((accountId) => passed.add(accountId));
    const above = held.filter(({ memberAccountId }) => reached.has(memberAccountId));
    reached = new Set(above.map((each) => each.ownerAccountId).filter((accountId) => !passed.has(accountId)));
  }
}
