import { DomainError, moneyToDecimal, subtractMoney, sumMoney, zeroMoney, type Money } from '@ronghe/kernel';
import {
  afterAllocations,
  settleOldestFirst,
  type Allocation,
  type OpenItem,
  type Settlement,
} from '../open-item';
import { paymentAmount } from '../payment';

/** An allocation as somebody asks for it; a line where one is named. */
export interface AllocationText {
  billId: string;
  lineNo?: number | null;
  amount: string;
}

/** @throws DomainError `payment_amount_invalid`. */
export function allocationOf({ billId, lineNo, amount }: AllocationText): Allocation {
  return { billId, lineNo: lineNo ?? null, amount: paymentAmount(amount) };
}

/**
 * Hands funds first to what they are for, bills or lines of bills, then to the oldest items.
 * @throws DomainError `allocation_exceeds_open` for more than a bill has open, or a bill that has nothing open;
 *   `allocation_exceeds_funds`; `allocation_amount_invalid`.
 */
export function settleTargets(
  items: readonly OpenItem[],
  funds: Money,
  targets: readonly Allocation[],
): Settlement {
  const left = assertWithinFunds(items, funds, targets);
  const { allocations, rest } = settleOldestFirst(afterAllocations(items, targets), left);
  return { allocations: [...targets, ...allocations], rest };
}

/** What targets leave of funds. @throws DomainError as `assertWithinOpen`, and `allocation_exceeds_funds`. */
export function assertWithinFunds(
  items: readonly OpenItem[],
  funds: Money,
  targets: readonly Allocation[],
): Money {
  const left = subtractMoney(funds, assertWithinOpen(items, targets));
  if (left >= zeroMoney) return left;
  throw new DomainError('allocation_exceeds_funds', 'invalid', 'there is less money than is allocated', {
    funds: moneyToDecimal(funds),
  });
}

/** Σ targets. @throws DomainError `allocation_exceeds_open`, `allocation_amount_invalid`. */
export function assertWithinOpen(items: readonly OpenItem[], targets: readonly Allocation[]): Money {
  for (const { amount, billId } of targets) {
    if (amount > zeroMoney) continue;
    throw new DomainError('allocation_amount_invalid', 'invalid', 'an allocation is a positive amount', {
      billId,
    });
  }
  for (const billId of new Set(targets.map((target) => target.billId))) {
    const open = items.find((item) => item.billId === billId)?.open ?? zeroMoney;
    const wanted = sumMoney(targets.filter((target) => target.billId === billId).map(({ amount }) => amount));
    if (wanted <= open) continue;
    throw new DomainError('allocation_exceeds_open', 'conflict', 'more than the bill has open', {
      billId,
      open: moneyToDecimal(open),
    });
  }
  return sumMoney(targets.map(({ amount }) => amount));
}
