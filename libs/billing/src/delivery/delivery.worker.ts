import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, SystemClock, Transactions, type JsonObject } from '@ronghe/platform';
import { findDue, type AttemptKey } from '../document/attempt.store';
import { TaxInvoiceService } from '../invoice/tax-invoice.service';
import { deliverJob, invoiceJob } from './delivery.job';
import { DeliveryService } from './delivery.service';

/** Most attempts that one look for pending work lists. */
const PENDING_LIMIT = 500;

/** Deliveries and tax invoices whose next attempt is due are tried; what a queue loses is found again. */
@Injectable()
export class DeliveryWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: DeliveryService,
    private readonly invoices: TaxInvoiceService,
    private readonly clock: SystemClock,
  ) {}

  @OnJob(deliverJob)
  async deliver({ lane, billId, no }: AttemptKey): Promise<void> {
    await this.deliveries.attempt({ lane, billId, no });
  }

  @PendingWork(deliverJob)
  async pendingDeliveries(): Promise<JsonObject[]> {
    return this.pending('bill_delivery');
  }

  @OnJob(invoiceJob)
  async issue({ lane, billId, no }: AttemptKey): Promise<void> {
    await this.invoices.attempt({ lane, billId, no });
  }

  @PendingWork(invoiceJob)
  async pendingInvoices(): Promise<JsonObject[]> {
    return this.pending('tax_invoice');
  }

  private async pending(table: 'bill_delivery' | 'tax_invoice'): Promise<JsonObject[]> {
    const due = await this.transactions.read((tx) => findDue(tx, table, this.clock.now(), PENDING_LIMIT));
    return due.map(({ lane, billId, no }) => ({ lane, billId, no }));
  }
}
