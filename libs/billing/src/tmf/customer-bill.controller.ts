import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { isId, type Money } from '@ronghe/kernel';
import {
  Hrefs,
  jsonNumber,
  Roles,
  selectFields,
  sendJson,
  sendTmfPage,
  textParameter,
  tmfPageOf,
} from '@ronghe/platform';
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
    const page = tmfPageOf(query);
    const accountId = textParameter('billingAccount.id', query['billingAccount.id']) ?? null;
    const isKnowable = accountId === null || isId(accountId);
    const { bills, total } = isKnowable
      ? await this.bills.page({ accountId, ...page })
      : { bills: [], total: 0 };
    const dues = await this.dues.of(bills.map((bill) => bill.billId));
    const views = bills.map((bill, index) => this.view(bill, dues[index] ?? null, hrefOf));
    await sendTmfPage(
      reply,
      views.map((view) => selectFields(view, query['fields'])),
      total,
    );
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
    const page = tmfPageOf(query);
    const billId = textParameter('bill.id', query['bill.id']) ?? null;
    const isKnowable = billId === null || isId(billId);
    const { lines, total } = isKnowable
      ? await this.bills.pageOfLines({ billId, ...page })
      : { lines: [], total: 0 };
    const rates = lines.map(({ bill, line }) =>
      appliedBillingRate(bill, line, { number: jsonNumber, hrefOf }),
    );
    await sendTmfPage(
      reply,
      rates.map((rate) => selectFields(rate, query['fields'])),
      total,
    );
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
    return customerBill(bill, due, this.links.urlOf(bill.billId), { number: jsonNumber, hrefOf });
  }
}
