import { moneyToDecimal } from '@ronghe/kernel';
import type { Aging } from '../aging/aging';
import type { StandingAllocation } from '../account-ledger';
import { methodName } from '../payment-method-name';
import type { MovementAnswer } from './movement';

/** A movement as GraphQL shows it. */
export function movementView(movement: MovementAnswer) {
  const { accountId, kind, method, ...shown } = movement;
  return {
    ...shown,
    account: { accountId },
    kind: nameOf(kind),
    method: method === null ? null : methodName(method),
  };
}

/** An allocation that stands, as GraphQL shows it. */
export function settledPartView({
  allocationId,
  billId,
  lineNo,
  amount,
  sourceKind,
  sourceId,
}: StandingAllocation) {
  return {
    ...{ allocationId, bill: { id: billId }, lineNo, amount: moneyToDecimal(amount) },
    ...{ source: nameOf(sourceKind), sourceId },
  };
}

/** What is owed by age, as GraphQL shows it. */
export function agingView(aging: Aging): Record<keyof Aging, string> {
  const { notDue, days0To30, days31To60, days61To90, over90Days, disputed, instalment } = aging;
  return {
    notDue: moneyToDecimal(notDue),
    days0To30: moneyToDecimal(days0To30),
    days31To60: moneyToDecimal(days31To60),
    days61To90: moneyToDecimal(days61To90),
    over90Days: moneyToDecimal(over90Days),
    disputed: moneyToDecimal(disputed),
    instalment: moneyToDecimal(instalment),
  };
}

/** credit-note → CREDIT_NOTE. */
function nameOf(kind: string): string {
  return kind.toUpperCase().replaceAll('-', '_');
}
