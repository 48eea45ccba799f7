import { Injectable } from '@nestjs/common';
import { localDateOf, type LocalDate } from '@ronghe/kernel';
import { isPolicyInForce } from '@ronghe/rating';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import type { Bill, BillLine } from '../bill/bill';
import { BillService } from '../bill/bill.service';
import { billingErrors } from '../billing.errors';
import { findWish, readDeliveryPolicies } from '../delivery/delivery-wish.store';
import { afterFailure, USUAL_RETRY } from '../document/attempt';
import { claimAttempt, failAttempt, finishAttempt, type AttemptKey } from '../document/attempt.store';
import { checkInvoiceXml } from './invoice-schema.adapter';
import {
  invoiceParts,
  issuedInvoice,
  PERSON,
  taxInvoice,
  type IssuedInvoice,
  type TaxInvoice,
} from './tax-invoice';
import { taxInvoiceXml } from './tax-invoice-xml';
import { chargeName, findChargingBills, findInvoiceRequests, saveInvoices } from './tax-invoice.store';
import { TaxPlatform } from './tax-platform';

const TABLE = 'tax_invoice';

/** Has the tax platform number the invoices of bills. */
@Injectable()
export class TaxInvoiceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly bills: BillService,
    private readonly platform: TaxPlatform,
    private readonly clock: SystemClock,
  ) {}

  /** One attempt. A failure is kept with its reason, and tried again after a pause. */
  async attempt(key: AttemptKey): Promise<void> {
    const claimed = await this.transactions.run((tx) => claimAttempt(tx, TABLE, key, this.clock.now()));
    if (!claimed) return;
    let retry = USUAL_RETRY;
    try {
      const bill = await this.bills.get(key.billId);
      const policy = await this.policyOn(localDateOf(bill.issuedAt, bill.zone));
      retry = policy.retry;
      const issued: IssuedInvoice[] = [];
      // One after the other: the platform is asked about one invoice at a time, and most bills have one.
      for (const invoice of await this.invoicesOf(bill, policy)) issued.push(await this.issue(invoice));
      await this.transactions.run(async (tx) => {
        await saveInvoices(tx, key, issued);
        await finishAttempt(tx, TABLE, key, this.clock.now());
      });
    } catch (error) {
      const next = afterFailure(error, claimed.attempts, retry, this.clock.now());
      await this.transactions.run((tx) => failAttempt(tx, TABLE, key, next));
    }
  }

  /**
   * The policy on delivery of a day.
   * @throws DomainError `delivery_policy_missing`.
   */
  async policyOn(day: LocalDate) {
    const policies = await this.transactions.read((tx) => readDeliveryPolicies(tx));
    const policy = policies.find((each) => isPolicyInForce(each, day));
    if (!policy) throw billingErrors.deliveryPolicyMissing(day);
    return policy;
  }

  private async issue(invoice: TaxInvoice): Promise<IssuedInvoice> {
    const xml = taxInvoiceXml(invoice);
    await checkInvoiceXml(xml);
    const { requestId } = invoice;
    return issuedInvoice(invoice, await this.platform.submit({ requestId, xml }), xml);
  }

  private async invoicesOf(
    bill: Bill,
    policy: Awaited<ReturnType<TaxInvoiceService['policyOn']>>,
  ): Promise<TaxInvoice[]> {
    return this.transactions.read(async (tx) => {
      const wish = await findWish(tx, bill);
      const buyer = wish?.buyerName ? { name: wish.buyerName, taxNumber: wish.buyerTaxNumber } : PERSON;
      const parts = invoiceParts(bill, await creditedBy(tx, bill));
      const numbers = await numbersOf(
        tx,
        bill,
        parts.flatMap(({ creditsBill }) => creditsBill ?? []),
      );
      return parts.flatMap((part) => {
        const credits = part.creditsBill === null ? null : numbers.get(part.creditsBill);
        // What was never invoiced needs no red invoice.
        return credits === undefined ? [] : [taxInvoice(bill, part, { policy, buyer, credits })];
      });
    });
  }
}

/** What a line takes back, where it does: by the line that it names, or the bill that first charged the same. */
async function creditedBy(tx: Tx, bill: Bill): Promise<(line: BillLine) => string | null> {
  if (bill.total >= 0n) return () => null;
  const charged = await findChargingBills(tx, bill);
  return (line) => line.creditsLine?.billId ?? charged.get(chargeName(line.servicePeriod, line.key)) ?? null;
}

/** The numbers of the invoices of bills of an account; bills without one are left out. */
async function numbersOf(tx: Tx, { lane }: Bill, billIds: readonly string[]): Promise<Map<string, string>> {
  const requests = await findInvoiceRequests(
    tx,
    billIds.map((billId) => ({ lane, billId })),
  );
  const open = requests.find(({ state }) => state !== 'done');
  if (open) throw new Error(`the invoice of bill ${open.billId} that is taken back has no number yet`);
  return new Map(
    requests.flatMap(({ billId, invoices: [invoice] }) =>
      invoice ? [[billId, invoice.number] as const] : [],
    ),
  );
}
