import { DomainError, moneyToDecimal, subtractMoney, sumMoney, zeroMoney, type Money } from '@ronghe/kernel';
import type { StandingAllocation } from '../account-ledger';
import type { Allocation } from '../open-item';

/** What a line of a bill comes to, tax included. */
export interface LineAmount {
  billId: string;
  no: number;
  amount: Money;
}

/**
 * Holds allocations to lines to what the lines come to, less what was allocated to them before.
 * @throws DomainError `line_not_found`, `allocation_exceeds_open`.
 */
export function assertWithinLines(
  lines: readonly LineAmount[],
  standing: readonly StandingAllocation[],
  targets: readonly Allocation[],
): void {
  const wanted = new Map<string, Money>();
  for (const { billId, lineNo, amount } of targets) {
    if (lineNo === null || lineNo === undefined) continue;
    const line = lines.find((each) => each.billId === billId && each.no === lineNo);
    if (!line) throw lineNotFound(billId, lineNo);
    const taken = standing.filter((each) => each.billId === billId && each.lineNo === lineNo);
    const key = `${billId}/${lineNo}`;
    const sum = sumMoney([wanted.get(key) ?? zeroMoney, amount]);
    wanted.set(key, sum);
    const left = subtractMoney(line.amount, sumMoney(taken.map((each) => each.amount)));
    if (sum <= left) continue;
    throw new DomainError('allocation_exceeds_open', 'conflict', 'more than the line has open', {
      ...{ billId, lineNo },
      open: moneyToDecimal(left),
    });
  }
}

/** The bill has fewer lines. */
export function lineNotFound(billId: string, lineNo: number): DomainError {
  return new DomainError('line_not_found', 'not_found', 'the bill has no such line', { billId, lineNo });
}
