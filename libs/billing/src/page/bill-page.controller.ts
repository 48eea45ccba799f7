import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { Role } from '@ronghe/contracts';
import { Public, requestContext } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { billingErrors } from '../billing.errors';
import { renderBillPage } from './bill-page.adapter';
import { billPdf } from '../document/bill-pdf.adapter';
import { fileNameOf } from '../document/file-name';
import { BillPages } from './bill-pages.service';
import { PageLinks } from './page-links.service';
import { languageOf, type PageLanguage } from './page-words';

/** What the address of a bill ends with where it is asked for as a PDF. */
const PDF = '.pdf';

const readers: readonly Role[] = ['counter', 'billing', 'operations'];

/** The readable bill: for staff with their token, for anybody with a link that the API gave out. */
@Controller('bills')
export class BillPageController {
  constructor(
    private readonly pages: BillPages,
    private readonly links: PageLinks,
  ) {}

  /** Public, because the link is the permission; it is checked before anything is read. `ID.pdf` is the same as a PDF. */
  @Public()
  @Get(':name')
  async page(
    @Param('name') name: string,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isPdf = name.endsWith(PDF);
    const id = isPdf ? name.slice(0, -PDF.length) : name;
    const token = textOf(query['t']);
    if (!isReader() && !(token && this.links.opens(token, id))) throw billingErrors.pageLinkInvalid();
    const language = languageOf(textOf(query['lang']), acceptLanguage);
    reply
      .header('content-language', language)
      .header('cache-control', 'private, no-store')
      .header('referrer-policy', 'no-referrer');
    await (isPdf ? this.pdf(id, language, reply) : this.html(id, language, token, reply));
  }

  private async html(
    id: string,
    language: PageLanguage,
    token: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const asked = (lang: PageLanguage) =>
      `?${new URLSearchParams({ ...(token ? { t: token } : {}), lang }).toString()}`;
    const otherLanguageUrl = asked(language === 'en' ? 'zh-CN' : 'en');
    const pdfUrl = `${id}${PDF}${asked(language)}`;
    const html = renderBillPage(await this.pages.page(id, language, { otherLanguageUrl, pdfUrl }));
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      )
      .send(html);
  }

  private async pdf(id: string, language: PageLanguage, reply: FastifyReply): Promise<void> {
    const model = await this.pages.paper(id, language);
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `inline; filename="${fileNameOf(model.number, 'pdf')}"`)
      .send(billPdf(model));
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
