import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { IdempotencyKey, Roles, sendJson } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { readProductOrder } from '../tmf/read-product-order';
import { pageOf, selectFields, type TmfListQuery } from '../tmf/tmf-page';
import { toTmfProductOrder } from '../tmf/tmf-product-order';
import { OrderReader } from './order-reader.service';
import { OrderService } from './order.service';

/** Attributes that a ProductOrder must have, whatever `fields` asks for. */
const required = ['productOrderItem'];

/** Product ordering by the standard: TMF622 v4. */
@Controller('tmf-api/productOrderingManagement/v4/productOrder')
export class OrderController {
  constructor(
    private readonly service: OrderService,
    private readonly reader: OrderReader,
  ) {}

  @Roles('counter', 'partner')
  @Post()
  async create(
    @Body() body: unknown,
    @IdempotencyKey() key: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { orderId } = await this.service.place(readProductOrder(body), key);
    const order = await this.reader.get(orderId);
    const [items] = await this.reader.items([orderId]);
    sendJson(reply, toTmfProductOrder(order, items ?? []), 201);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get()
  async list(@Query() query: TmfListQuery, @Res() reply: FastifyReply): Promise<void> {
    const customerId = query['relatedParty.id'] ?? null;
    const page = pageOf(query);
    // A party that cannot be one of ours has no orders.
    const { total, orders } =
      customerId !== null && !isId(customerId)
        ? { total: 0, orders: [] }
        : await this.reader.page(customerId, page);
    const bodies = orders.map(({ order, items }) =>
      selectFields(toTmfProductOrder(order, items), query.fields, required),
    );
    void reply.header('X-Total-Count', String(total)).header('X-Result-Count', String(bodies.length));
    sendJson(reply, bodies);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get(':id')
  async retrieve(
    @Param('id') orderId: string,
    @Query() query: TmfListQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const order = await this.reader.get(orderId);
    const [items] = await this.reader.items([orderId]);
    sendJson(reply, selectFields(toTmfProductOrder(order, items ?? []), query.fields, required));
  }
}
