import type { ConsumptionPosted, LocalizedText, PrepaidFeeDebited } from '@ronghe/contracts';
import { amountFromDecimal, amountFromMicro, groupBy, sumAmounts, type Amount } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import {
  accountKeys,
  wantedAccounts,
  type AccountKeys,
  type BilledAccount,
} from '../projection/account.store';
import { noMoves, type MoneyMoves, type PrepaidInputs, type SharedMoney, type Statement } from './statement';

/** Keeps what was debited of a fee; false when a later version is known. */
export async function saveDebitedFee(
  tx: Tx,
  { lane }: BilledAccount,
  fee: PrepaidFeeDebited,
  version: number,
): Promise<boolean> {
  const changed = await tx.execute(
    `insert into billing.prepaid_fee
       (lane, product_id, price_code, period, account_id, version, label, tax_class, debited_micro)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (lane, product_id, price_code, period) do update
       set version = excluded.version, debited_micro = excluded.debited_micro
       where billing.prepaid_fee.version < excluded.version`,
    [
      lane,
      fee.productId,
      fee.priceCode,
      fee.period,
      fee.accountId,
      version,
      JSON.stringify(fee.label),
      fee.taxClass,
      amountFromDecimal(fee.amount).toString(),
    ],
  );
  return changed > 0;
}

/** Keeps a day of an account's money; false when a later version is known. */
export async function saveConsumptionDay(
  tx: Tx,
  { lane }: BilledAccount,
  posted: ConsumptionPosted & { period: string },
  version: number,
): Promise<boolean> {
  const used = sumAmounts(posted.used.map(({ amount }) => amountFromDecimal(amount)));
  const micro = [
    posted.paidIn,
    used,
    posted.usedOfBonuses,
    posted.expired,
    posted.transferred,
    posted.adjusted,
    posted.bonusesGiven ?? posted.usedOfBonuses,
    posted.bonusesExpired,
  ];
  const shared = Object.fromEntries(
    (posted.shared ?? []).map(({ accountId, amount }) => [accountId, amountFromDecimal(amount).toString()]),
  );
  const changed = await tx.execute(
    `insert into billing.consumption_day (lane, account_id, day, version, period, paid_in_micro, used_micro,
       bonus_micro, expired_micro, transferred_micro, adjusted_micro, bonus_given_micro, bonus_expired_micro, shared)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (lane, account_id, day) do update
       set version = excluded.version, paid_in_micro = excluded.paid_in_micro, used_micro = excluded.used_micro,
           bonus_micro = excluded.bonus_micro, expired_micro = excluded.expired_micro,
           transferred_micro = excluded.transferred_micro, adjusted_micro = excluded.adjusted_micro,
           bonus_given_micro = excluded.bonus_given_micro, bonus_expired_micro = excluded.bonus_expired_micro,
           shared = excluded.shared
       where billing.consumption_day.version < excluded.version`,
    [
      lane,
      posted.accountId,
      posted.day,
      version,
      posted.period,
      ...micro.map((amount) =>
        (typeof amount === 'bigint' ? amount : amountFromDecimal(amount ?? '0')).toString(),
      ),
      JSON.stringify(shared),
    ],
  );
  return changed > 0;
}

/** What statements of prepaid accounts depend on beside what bills do, by account. */
export async function readPrepaidInputs(
  tx: Tx,
  accounts: readonly BilledAccount[],
  of: { period: string; servicePeriods: readonly string[] },
): Promise<Map<string, PrepaidInputs>> {
  if (accounts.length === 0) return new Map();
  const keys = accountKeys(accounts);
  const [debited, moved, stated, [sharedMoved, sharedStated]] = await Promise.all([
    readFees(tx, keys, of.servicePeriods),
    readMoved(tx, keys, of.period),
    readStated(tx, keys, of.period),
    readShared(tx, keys, of.period),
  ]);
  const fees = groupBy(debited, (fee) => fee.accountId);
  return new Map(
    accounts.map(({ accountId }) => [
      accountId,
      {
        fees: fees.get(accountId) ?? [],
        moved: moved.get(accountId) ?? noMoves,
        stated: stated.get(accountId) ?? noMoves,
        sharedMoved: sharedMoved.get(accountId) ?? {},
        sharedStated: sharedStated.get(accountId) ?? {},
      },
    ]),
  );
}

/** Writes the money parts of statements. */
export async function insertStatements(
  tx: Tx,
  statements: readonly { lane: number; billId: string; accountId: string; statement: Statement }[],
): Promise<void> {
  if (statements.length === 0) return;
  const rows = statements.map(({ lane, billId, accountId, statement }) => ({
    lane,
    bill_id: billId,
    account_id: accountId,
    opening: statement.opening.toString(),
    paid_in: statement.paidIn.toString(),
    used: statement.used.toString(),
    bonus: statement.usedOfBonuses.toString(),
    expired: statement.expired.toString(),
    transferred: statement.transferred.toString(),
    adjusted: statement.adjusted.toString(),
    closing: statement.closing.toString(),
    bonus_opening: statement.bonusOpening.toString(),
    bonus_given: statement.bonusesGiven.toString(),
    bonus_expired: statement.bonusesExpired.toString(),
    bonus_closing: statement.bonusClosing.toString(),
    shared: Object.fromEntries(
      Object.entries(statement.shared).map(([other, amount]) => [other, amount.toString()]),
    ),
  }));
  await tx.execute(
    `insert into billing.statement (lane, bill_id, account_id, opening_micro, paid_in_micro, used_micro, bonus_micro,
       expired_micro, transferred_micro, adjusted_micro, closing_micro, bonus_opening_micro, bonus_given_micro,
       bonus_expired_micro, bonus_closing_micro, shared)
     select * from jsonb_to_recordset($1::jsonb) as row (lane smallint, bill_id uuid, account_id uuid, opening bigint,
       paid_in bigint, used bigint, bonus bigint, expired bigint, transferred bigint, adjusted bigint, closing bigint,
       bonus_opening bigint, bonus_given bigint, bonus_expired bigint, bonus_closing bigint, shared jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** The money parts of those of the bills that are statements. */
export async function findStatements(
  tx: Tx,
  lanes: readonly number[],
  billIds: readonly string[],
): Promise<Map<string, Statement>> {
  const rows = await tx.query<
    MovesRow & Record<'bill_id' | (typeof balances)[number], string> & { shared: Record<string, string> }
  >(
    `select bill_id, shared, ${balances.join(', ')}, ${columns} from billing.statement
     where lane = any($1::smallint[]) and bill_id = any($2::uuid[])`,
    [lanes, billIds],
  );
  return new Map(
    rows.map((row) => [
      row.bill_id,
      {
        ...movesOf(row),
        opening: micro(row.opening_micro),
        closing: micro(row.closing_micro),
        bonusOpening: micro(row.bonus_opening_micro),
        bonusClosing: micro(row.bonus_closing_micro),
        shared: Object.fromEntries(Object.entries(row.shared).map(([other, text]) => [other, micro(text)])),
      },
    ]),
  );
}

const amounts = [
  'paid_in_micro',
  'used_micro',
  'bonus_micro',
  'expired_micro',
  'transferred_micro',
  'adjusted_micro',
  'bonus_given_micro',
  'bonus_expired_micro',
] as const;
const balances = ['opening_micro', 'closing_micro', 'bonus_opening_micro', 'bonus_closing_micro'] as const;
const columns = amounts.join(', ');
const sums = amounts.map((name) => `sum(${name})::text as ${name}`).join(', ');

type MovesRow = Record<(typeof amounts)[number], string>;

async function readFees(
  tx: Tx,
  keys: AccountKeys,
  periods: readonly string[],
): Promise<(PrepaidInputs['fees'][number] & { accountId: string })[]> {
  const rows = await tx.query<{
    account_id: string;
    product_id: string;
    price_code: string;
    period: string;
    label: LocalizedText;
    tax_class: string;
    debited_micro: string;
  }>(
    `select account_id, product_id, price_code, period, label, tax_class, debited_micro from billing.prepaid_fee
     join ${wantedAccounts} using (lane, account_id)
     where period = any($3::text[]) order by product_id, price_code`,
    [...keys, periods],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    productId: row.product_id,
    priceCode: row.price_code,
    period: row.period,
    label: row.label,
    taxClass: row.tax_class,
    amount: micro(row.debited_micro),
  }));
}

async function readMoved(tx: Tx, keys: AccountKeys, through: string): Promise<Map<string, MoneyMoves>> {
  const rows = await tx.query<MovesRow & { account_id: string }>(
    `select account_id, ${sums} from billing.consumption_day
     join ${wantedAccounts} using (lane, account_id)
     where period <= $3 group by account_id`,
    [...keys, through],
  );
  return new Map(rows.map((row) => [row.account_id, movesOf(row)]));
}

async function readStated(tx: Tx, keys: AccountKeys, through: string): Promise<Map<string, MoneyMoves>> {
  const rows = await tx.query<MovesRow & { account_id: string }>(
    `select statement.account_id, ${sums} from billing.statement join billing.bill using (lane, bill_id)
     join ${wantedAccounts} on wanted.lane = statement.lane and wanted.account_id = statement.account_id
     where period <= $3 and state <> 'rejected'
     group by statement.account_id`,
    [...keys, through],
  );
  return new Map(rows.map((row) => [row.account_id, movesOf(row)]));
}

/** What accounts paid of each other's usage through a period: as it moved, and as statements have shown it. */
async function readShared(
  tx: Tx,
  keys: AccountKeys,
  through: string,
): Promise<[moved: Map<string, SharedMoney>, stated: Map<string, SharedMoney>]> {
  const rows = await tx.query<{ account_id: string; is_stated: boolean; shared: Record<string, string> }>(
    `select account_id, is_stated, jsonb_object_agg(other, micro) as shared from (
       select account_id, is_stated, each.key as other, sum(each.value::bigint)::text as micro from (
         select account_id, false as is_stated, shared from billing.consumption_day
         join ${wantedAccounts} using (lane, account_id) where period <= $3 and shared <> '{}'
         union all
         select statement.account_id, true, shared from billing.statement join billing.bill using (lane, bill_id)
         join ${wantedAccounts} on wanted.lane = statement.lane and wanted.account_id = statement.account_id
         where period <= $3 and state <> 'rejected' and shared <> '{}'
       ) as told, jsonb_each_text(shared) as each
       group by 1, 2, 3
     ) as summed group by 1, 2`,
    [...keys, through],
  );
  const of = (isStated: boolean) =>
    new Map(
      rows
        .filter((row) => row.is_stated === isStated)
        .map((row) => [
          row.account_id,
          Object.fromEntries(Object.entries(row.shared).map(([other, text]) => [other, micro(text)])),
        ]),
    );
  return [of(false), of(true)];
}

function movesOf(row: MovesRow): MoneyMoves {
  return {
    paidIn: micro(row.paid_in_micro),
    used: micro(row.used_micro),
    usedOfBonuses: micro(row.bonus_micro),
    expired: micro(row.expired_micro),
    transferred: micro(row.transferred_micro),
    adjusted: micro(row.adjusted_micro),
    bonusesGiven: micro(row.bonus_given_micro),
    bonusesExpired: micro(row.bonus_expired_micro),
  };
}

function micro(text: string): Amount {
  return amountFromMicro(BigInt(text));
}
