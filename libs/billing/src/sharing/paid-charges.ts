import type { AccountRelation } from '@ronghe/contracts';
import { addDays, type BillPeriod, type LocalDate } from '@ronghe/kernel';
import type { ChargeLine } from '../bill/charge-line';
import { payerOf } from './payers';
import { covers, isInForce, relationsOf } from './relation-days';
import { transfersOf, transfersOfOnce, type Transfer } from './transfers';

/** An account of a billing group with what it is charged. */
export interface AccountCharges {
  accountId: string;
  lines: readonly ChargeLine[];
}

/** The charges of a service period with who pays them: split off, sponsored, paid by a parent, in this order. */
export function paidCharges(
  accounts: readonly AccountCharges[],
  relations: readonly AccountRelation[],
  period: BillPeriod,
): ChargeLine[][] {
  const lastDay = addDays(period.endDay, -1);
  return paid(
    accounts,
    relations,
    () => lastDay,
    (own, of) => transfersOf(own, period, of),
  );
}

/** The same of one-time charges, each by the relations on its day. */
export function paidOnce(
  accounts: readonly AccountCharges[],
  relations: readonly AccountRelation[],
): ChargeLine[][] {
  return paid(accounts, relations, (line) => line.serviceDate, transfersOfOnce);
}

type ChargesOf = (accountId: string) => readonly ChargeLine[];

function paid(
  accounts: readonly AccountCharges[],
  given: readonly AccountRelation[],
  dayOf: (line: ChargeLine) => LocalDate,
  transfers: (relations: readonly AccountRelation[], chargesOf: ChargesOf) => Transfer[],
): ChargeLine[][] {
  const ids = new Set(accounts.map(({ accountId }) => accountId));
  // Both sides are written at once, or neither: the difference is written when both are billed.
  const relations = given.filter(
    ({ ownerAccountId, memberAccountId }) => ids.has(ownerAccountId) && ids.has(memberAccountId),
  );
  if (relations.length === 0) return accounts.map(({ lines }) => [...lines]);
  const split = accounts.map(({ accountId, lines }) => ({
    accountId,
    lines: lines.map((line) => splitOff(accountId, line, { relations, day: dayOf(line) })),
  }));
  const chargesOf: ChargesOf = (accountId) =>
    split.find((each) => each.accountId === accountId)?.lines.filter((line) => line.payer === undefined) ??
    [];
  const moved = transfers(relations, chargesOf);
  return split.map(({ accountId, lines }) => {
    const own = moved.filter((each) => each.accountId === accountId).map(({ line }) => line);
    return [...lines, ...own].map((line) =>
      line.payer === undefined ? paidBy(accountId, line, payerOf(accountId, relations, dayOf(line))) : line,
    );
  });
}

/** A line that another account has agreed to pay in whole goes on the bill of whoever pays for that one. */
function splitOff(
  accountId: string,
  line: ChargeLine,
  { relations, day }: { relations: readonly AccountRelation[]; day: LocalDate },
): ChargeLine {
  const split = relationsOf('split', relations).find(
    (relation) =>
      relation.memberAccountId === accountId && isInForce(relation, day) && covers(relation.terms, line),
  );
  return split ? paidBy(accountId, line, payerOf(split.ownerAccountId, relations, day)) : line;
}

function paidBy(accountId: string, line: ChargeLine, payer: string): ChargeLine {
  return payer === accountId ? line : { ...line, payer };
}
