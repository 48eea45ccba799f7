import { Injectable } from '@nestjs/common';
import { instantFromDate, instantToDate, isId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Account, GroupTerms, PaymentMode } from './account';
import { AccountEntity, BalanceGroupEntity } from './account.entity';

interface AccountRow {
  id: string;
  customer_id: string;
  balance_group_id: string;
  lane: number;
  zone: string;
  bill_day: number;
  payment_mode: PaymentMode;
  opened_at: Date;
  region: string | null;
}

const SELECT = `
select a.id, a.customer_id, a.balance_group_id, g.lane, a.zone, a.bill_day, a.payment_mode, a.opened_at, a.region
from customer.account a join customer.balance_group g on g.id = a.balance_group_id`;

/** Accounts and their balance groups. */
@Injectable()
export class AccountStore {
  /** Writes the balance group of its first account. */
  async insertGroup(tx: Tx, { balanceGroupId, lane, openedAt }: Account): Promise<void> {
    await tx.manager.insert(BalanceGroupEntity, {
      id: balanceGroupId,
      lane,
      createdAt: instantToDate(openedAt),
    });
  }

  /** What the accounts of a group have in common; undefined when there is no such group. */
  async findGroupTerms(tx: Tx, balanceGroupId: string): Promise<GroupTerms | undefined> {
    if (!isId(balanceGroupId)) return undefined;
    const rows = await tx.query<AccountRow>(`${SELECT} where a.balance_group_id = $1 order by a.id limit 1`, [
      balanceGroupId,
    ]);
    return rows.map(fromRow)[0];
  }

  /** Writes an account of a balance group that is there. */
  async insert(tx: Tx, account: Account, by: string): Promise<void> {
    const openedAt = instantToDate(account.openedAt);
    await tx.manager.insert(AccountEntity, {
      id: account.accountId,
      customerId: account.customerId,
      balanceGroupId: account.balanceGroupId,
      zone: account.zone,
      billDay: account.billDay,
      paymentMode: account.paymentMode,
      openedAt,
      openedBy: by,
      region: account.region ?? null,
      version: 1,
    });
  }

  /** Accounts by id, in any order; unknown ids are left out. */
  async findMany(tx: Tx, accountIds: readonly string[]): Promise<Account[]> {
    return (await tx.query<AccountRow>(`${SELECT} where a.id = any($1)`, [accountIds.filter(isId)])).map(
      fromRow,
    );
  }

  /** At most `limit` accounts of each customer after a position, in the order in which they were opened. */
  async findByCustomers(
    tx: Tx,
    customerIds: readonly string[],
    after: string | null,
    limit: number,
  ): Promise<Account[]> {
    const rows = await tx.query<AccountRow>(
      `select page.* from unnest($1::uuid[]) as owner (id)
       cross join lateral (${SELECT} where a.customer_id = owner.id and ($2::uuid is null or a.id > $2)
         order by a.id limit $3) as page
       order by page.id`,
      [customerIds, after, limit],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: AccountRow): Account {
  return {
    accountId: row.id,
    customerId: row.customer_id,
    balanceGroupId: row.balance_group_id,
    lane: row.lane,
    zone: row.zone,
    billDay: row.bill_day,
    paymentMode: row.payment_mode,
    openedAt: instantFromDate(row.opened_at),
    ...(row.region === null ? {} : { region: row.region }),
  };
}
