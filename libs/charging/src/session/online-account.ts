import type { AccountOpened } from '@ronghe/contracts';
import type { BillCycle } from '@ronghe/kernel';
import type { NumberHolder } from '../usage/guide';

/** An account as online charging needs it before it reads anything else. */
export interface OnlineAccount extends BillCycle {
  accountId: string;
  /** Whoever may share with it is in the same one. */
  balanceGroupId: string;
  lane: number;
  paymentMode: AccountOpened['paymentMode'];
  productsVersion: number;
  /** It pays for another account, or another one for it, in some period. */
  sharesMoney: boolean;
  /** Something was said of a spend cap of one of its products. */
  capsSpending: boolean;
}

/** Who held a number, with where his balances lie now: under his card group, or its owner's while it shares. */
export interface OnlineHolder extends NumberHolder {
  cardGroupId: string;
  account: OnlineAccount;
}

/** A row as it was read: it is the same while it lies there with this xmin. */
export interface RowSign {
  version: string;
  /** Its ctid: it is found there without an index, and not at all once it has been changed or moved. */
  place: string;
}

/** An account as it is remembered. */
export interface KnownAccount extends RowSign {
  account: OnlineAccount;
}

/** What a statement reads of `charging.account a`, and of its lane and id from a row that has them. */
export interface AccountColumns {
  account_id: string;
  balance_group_id: string;
  lane: number;
  zone: string;
  bill_day: number;
  payment_mode: AccountOpened['paymentMode'];
  products_version: number;
  shares_money: boolean;
  caps_spending: boolean;
  account_version: string;
  account_place: string;
}

/** The account's columns for a select list. */
export const ACCOUNT_COLUMNS = `a.balance_group_id, a.zone, a.bill_day, a.payment_mode, a.products_version, a.shares_money,
  a.caps_spending, a.xmin::text as account_version, a.ctid::text as account_place`;

/** The account of a row, to be remembered. */
export function knownAccountFromRow(row: AccountColumns): KnownAccount {
  return { account: accountFromRow(row), version: row.account_version, place: row.account_place };
}

/** The account of a row. */
export function accountFromRow(row: AccountColumns): OnlineAccount {
  return {
    accountId: row.account_id,
    balanceGroupId: row.balance_group_id,
    lane: row.lane,
    zone: row.zone,
    billDay: row.bill_day,
    paymentMode: row.payment_mode,
    productsVersion: row.products_version,
    sharesMoney: row.shares_money,
    capsSpending: row.caps_spending,
  };
}
