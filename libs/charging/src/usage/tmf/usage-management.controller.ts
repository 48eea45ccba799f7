import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { Hrefs, jsonNumber, Roles, selectFields, sendJson, sendTmfList } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { UsageCreateDto } from './usage.dto';
import { UsageEvents, type UsageFound } from './usage-events.service';
import { deliveryResource, parseUsageResourceId, usageManagementRoot, usageResource } from './usage-resource';

type RawQuery = Record<string, unknown>;

/** TMF635 Usage Management v4: single events in, rated usage out. Files have a way of their own (`/usage/files`). */
@Controller(usageManagementRoot)
export class UsageManagementController {
  constructor(private readonly events: UsageEvents) {}

  /**
   * Takes one event in; `usageSpecification.id` names the source whose mapping reads the characteristics. What cannot be
   * rated is answered with status `rejected` and waits in suspense; a usage that came before is refused with 409.
   */
  @Roles('operations', 'partner')
  @Post('usage')
  async create(
    @Body() body: UsageCreateDto,
    @Headers('idempotency-key') key: string | undefined,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { usageDate, usageType, usageCharacteristic: characteristics, usageSpecification } = body;
    const posted = {
      usageDate,
      usageType,
      characteristics: characteristics.map(({ name, value }) => ({ name, value })),
    };
    const name = await this.events.take(usageSpecification.id, posted, key ?? newId());
    await sendJson(reply, view(await this.events.find(name), hrefOf), 201);
  }

  /** Rated usage; `account.id` narrows, `fields`, `offset` and `limit` as in TMF630. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('usage')
  async list(@Query() query: RawQuery, @Hrefs() hrefOf: HrefOf, @Res() reply: FastifyReply): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'account.id' },
      read: async (accountId, page) => {
        const { usages, total } = await this.events.page({ accountId, ...page });
        return {
          resources: usages.map((usage) => usageResource(usage, { number: jsonNumber, hrefOf })),
          total,
        };
      },
    });
  }

  /** @throws DomainError `usage_not_found` */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('usage/:id')
  async get(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.events.find(parseUsageResourceId(id));
    await sendJson(reply, selectFields(view(found, hrefOf), fields));
  }
}

function view(found: UsageFound, hrefOf: HrefOf): object {
  return found.kind === 'rated'
    ? usageResource(found.usage, { number: jsonNumber, hrefOf })
    : deliveryResource(found.file, hrefOf);
}
