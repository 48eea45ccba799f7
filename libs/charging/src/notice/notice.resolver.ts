import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { BalanceNotice } from '@ronghe/contracts';
import { connectionOf, pageLimit, pageStartId, Roles, type Connection } from '@ronghe/platform';
import { NoticeReader } from './notice-reader.service';

/** What an account was told of its balances. */
@Resolver('Account')
export class AccountNoticeResolver {
  constructor(private readonly notices: NoticeReader) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('balanceNotices')
  async balanceNotices(
    @Parent() { accountId }: { accountId: string },
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<ReturnType<typeof noticeView>>> {
    const page = { first, after };
    const notices = await this.notices.page(accountId, {
      before: pageStartId(page),
      limit: pageLimit(page),
    });
    return connectionOf(notices.map(noticeView), page, (notice) => notice.noticeId);
  }
}

function noticeView(notice: BalanceNotice) {
  return { ...notice, kind: notice.kind.replace('-', '_').toUpperCase() };
}
