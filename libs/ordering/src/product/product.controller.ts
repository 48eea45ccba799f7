import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Roles, sendJson } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { pageOf, selectFields, type TmfListQuery } from '../tmf/tmf-page';
import { toTmfProduct } from '../tmf/tmf-product';
import type { ProductVersion } from './product';
import { ProductReader } from './product-reader.service';

/** The product inventory by the standard: TMF637 v4. */
@Controller('tmf-api/productInventory/v4/product')
export class ProductController {
  constructor(private readonly reader: ProductReader) {}

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get()
  async list(@Query() query: TmfListQuery, @Res() reply: FastifyReply): Promise<void> {
    const customerId = query['relatedParty.id'] ?? null;
    const page = pageOf(query);
    // A party that cannot be one of ours has no products.
    const { total, products } =
      customerId !== null && !isId(customerId)
        ? { total: 0, products: [] }
        : await this.reader.page(customerId, page);
    const bodies = (await this.bodies(products)).map((body) => selectFields(body, query.fields));
    void reply.header('X-Total-Count', String(total)).header('X-Result-Count', String(bodies.length));
    sendJson(reply, bodies);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get(':id')
  async retrieve(
    @Param('id') productId: string,
    @Query() query: TmfListQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [body] = await this.bodies([await this.reader.get(productId)]);
    sendJson(reply, selectFields(body ?? {}, query.fields));
  }

  private async bodies(products: readonly ProductVersion[]): Promise<Record<string, unknown>[]> {
    const names = await this.reader.offeringNames(
      products.map(({ state }) => `${state.offeringCode}@${state.offeringVersion}`),
    );
    return products.map((product, index) => toTmfProduct(product, names[index] ?? null));
  }
}
