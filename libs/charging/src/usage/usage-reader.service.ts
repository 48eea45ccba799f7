import { Injectable } from '@nestjs/common';
import type { ExplainedUsage, QueryAnswer, QueryInput, UsageTotal } from '@ronghe/contracts';
import { amountToDecimal, isId, amountFromDecimal, sumAmounts } from '@ronghe/kernel';
import { OnQuery, Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts } from '../projection/account.store';
import type { StoredUsage } from './rated-usage';
import { findUsageOfTotal, findUsagePage } from './rated-usage.store';
import { UsageSources } from './usage-source.service';
import { findTotals } from './usage-total.store';
import { usageText } from './usage-text';

/** Events that an explanation of a total names at most. */
const EXPLAINED_LIMIT = 1000;

/** Reads rated usage and its totals. */
@Injectable()
export class UsageReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
  ) {}

  /** A page of an account's usage. @throws DomainError `account_not_found` */
  page(
    accountId: string,
    period: string,
    at: { after: string | null; limit: number },
  ): Promise<StoredUsage[]> {
    return this.transactions.read(async (tx) => {
      const lane = await this.laneOf(tx, accountId);
      return findUsagePage(tx, { lane, accountId, period, ...at });
    });
  }

  /** An account's totals in a period. @throws DomainError `account_not_found` */
  totals(accountId: string, period: string): Promise<UsageTotal[]> {
    return this.transactions.read((tx) => this.totalsIn(tx, accountId, period));
  }

  /** Why a total is what it is: the events behind it, in canonical order. */
  @OnQuery('charging.explainTotal')
  async explainTotal(
    { accountId, productId, period, chargeCode, limit }: QueryInput<'charging.explainTotal'>,
    tx: Tx,
  ): Promise<QueryAnswer<'charging.explainTotal'>> {
    const lane = await this.laneOf(tx, accountId);
    const at = { lane, accountId, period, productId, chargeCode, limit: Math.min(limit, EXPLAINED_LIMIT) };
    const events = await findUsageOfTotal(tx, at);
    const totals = (await this.totalsIn(tx, accountId, period)).filter(
      (total) => total.productId === productId && total.chargeCode === chargeCode,
    );
    return {
      events: events.map(explainedUsage),
      total: amountToDecimal(sumAmounts(totals.map((total) => amountFromDecimal(total.amount)))),
      eventCount: totals.reduce((sum, total) => sum + total.eventCount, 0),
    };
  }

  /** The sources that bill runs wait for. */
  @OnQuery('charging.listSources')
  async listSources(
    _input: QueryInput<'charging.listSources'>,
    tx: Tx,
  ): Promise<QueryAnswer<'charging.listSources'>> {
    return this.sources.list(tx);
  }

  private async totalsIn(tx: Tx, accountId: string, period: string): Promise<UsageTotal[]> {
    const lane = await this.laneOf(tx, accountId);
    const totals = await findTotals(tx, [{ lane, accountId, period }]);
    return totals.get(`${accountId}/${period}`) ?? [];
  }

  private async laneOf(tx: Tx, accountId: string): Promise<number> {
    const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
    if (!account)
      throw chargingError('account_not_found', 'charging does not know this account', { accountId });
    return account.lane;
  }
}

function explainedUsage(usage: StoredUsage): ExplainedUsage {
  return {
    usageId: usage.usageId,
    recordId: usage.recordId,
    usedAt: usage.usedAt,
    quantity: usage.quantity.toString(),
    unit: usage.unit,
    allowanceTakes: usage.takes.map((take) => ({ bucket: take.bucketCode, units: take.units.toString() })),
    unitsCharged: usage.unitsCharged.toString(),
    amount: amountToDecimal(usage.amount),
    text: usageText(usage),
  };
}
