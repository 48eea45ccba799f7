import { Injectable } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { invoiceJob } from '../delivery/delivery.job';
import { findPlaces, holdBill } from '../delivery/delivery.store';
import { AT_ONCE } from '../document/attempt';
import { tryAgain } from '../document/attempt.store';
import { findStatements } from '../statement/statement.store';
import type { TaxInvoiceRequest } from './tax-invoice';
import { findInvoiceRequests, insertInvoiceRequest } from './tax-invoice.store';

/** What staff do with tax invoices: ask for one, try again. */
@Injectable()
export class TaxInvoiceDesk {
  constructor(private readonly transactions: Transactions) {}

  /** Asks for a bill's tax invoice; one that was asked for stays. @throws DomainError `bill_not_found`, `not_invoiced`. */
  async request(billId: string, idempotencyKey: string): Promise<{ billId: string }> {
    return this.transactions.once('billing.requestTaxInvoice', idempotencyKey, { billId }, async (tx) => {
      const bill = isId(billId) ? await holdBill(tx, billId) : null;
      if (!bill) throw billingErrors.billNotFound(billId);
      const isStatement = (await findStatements(tx, [bill.lane], [billId])).size > 0;
      if (isStatement || bill.totalFen === 0n) throw billingErrors.notInvoiced(billId);
      await insertInvoiceRequest(tx, bill);
      tx.enqueue(invoiceJob, { lane: bill.lane, billId, no: 1 });
      return { billId };
    });
  }

  /** @throws DomainError `tax_invoice_not_found`, `delivery_done`. */
  async retry(billId: string, idempotencyKey: string): Promise<{ billId: string }> {
    return this.transactions.once('billing.retryTaxInvoice', idempotencyKey, { billId }, async (tx) => {
      const bill = isId(billId) ? await holdBill(tx, billId) : null;
      const [found] = bill ? await findInvoiceRequests(tx, [bill]) : [];
      if (!found) throw billingErrors.taxInvoiceNotFound(billId);
      const key = { lane: found.lane, billId, no: 1 };
      if (!(await tryAgain(tx, 'tax_invoice', key, AT_ONCE))) throw billingErrors.deliveryDone(billId);
      tx.enqueue(invoiceJob, key);
      return { billId };
    });
  }

  /** In the order of the bills; null where nobody has asked. */
  async ofBills(billIds: readonly string[]): Promise<(TaxInvoiceRequest | null)[]> {
    const found = await this.transactions.read(async (tx) =>
      findInvoiceRequests(tx, await findPlaces(tx, billIds)),
    );
    return billIds.map((billId) => found.find((request) => request.billId === billId) ?? null);
  }
}
