import { Injectable } from '@nestjs/common';
import type { DeliveryAttachment } from '@ronghe/contracts';
import { localDateOf } from '@ronghe/kernel';
import { SystemClock, Transactions } from '@ronghe/platform';
import type { Bill } from '../bill/bill';
import { afterFailure, PermanentFailure, USUAL_RETRY } from '../document/attempt';
import { claimAttempt, failAttempt, finishAttempt, type AttemptKey } from '../document/attempt.store';
import { billPdf } from '../document/bill-pdf.adapter';
import { fileNameOf } from '../document/file-name';
import { findInvoiceRequests } from '../invoice/tax-invoice.store';
import { TaxInvoiceService } from '../invoice/tax-invoice.service';
import { renderBillPage } from '../page/bill-page.adapter';
import { BillPages } from '../page/bill-pages.service';
import type { PageModel } from '../page/page-model';
import { Channels } from './channels.service';
import type { DeliveredFile, Delivery } from './delivery';
import { deliveryMessage } from './delivery-message';
import { findDeliveries } from './delivery.store';

const TABLE = 'bill_delivery';

/** Brings bills to customers. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly transactions: Transactions,
    private readonly pages: BillPages,
    private readonly channels: Channels,
    private readonly invoices: TaxInvoiceService,
    private readonly clock: SystemClock,
  ) {}

  /** One attempt; nothing when another has it, or it is done. A failure is kept with its reason. */
  async attempt(key: AttemptKey): Promise<void> {
    const claimed = await this.transactions.run((tx) => claimAttempt(tx, TABLE, key, this.clock.now()));
    if (!claimed) return;
    const [delivery] = (await this.transactions.read((tx) => findDeliveries(tx, [key]))).filter(
      ({ no }) => no === key.no,
    );
    if (!delivery) return;
    let retry = USUAL_RETRY;
    try {
      const { bill, paper, pageUrl } = await this.pages.toDeliver(key.billId, delivery.language);
      const policy = await this.invoices.policyOn(localDateOf(bill.issuedAt, bill.zone));
      retry = policy.retry;
      const files = await this.filesOf(delivery, bill, paper);
      const { sender } = policy;
      await this.channels.carry(delivery, deliveryMessage(delivery, { bill, paper, pageUrl, sender }, files));
      await this.transactions.run((tx) => finishAttempt(tx, TABLE, key, this.clock.now()));
    } catch (error) {
      const next = afterFailure(error, claimed.attempts, retry, this.clock.now());
      await this.transactions.run((tx) => failAttempt(tx, TABLE, key, next));
    }
  }

  private async filesOf({ attachments }: Delivery, bill: Bill, paper: PageModel): Promise<DeliveredFile[]> {
    const files = await Promise.all(attachments.map((attachment) => this.file(attachment, bill, paper)));
    return files.flat();
  }

  private async file(attachment: DeliveryAttachment, bill: Bill, paper: PageModel): Promise<DeliveredFile[]> {
    switch (attachment) {
      case 'pdf': {
        const content = Buffer.concat((await billPdf(paper).toArray()) as Buffer[]);
        return [{ fileName: fileNameOf(bill.number, 'pdf'), contentType: 'application/pdf', content }];
      }
      case 'html': {
        const content = Buffer.from(renderBillPage(paper));
        return [
          { fileName: fileNameOf(bill.number, 'html'), contentType: 'text/html; charset=utf-8', content },
        ];
      }
      case 'tax-invoice':
        return this.invoiceFiles(bill);
    }
  }

  /** None where the bill has no tax invoice. @throws Error while it has no number, PermanentFailure when it will get none. */
  private async invoiceFiles(bill: Bill): Promise<DeliveredFile[]> {
    const [request] = await this.transactions.read((tx) => findInvoiceRequests(tx, [bill]));
    if (request?.state === 'waiting') throw new Error('the tax invoice has no number yet');
    if (request?.state === 'dead') throw new PermanentFailure(`no tax invoice: ${request.lastError ?? ''}`);
    return (request?.invoices ?? []).map(({ number, xml }) => ({
      fileName: fileNameOf(`invoice-${number}`, 'xml'),
      contentType: 'application/xml',
      content: Buffer.from(xml),
    }));
  }
}
