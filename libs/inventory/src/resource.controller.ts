import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { Roles } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { inventoryError } from './inventory.errors';
import { ResourceQueryDto } from './resource.dto';
import { tmfResourceOf, withFields, type TmfResource } from './resource-tmf';
import { StockService } from './stock.service';

const PAGE_DEFAULT = 20;

/** TMF639 resource inventory, for reading. */
@Controller('tmf-api/resourceInventoryManagement/v4')
@Roles('counter', 'operations')
export class ResourceController {
  constructor(private readonly stock: StockService) {}

  @Get('resource')
  async list(@Query() query: ResourceQueryDto, @Res() reply: FastifyReply): Promise<void> {
    const { total, rows } = await this.stock.page({
      kind: query.category ?? null,
      value: query.name ?? null,
      offset: query.offset ?? 0,
      limit: query.limit ?? PAGE_DEFAULT,
    });
    await reply
      .header('x-total-count', String(total))
      .header('x-result-count', String(rows.length))
      .send(rows.map((row) => withFields(tmfResourceOf(row), query.fields)));
  }

  @Get('resource/:id')
  async one(@Param('id') id: string, @Query() query: ResourceQueryDto): Promise<Partial<TmfResource>> {
    const [resource] = await this.stock.byIds([id]);
    if (!resource) throw inventoryError('resource_not_found', { resourceId: id.slice(0, 60) });
    return withFields(tmfResourceOf(resource), query.fields);
  }
}
