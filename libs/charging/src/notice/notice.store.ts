import type { BalanceNotice, LocalizedText, NoticeRules } from '@ronghe/contracts';
import { type Amount, columnArrays, instantFromDate, localDateOf, newId, sumAmounts } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Purse } from '@ronghe/rating';
import type { ShareUseChange } from '../money-sharing/money-sharing';
import type { ReachedCap } from '../spend-cap/spend-cap';
import { findBalancePolicy } from '../projection/document.store';
import {
  allowanceNotices,
  capNotice,
  moneyNotices,
  passesPercent,
  passesYuan,
  productSpendNotices,
  spendNotices,
  type AllowanceUse,
  type Notice,
} from './notice';
import { passesPercentOfCap, sharedMoneyNotices } from './shared-money-notice';

/** The zone whose day says which rules are in force. */
const OPERATOR_ZONE = 'Asia/Shanghai';

/** Raises what is to be said of allowances that were used; cheap where none passed a whole percent. */
export async function raiseAllowanceNotices(tx: Tx, uses: readonly AllowanceUse[]): Promise<void> {
  if (!passesPercent(uses)) return;
  const rules = await rulesOf(tx);
  if (rules) await saveNotices(tx, allowanceNotices(uses, rules));
}

/** Raises what is to be said of money that was spent or has ended; cheap where no purse went down through a whole yuan. */
export async function raiseMoneyNotices(tx: Tx, purses: readonly Purse[]): Promise<void> {
  const passing = purses.filter(passesYuan);
  if (passing.length === 0) return;
  const rules = await rulesOf(tx);
  const dayOf = (purse: Purse) => localDateOf(tx.now, purse.zone);
  if (rules) await saveNotices(tx, moneyNotices(passing, dayOf, rules));
}

/** Raises what is to be said of what members used of others' money: to the member and to the owner. */
export async function raiseSharedMoneyNotices(tx: Tx, uses: readonly ShareUseChange[]): Promise<void> {
  if (!passesPercentOfCap(uses)) return;
  const rules = await rulesOf(tx);
  if (rules) await saveNotices(tx, sharedMoneyNotices(uses, rules));
}

/** Raises what is to be said of products that have spent what their own caps let them. */
export async function raiseCapNotices(tx: Tx, reached: readonly ReachedCap[]): Promise<void> {
  await saveNotices(tx, reached.map(capNotice));
}

/** What the products of an account have spent on usage in a period. */
export interface Spending {
  lane: number;
  accountId: string;
  period: string;
  byProduct: ReadonlyMap<string, Amount>;
}

/** Raises what is to be said of what accounts and their products have spent on usage in a period. */
export async function raiseSpendNotices(tx: Tx, spendings: readonly Spending[]): Promise<void> {
  const rules = await rulesOf(tx);
  if (!rules) return;
  const notices = spendings.flatMap(({ byProduct, lane, accountId, period }) => {
    const at = { lane, accountId, period };
    return [
      ...spendNotices(at, sumAmounts([...byProduct.values()]), rules),
      ...[...byProduct].flatMap(([productId, spent]) =>
        productSpendNotices({ ...at, productId }, spent, rules),
      ),
    ];
  });
  await saveNotices(tx, notices);
}

/** Raises notices: one that was raised before is left out, the others are told. */
export async function saveNotices(tx: Tx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const byId = new Map(notices.map((notice) => [newId(), notice]));
  const raised = await tx.query<{ notice_id: string }>(
    `insert into charging.balance_notice (lane, account_id, notice_id, kind, subject, threshold, product_id,
       card_group_id, period, label, unit, remaining, raised_at)
     select lane, account_id, notice_id, kind, subject, threshold, product_id, card_group_id, period, label::jsonb, unit,
       remaining, $13::timestamptz
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
       $9::text[], $10::text[], $11::text[], $12::text[]) as new (lane, account_id, notice_id, kind, subject, threshold,
       product_id, card_group_id, period, label, unit, remaining)
     on conflict (lane, account_id, kind, subject, threshold) do nothing returning notice_id`,
    [
      ...columnArrays(
        [...byId],
        ([, notice]) => notice.lane,
        ([, notice]) => notice.accountId,
        ([noticeId]) => noticeId,
        ([, notice]) => notice.kind,
        ([, notice]) => notice.subject,
        ([, notice]) => notice.threshold,
        ([, notice]) => notice.productId,
        ([, notice]) => notice.cardGroupId,
        ([, notice]) => notice.period,
        ([, notice]) => (notice.label ? JSON.stringify(notice.label) : null),
        ([, notice]) => notice.unit,
        ([, notice]) => notice.remaining,
      ),
      tx.now,
    ],
  );
  for (const { notice_id: noticeId } of raised) {
    const notice = byId.get(noticeId);
    if (!notice) continue;
    const { lane, subject: _subject, ...said } = notice;
    const payload = { noticeId, ...said, raisedAt: tx.now };
    tx.emit('balance-notice.raised.v1', { aggregateId: noticeId, lane, version: 1, payload });
  }
}

interface NoticeRow {
  notice_id: string;
  account_id: string;
  kind: BalanceNotice['kind'];
  threshold: string;
  product_id: string | null;
  card_group_id: string | null;
  period: string | null;
  label: LocalizedText | null;
  unit: string;
  remaining: string;
  raised_at: Date;
}

/** An account's notices, newest first, from before one of them. */
export async function findNotices(
  tx: Tx,
  at: { lane: number; accountId: string; before: string | null; limit: number },
): Promise<BalanceNotice[]> {
  const rows = await tx.query<NoticeRow>(
    `select * from charging.balance_notice
     where lane = $1 and account_id = $2 and ($3::uuid is null or notice_id < $3) order by notice_id desc limit $4`,
    [at.lane, at.accountId, at.before, at.limit],
  );
  return rows.map((row) => ({
    noticeId: row.notice_id,
    accountId: row.account_id,
    kind: row.kind,
    threshold: row.threshold,
    productId: row.product_id,
    cardGroupId: row.card_group_id,
    period: row.period,
    label: row.label,
    unit: row.unit,
    remaining: row.remaining,
    raisedAt: instantFromDate(row.raised_at),
  }));
}

async function rulesOf(tx: Tx): Promise<NoticeRules | undefined> {
  return (await findBalancePolicy(tx, localDateOf(tx.now, OPERATOR_ZONE)))?.notices;
}
