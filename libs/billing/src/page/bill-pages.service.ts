import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import type { Bill } from '../bill/bill';
import { BillService } from '../bill/bill.service';
import { findHistory } from '../document/bill-history.store';
import { customerNameAt } from '../projection/customer-name.store';
import { DueAmounts } from './due-amount.service';
import { dueNow, pageModel, type PageModel } from './page-model';
import { PageLinks } from './page-links.service';
import type { PageLanguage } from './page-words';

/** Gathers what a readable bill shows: the bill, whose it is, what is still due, the months before. */
@Injectable()
export class BillPages {
  constructor(
    private readonly transactions: Transactions,
    private readonly bills: BillService,
    private readonly dues: DueAmounts,
    private readonly links: PageLinks,
  ) {}

  /** The page in the browser; it says what is due now. @throws DomainError `bill_not_found`. */
  async page(
    billId: string,
    language: PageLanguage,
    urls: Pick<PageModel, 'otherLanguageUrl' | 'pdfUrl'>,
  ): Promise<PageModel> {
    const paper = await this.paper(billId, language);
    const [due] = await this.dues.of([billId]);
    return { ...paper, ...dueNow(due ?? null), ...urls };
  }

  /**
   * The bill as it was issued, for documents: the same whenever it is made, so without what has been paid since.
   * @throws DomainError `bill_not_found`.
   */
  async paper(billId: string, language: PageLanguage): Promise<PageModel> {
    return (await this.toDeliver(billId, language)).paper;
  }

  /** The same with the bill and a link to its page. @throws DomainError `bill_not_found`. */
  async toDeliver(
    billId: string,
    language: PageLanguage,
  ): Promise<{ bill: Bill; paper: PageModel; pageUrl: string }> {
    const bill = await this.bills.get(billId);
    const around = await this.transactions.read(async (tx) => ({
      history: await findHistory(tx, bill),
      customerName: await customerNameAt(tx, bill.customerId, bill.issuedAt),
    }));
    return { bill, paper: pageModel(bill, around, language), pageUrl: this.links.urlOf(billId) };
  }
}
