import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { isId, type Money } from '@ronghe/kernel';
import { jsonNumber, Roles, sendJson } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { parseLineId, type Bill, type BillLine } from '../bill/bill';
import { BillService } from '../bill/bill.service';
import { billingErrors } from '../billing.errors';
import { DueAmounts } from '../page/due-amount.service';
import { PageLinks } from '../page/page-links.service';
import { appliedBillingRate, customerBill, customerBillRoot, selectFields } from './customer-bill';
import { listQuery, textParameter } from './page-query';

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
  async listBills(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const { offset, limit, fields } = listQuery(query);
    const accountId = textParameter(query['billingAccount.id'], 'billingAccount.id') ?? null;
    const isKnowable = accountId === null || isId(accountId);
    const { bills, total } = isKnowable
      ? await this.bills.page({ accountId, offset, limit })
      : { bills: [], total: 0 };
    const dues = await this.dues.of(bills.map((bill) => bill.billId));
    counted(reply, total, bills.length);
    await sendJson(
      reply,
      bills.map((bill, index) => selectFields(this.view(bill, dues[index] ?? null), fields)),
    );
  }

  /** @throws DomainError `bill_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('customerBill/:id')
  async getBill(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bill = await this.bills.get(id);
    const [due] = await this.dues.of([id]);
    await sendJson(reply, selectFields(this.view(bill, due ?? null), listQuery(query).fields));
  }

  /** Bill lines: of one bill with `bill.id`, else of all bills, newest bill first. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('appliedCustomerBillingRate')
  async listRates(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const { offset, limit, fields } = listQuery(query);
    const billId = textParameter(query['bill.id'], 'bill.id') ?? null;
    const isKnowable = billId === null || isId(billId);
    const { lines, total } = isKnowable
      ? await this.bills.pageOfLines({ billId, offset, limit })
      : { lines: [], total: 0 };
    counted(reply, total, lines.length);
    await sendJson(
      reply,
      lines.map(({ bill, line }) => selectFields(appliedBillingRate(bill, line, jsonNumber), fields)),
    );
  }

  /** @throws DomainError `bill_line_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('appliedCustomerBillingRate/:id')
  async getRate(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bill, line } = await this.line(id);
    await sendJson(reply, selectFields(appliedBillingRate(bill, line, jsonNumber), listQuery(query).fields));
  }

  private async line(id: string): Promise<{ bill: Bill; line: BillLine }> {
    const place = parseLineId(id);
    const [bill] = place ? await this.bills.byIds([place.billId]) : [];
    const line = bill?.lines.find((each) => each.no === place?.no);
    if (!bill || !line) throw billingErrors.billLineNotFound(id);
    return { bill, line };
  }

  private view(bill: Bill, due: Money | null) {
    return customerBill(bill, due, this.links.urlOf(bill.billId), jsonNumber);
  }
}

function counted(reply: FastifyReply, total: number, shown: number): void {
  reply.header('x-total-count', String(total)).header('x-result-count', String(shown));
}
