import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import type { Money } from '@ronghe/kernel';
import { Hrefs, jsonNumber, Roles, selectFields, sendJson, sendTmfList } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { parseLineId, type Bill, type BillLine } from '../bill/bill';
import { BillService } from '../bill/bill.service';
import { billingErrors } from '../billing.errors';
import { DueAmounts } from '../page/due-amount.service';
import { PageLinks } from '../page/page-links.service';
import { appliedBillingRate, customerBill, customerBillRoot } from './customer-bill';

type RawQuery = Record<string, unknown>;

/** TMF678 Customer Bill Management v4, read only: bills are made by runs. */
@Controller(customerBillRoot)
export class CustomerBillController {
  constructor(
    private readonly bills: BillService,
    private readonly dues: DueAmounts,
    private readonly links: PageLinks,
  ) {}

  /** Bills, newest first; `billingAccount.id` narrows, `fields`, `offset` and `limit` as in TMF630. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('customerBill')
  async listBills(
    @Query() query: RawQuery,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'billingAccount.id' },
      read: async (accountId, page) => {
        const { bills, total } = await this.bills.page({ accountId, ...page });
        const dues = await this.dues.of(bills.map((bill) => bill.billId));
        return { resources: bills.map((bill, index) => this.view(bill, dues[index] ?? null, hrefOf)), total };
      },
    });
  }

  /** @throws DomainError `bill_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('customerBill/:id')
  async getBill(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bill = await this.bills.get(id);
    const [due] = await this.dues.of([id]);
    await sendJson(reply, selectFields(this.view(bill, due ?? null, hrefOf), fields));
  }

  /** Bill lines: of one bill with `bill.id`, else of all bills, newest bill first. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('appliedCustomerBillingRate')
  async listRates(
    @Query() query: RawQuery,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'bill.id' },
      read: async (billId, page) => {
        const { lines, total } = await this.bills.pageOfLines({ billId, ...page });
        const writing = { number: jsonNumber, hrefOf };
        return { resources: lines.map(({ bill, line }) => appliedBillingRate(bill, line, writing)), total };
      },
    });
  }

  /** @throws DomainError `bill_line_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('appliedCustomerBillingRate/:id')
  async getRate(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bill, line } = await this.line(id);
    const rate = appliedBillingRate(bill, line, { number: jsonNumber, hrefOf });
    await sendJson(reply, selectFields(rate, fields));
  }

  private async line(id: string): Promise<{ bill: Bill; line: BillLine }> {
    const place = parseLineId(id);
    const [bill] = place ? await this.bills.byIds([place.billId]) : [];
    const line = bill?.lines.find((each) => each.no === place?.no);
    if (!bill || !line) throw billingErrors.billLineNotFound(id);
    return { bill, line };
  }

  private view(bill: Bill, due: Money | null, hrefOf: HrefOf) {
    const documents = { page: this.links.urlOf(bill.billId), pdf: this.links.urlOf(bill.billId, '.pdf') };
    return customerBill(bill, due, documents, { number: jsonNumber, hrefOf });
  }
}
