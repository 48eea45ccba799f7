import { join } from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Commands, defineDomain, PlatformModule, Public } from '@ronghe/platform';

/** Gives orders to `ordering`, as dunning does. */
@Injectable()
export class ToyReceivablesService {
  constructor(readonly commands: Commands) {}

  async dun(accountId: string, key: string): Promise<string> {
    const input = { customerId: 'c', accountId, items: [] };
    const { orderId } = await this.commands.send('ordering.placeOrder', input, { key });
    return orderId;
  }
}

@Resolver()
class ToyReceivablesResolver {
  constructor(private readonly receivables: ToyReceivablesService) {}

  @Query('receivablesIsHere')
  @Public()
  receivablesIsHere(): boolean {
    return true;
  }

  @Mutation('dun')
  async dun(@Args('accountId') accountId: string, @Args('idempotencyKey') key: string): Promise<string> {
    return this.receivables.dun(accountId, key);
  }
}

@Module({
  imports: [PlatformModule.forDomain('receivables')],
  providers: [ToyReceivablesResolver, ToyReceivablesService],
})
class ToyReceivablesModule {}

/** A small `receivables` with which the platform is tried: it commands. */
export const toyReceivables = defineDomain({
  name: 'receivables',
  module: ToyReceivablesModule,
  sdlFile: join(__dirname, 'toy-receivables.graphql'),
  entities: [],
  migrations: [],
});
