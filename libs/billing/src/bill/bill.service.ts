import { Injectable } from '@nestjs/common';
import type { ExplainedUsage } from '@ronghe/contracts';
import { isDomainError, isId, moneyToDecimal } from '@ronghe/kernel';
import { recompute } from '@ronghe/rating';
import { Queries, Transactions } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { findAccountsOf } from '../projection/account.store';
import { parseLineId, type Bill, type BillLine } from './bill';
import { findBillIdByNumber } from './bill-number.store';
import { findBills, listBillIds, pageOfBillIds, pageOfLinePlaces } from './bill.store';

/** Most usage events that an explanation lists. */
const EVENT_LIMIT = 100;

export interface LineExplanation {
  bill: Bill;
  line: BillLine;
  /** The figure that comes out when every operation is carried out again from its operands. */
  recomputed: string;
  isReached: boolean;
  /** The usage behind the line, as charging keeps it; empty for fees. */
  events: ExplainedUsage[];
  /** Null when charging could not be asked. */
  eventCount: number | null;
}

/** Reads published bills and explains their lines. */
@Injectable()
export class BillService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queries: Queries,
  ) {}

  /** Bills in the order of the ids; null where there is none. */
  async byIds(billIds: readonly string[]): Promise<(Bill | null)[]> {
    const bills = await this.transactions.read((tx) => findBills(tx, billIds.filter(isId)));
    return billIds.map((billId) => bills.find((bill) => bill.billId === billId) ?? null);
  }

  /** @throws DomainError `bill_not_found`. */
  async get(billId: string): Promise<Bill> {
    const [bill] = await this.byIds([billId]);
    if (!bill) throw billingErrors.billNotFound(billId);
    return bill;
  }

  /** The bill with this number, as it is printed; null when there is none. */
  async byNumber(number: string): Promise<Bill | null> {
    const billId = await this.transactions.read((tx) => findBillIdByNumber(tx, number.trim()));
    return billId === null ? null : ((await this.byIds([billId]))[0] ?? null);
  }

  /** Bills of each account, newest first. */
  async ofAccounts(
    accountIds: readonly string[],
    page: { after: string | null; limit: number },
  ): Promise<Bill[][]> {
    return this.transactions.read(async (tx) => {
      const ids = await listBillIds(tx, accountIds.filter(isId), page);
      const bills = await findBills(
        tx,
        ids.map(({ billId }) => billId),
      );
      return accountIds.map((accountId) =>
        bills.filter((bill) => bill.accountId === accountId).sort(newestFirst),
      );
    });
  }

  /** Bills of each customer over all accounts, newest first. */
  async ofCustomers(
    customerIds: readonly string[],
    page: { after: string | null; limit: number },
  ): Promise<Bill[][]> {
    const accounts = await this.transactions.read((tx) => findAccountsOf(tx, customerIds.filter(isId)));
    const perAccount = await this.ofAccounts(
      accounts.map((account) => account.accountId),
      page,
    );
    return customerIds.map((customerId) =>
      perAccount
        .flat()
        .filter((bill) => bill.customerId === customerId)
        .sort(newestFirst)
        .slice(0, page.limit),
    );
  }

  /** A page over all bills, or one account's, newest first. */
  async page(page: {
    accountId: string | null;
    offset: number;
    limit: number;
  }): Promise<{ bills: Bill[]; total: number }> {
    return this.transactions.read(async (tx) => {
      const { billIds, total } = await pageOfBillIds(tx, page);
      return { bills: (await findBills(tx, billIds)).sort(newestFirst), total };
    });
  }

  /** A page over the lines of all bills, or one bill's, newest bill first. */
  async pageOfLines(page: {
    billId: string | null;
    offset: number;
    limit: number;
  }): Promise<{ lines: { bill: Bill; line: BillLine }[]; total: number }> {
    return this.transactions.read(async (tx) => {
      const { places, total } = await pageOfLinePlaces(tx, page);
      const bills = await findBills(tx, [...new Set(places.map((place) => place.billId))]);
      const lines = places.flatMap(({ billId, no }) => {
        const bill = bills.find((each) => each.billId === billId);
        const line = bill?.lines.find((each) => each.no === no);
        return bill && line ? [{ bill, line }] : [];
      });
      return { lines, total };
    });
  }

  /**
   * Recomputes a line from its stored operations, and asks charging for the usage behind it.
   * @throws DomainError `bill_line_not_found`.
   */
  async explain(lineId: string): Promise<LineExplanation> {
    const place = parseLineId(lineId);
    const [bill] = place ? await this.byIds([place.billId]) : [];
    const line = bill?.lines.find((each) => each.no === place?.no);
    if (!bill || !line) throw billingErrors.billLineNotFound(lineId);
    const recomputed = recompute(line.explanation);
    const usage = await this.usageBehind(bill, line);
    return { bill, line, recomputed, isReached: recomputed === moneyToDecimal(line.net), ...usage };
  }

  private async usageBehind(
    bill: Bill,
    line: BillLine,
  ): Promise<Pick<LineExplanation, 'events' | 'eventCount'>> {
    // Of a price that was mended there is a total for each version, with the same events behind them.
    const totals = new Map(
      line.references.flatMap((reference) =>
        reference.kind === 'usage'
          ? [[`${reference.productId}/${reference.chargeCode}`, reference] as const]
          : [],
      ),
    );
    const period = line.servicePeriod;
    try {
      const answers = await Promise.all(
        [...totals.values()].map(({ productId, chargeCode }) =>
          this.queries.ask('charging.explainTotal', {
            accountId: line.accountId ?? bill.accountId,
            productId,
            period,
            chargeCode,
            limit: EVENT_LIMIT,
          }),
        ),
      );
      const eventCount = answers.reduce((sum, answer) => sum + answer.eventCount, 0);
      return { events: answers.flatMap((answer) => answer.events).slice(0, EVENT_LIMIT), eventCount };
    } catch (error) {
      // The bill explains itself without charging; only the single events are missing then.
      if (isDomainError(error) && error.kind === 'unavailable') return { events: [], eventCount: null };
      throw error;
    }
  }
}

function newestFirst(a: Bill, b: Bill): number {
  return a.billId < b.billId ? 1 : -1;
}
