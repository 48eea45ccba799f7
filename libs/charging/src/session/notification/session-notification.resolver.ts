import { Args, Query, Resolver } from '@nestjs/graphql';
import { isId } from '@ronghe/kernel';
import { Roles, Transactions } from '@ronghe/platform';
import { findAccounts } from '../../projection/account.store';
import { SessionNotifications } from './session-notifications.service';

/** Shows which online sessions of an account have nothing left. */
@Resolver()
export class SessionNotificationResolver {
  constructor(
    private readonly transactions: Transactions,
    private readonly notifications: SessionNotifications,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('sessionsToCut')
  async sessionsToCut(@Args('accountId') accountId: string) {
    const [account] = isId(accountId)
      ? await this.transactions.read((tx) => findAccounts(tx, [accountId]))
      : [];
    const cut = account ? await this.notifications.toCut(account) : [];
    return cut.map(({ session, isTold }) => ({
      chargingDataRef: session.sessionId,
      productId: session.productId,
      subscriber: session.subscriber,
      consumer: session.consumer,
      ratingGroups: [...new Set(session.pace.map(({ ratingGroup }) => ratingGroup))].sort((a, b) => a - b),
      startedAt: session.startedAt,
      expiresAt: session.expiresAt,
      told: isTold,
    }));
  }
}
