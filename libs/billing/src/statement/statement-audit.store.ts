import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal } from '@ronghe/kernel';
import { checkNothing, type Tx } from '@ronghe/platform';

/**
 * Statements show what was consumed, day by day, and what was debited of fees (SEMANTICS §10). A period that was
 * reopened since waits for the next run.
 */
export async function checkStatements(tx: Tx): Promise<ControlCheck[]> {
  return [
    await checkNothing(tx, 'statements-equal-consumption', notConsumed),
    await checkNothing(tx, 'statements-show-fees', feesNotShown),
    await checkNothing(tx, 'settlements-equal-lines', notSettled),
  ];
}

/**
 * `prepaid-consumption`: what customers' own money paid, by account and period, of which statements are the sums; the
 * ledger and the money itself say the same. `prepaid-charges`: usage totals, debited fees and what statements settled, by account.
 */
export async function findPrepaidFigures(tx: Tx): Promise<ControlFigure[]> {
  const figures = async (name: string, sql: string): Promise<ControlFigure[]> =>
    (await tx.query<{ scope: string; micro: string }>(sql)).map(({ scope, micro }) => ({
      name,
      scope,
      value: amountToDecimal(amountFromMicro(BigInt(micro))),
    }));
  return [
    ...(await figures('prepaid-consumption', consumption)),
    ...(await figures('prepaid-charges', charges)),
  ];
}

/** Accounts whose closed periods all stand as they were stated, and through when. */
const closed = `
closed as (
  select lane, account_id, max(claim.period) as through from billing.billing_claim as claim
  join billing.account using (lane, account_id)
  where payment_mode = 'prepaid' and outcome in ('billed', 'unchanged') and not exists (
    select 1 from billing.reopened_period as reopened
    where reopened.lane = claim.lane and reopened.account_id = claim.account_id and reopened.run_id is null)
  group by lane, account_id
)`;

const moves = [
  'paid_in',
  'used',
  'bonus',
  'expired',
  'transferred',
  'adjusted',
  'bonus_given',
  'bonus_expired',
].map((name) => `${name}_micro`);
const sums = moves.map((name) => `coalesce(sum(${name}), 0) as ${name}`).join(', ');

const notConsumed = `
with ${closed}, told as (
  select lane, account_id, ${sums}
  from closed left join billing.consumption_day as day using (lane, account_id)
  where day.period is null or day.period <= through group by lane, account_id
), stated as (
  select lane, statement.account_id, ${sums}
  from billing.statement join billing.bill using (lane, bill_id) where state <> 'rejected' group by lane, statement.account_id
)
select count(*)::text as count from closed left join told using (lane, account_id) left join stated using (lane, account_id)
where ${moves.map((name) => `coalesce(told.${name}, 0) <> coalesce(stated.${name}, 0)`).join(' or ')}`;

const feesNotShown = `
with ${closed}, debited as (
  select lane, account_id, sum(debited_micro) as micro
  from closed join billing.prepaid_fee as fee using (lane, account_id) where fee.period <= through group by lane, account_id
), shown as (
  select lane, line.account_id, sum(exact_micro - exact_usage_micro - exact_settled_micro) as micro
  from billing.bill_line as line join billing.bill using (lane, bill_id) where state <> 'rejected' group by lane, line.account_id
)
select count(*)::text as count
from closed left join debited using (lane, account_id) left join shown using (lane, account_id)
where abs(coalesce(debited.micro, 0) - coalesce(shown.micro, 0)) >= 10000`;

/** A statement asks for what its lines settle, once. */
const notSettled = `
with asked as (
  select lane, bill_id, sum(micro) as micro from billing.settlement group by lane, bill_id
), shown as (
  select lane, bill_id, sum(exact_settled_micro) as micro
  from billing.bill_line join billing.bill using (lane, bill_id) where state = 'published'
  group by lane, bill_id
)
select count(*)::text as count from shown full join asked using (lane, bill_id)
where coalesce(shown.micro, 0) <> coalesce(asked.micro, 0)`;

const consumption = `
select account_id || '/' || period as scope, sum(used_micro)::text as micro
from billing.consumption_day group by account_id, period order by 1`;

const charges = `
select account_id::text as scope, round(sum(micro))::text as micro from (
  select account_id, (total->>'amount')::numeric * 1000000 as micro
  from billing.usage_statement, jsonb_array_elements(totals) as total
  union all
  select account_id, debited_micro from billing.prepaid_fee
  union all
  select account_id, micro from billing.settlement
) as charge join billing.account using (account_id)
where payment_mode = 'prepaid' group by account_id order by account_id`;
