import { Injectable } from '@nestjs/common';
import { moneyFromDecimal } from '@ronghe/kernel';
import { Queries, type Tx } from '@ronghe/platform';
import type { Allocation } from '../open-item';
import type { AllocationText } from './target';
import { findStandingOfBills } from './allocation.store';
import { assertWithinLines, type LineAmount } from './line-limit';

/** What lines of bills come to: billing knows. It is asked only where somebody names a line. */
@Injectable()
export class BillLines {
  constructor(private readonly queries: Queries) {}

  /** The lines of the bills of which lines are named; asked before the transaction, since bills never change. */
  async of(allocations: readonly AllocationText[] = []): Promise<LineAmount[]> {
    const named = allocations.filter(({ lineNo }) => lineNo !== null && lineNo !== undefined);
    const billIds = [...new Set(named.map(({ billId }) => billId))];
    if (billIds.length === 0) return [];
    const { lines } = await this.queries.ask('billing.getBillLines', { billIds });
    return lines.map(({ billId, no, amount }) => ({ billId, no, amount: moneyFromDecimal(amount) }));
  }

  /** @throws DomainError `line_not_found`, `allocation_exceeds_open`. */
  async assertWithin(
    tx: Tx,
    account: { lane: number; accountId: string },
    lines: readonly LineAmount[],
    targets: readonly Allocation[],
  ): Promise<void> {
    const named = targets.filter(({ lineNo }) => lineNo !== null && lineNo !== undefined);
    if (named.length === 0) return;
    const billIds = named.map(({ billId }) => billId);
    assertWithinLines(lines, await findStandingOfBills(tx, account, billIds), targets);
  }
}
