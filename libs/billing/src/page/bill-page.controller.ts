import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { Role } from '@ronghe/contracts';
import { Public, requestContext } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { BillService } from '../bill/bill.service';
import { billingErrors } from '../billing.errors';
import { renderBillPage } from './bill-page.adapter';
import { DueAmounts } from './due-amount.service';
import { pageModel } from './page-model';
import { PageLinks } from './page-links.service';
import { languageOf } from './page-words';

const readers: readonly Role[] = ['counter', 'billing', 'operations'];

/** The readable bill: for staff with their token, for anybody with a link that the API gave out. */
@Controller('bills')
export class BillPageController {
  constructor(
    private readonly bills: BillService,
    private readonly links: PageLinks,
    private readonly dues: DueAmounts,
  ) {}

  /** Public, because the link is the permission; it is checked before anything is read. */
  @Public()
  @Get(':id')
  async page(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const token = textOf(query['t']);
    if (!isReader() && !(token && this.links.opens(token, id))) throw billingErrors.pageLinkInvalid();
    const bill = await this.bills.get(id);
    const [due] = await this.dues.of([id]);
    const language = languageOf(textOf(query['lang']), acceptLanguage);
    const other = new URLSearchParams({
      ...(token ? { t: token } : {}),
      lang: language === 'en' ? 'zh-CN' : 'en',
    });
    const html = renderBillPage(pageModel(bill, due ?? null, language, `?${other.toString()}`));
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', language)
      .header('cache-control', 'private, no-store')
      .header('referrer-policy', 'no-referrer')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      )
      .send(html);
  }
}

/** A query parameter that was given twice is none. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isReader(): boolean {
  const { actor } = requestContext();
  return actor !== null && readers.some((role) => actor.roles.includes(role));
}
