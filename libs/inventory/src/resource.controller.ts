import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { Hrefs, Roles, selectFields, sendTmfPage, TmfFieldsDto, tmfPageOf } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { inventoryError } from './inventory.errors';
import { ResourceQueryDto } from './resource.dto';
import { RESOURCE_PATH, tmfResourceOf, type TmfResource } from './resource-tmf';
import { StockService } from './stock.service';

/** TMF639 resource inventory, for reading. */
@Controller(RESOURCE_PATH)
@Roles('counter', 'operations')
export class ResourceController {
  constructor(private readonly stock: StockService) {}

  @Get()
  async list(
    @Query() query: ResourceQueryDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { total, rows } = await this.stock.page({
      kind: query.category ?? null,
      value: query.name ?? null,
      ...tmfPageOf(query),
    });
    sendTmfPage(
      reply,
      rows.map((row) => selectFields(tmfResourceOf(row, hrefOf), query.fields)),
      total,
    );
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Hrefs() hrefOf: HrefOf,
  ): Promise<Partial<TmfResource>> {
    const [resource] = await this.stock.byIds([id]);
    if (!resource) throw inventoryError('resource_not_found', { resourceId: id.slice(0, 60) });
    return selectFields(tmfResourceOf(resource, hrefOf), query.fields);
  }
}
