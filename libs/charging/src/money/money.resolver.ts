import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStartId,
  Roles,
  type Connection,
  type GraphQLContext,
} from '@ronghe/platform';
import { AdjustMoneyDto, SetCreditLimitDto, TransferMoneyDto } from './money.dto';
import { MoneyService } from './money.service';
import { moneyEntryView, purseView, transferView } from './money.view';
import { Transfers } from './transfer.service';

/** What an account may spend. */
@Resolver('Account')
export class AccountMoneyResolver {
  constructor(private readonly money: MoneyService) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('money')
  async purse(@Parent() { accountId }: { accountId: string }, @Context() context: GraphQLContext) {
    const loader = loaderOf(context, 'charging.purses', (ids: readonly string[]) => this.money.purses(ids));
    const found = await loader.load(accountId);
    return found ? purseView(found) : null;
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('moneyEntries')
  async entries(
    @Parent() { accountId }: { accountId: string },
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<ReturnType<typeof moneyEntryView>>> {
    const page = { first, after };
    const at = { before: pageStartId(page), limit: pageLimit(page) };
    const entries = await this.money.entries(accountId, at);
    return connectionOf(entries.map(moneyEntryView), page, (entry) => entry.entryId);
  }
}

/** Moving money on somebody's word. */
@Resolver()
export class MoneyResolver {
  constructor(
    private readonly money: MoneyService,
    private readonly transfers: Transfers,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('moneyTransfer')
  async transfer(@Args('transferId') transferId: string) {
    return transferView(await this.transfers.get(transferId));
  }

  @Roles('counter')
  @Mutation('transferMoney')
  async transferMoney(
    @Args('input') { fromAccountId, toAccountId, amount }: TransferMoneyDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ) {
    return transferView(
      await this.transfers.transfer({ fromAccountId, toAccountId, amount }, idempotencyKey),
    );
  }

  @Roles('billing')
  @Mutation('adjustMoney')
  async adjustMoney(
    @Args('input') { accountId, amount, reason }: AdjustMoneyDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ) {
    const adjusted = await this.money.adjust({ accountId, amount, reason }, idempotencyKey);
    return { ...adjusted, account: { accountId } };
  }

  @Roles('billing')
  @Mutation('setCreditLimit')
  async setCreditLimit(
    @Args('input') { accountId, creditLimit }: SetCreditLimitDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ) {
    const set = await this.money.setCreditLimit({ accountId, creditLimit }, idempotencyKey);
    return { ...set, account: { accountId } };
  }
}
