import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { isId } from '@ronghe/kernel';
import {
  Hrefs,
  Roles,
  selectFields,
  sendJson,
  sendTmfPage,
  textParameter,
  tmfPageOf,
} from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { PRODUCTS, toTmfProduct } from '../tmf/tmf-product';
import type { ProductVersion } from './product';
import { ProductReader } from './product-reader.service';

/** The product inventory by the standard: TMF637 v4. */
@Controller(PRODUCTS)
export class ProductController {
  constructor(private readonly reader: ProductReader) {}

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const customerId = textParameter('relatedParty.id', query['relatedParty.id']) ?? null;
    const page = tmfPageOf(query);
    // A party that cannot be one of ours has no products.
    const { total, products } =
      customerId !== null && !isId(customerId)
        ? { total: 0, products: [] }
        : await this.reader.page(customerId, page);
    const bodies = await this.bodies(products, hrefOf);
    sendTmfPage(
      reply,
      bodies.map((body) => selectFields(body, query['fields'])),
      total,
    );
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get(':id')
  async retrieve(
    @Param('id') productId: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [body] = await this.bodies([await this.reader.get(productId)], hrefOf);
    sendJson(reply, selectFields(body ?? {}, fields));
  }

  private async bodies(
    products: readonly ProductVersion[],
    hrefOf: HrefOf,
  ): Promise<Record<string, unknown>[]> {
    const names = await this.reader.offeringNames(
      products.map(({ state }) => `${state.offeringCode}@${state.offeringVersion}`),
    );
    return products.map((product, index) => toTmfProduct(product, names[index] ?? null, hrefOf));
  }
}
