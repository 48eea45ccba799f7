import { Injectable } from '@nestjs/common';
import type { BalanceNotice } from '@ronghe/contracts';
import { isId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts } from '../projection/account.store';
import { findNotices } from './notice.store';

/** What accounts were told. */
@Injectable()
export class NoticeReader {
  constructor(private readonly transactions: Transactions) {}

  /** A page of an account's notices, newest first. @throws DomainError `account_not_found`. */
  page(accountId: string, at: { before: string | null; limit: number }): Promise<BalanceNotice[]> {
    return this.transactions.read(async (tx) => {
      const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
      if (!account) throw chargingError('account_not_found', 'no such account', { accountId });
      return findNotices(tx, { lane: account.lane, accountId, ...at });
    });
  }
}
