import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { Hrefs, Roles, selectFields, sendJson, sendTmfList } from '@ronghe/platform';
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
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'relatedParty.id' },
      read: async (customerId, page) => {
        const { total, products } = await this.reader.page(customerId, page);
        return { resources: await this.bodies(products, hrefOf), total };
      },
    });
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
