import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal } from '@ronghe/kernel';
import { Audit, checkNothing, totalsOf, type Tx } from '@ronghe/platform';
import { SHORT_BUCKETS_TEXT } from './balance/bucket-text';
import { findCharges, findConsumption } from './consumption/prepaid-figures.store';
import { ACCOUNTS_OF_OTHER_PRODUCTS } from './projection/account-products.store';
import {
  HOLDS_WITHOUT_RESERVATIONS,
  RESERVED_WITHOUT_RESERVATIONS,
  SESSIONS_WITHOUT_DEADLINE,
  SESSIONS_WITHOUT_USAGE,
} from './session/session-audit.store';

type Row = Record<string, string>;

/** Control totals of charging (SEMANTICS §10). */
@Injectable()
export class ChargingAudit {
  /**
   * Checks: per source, what was read is accounted for; buckets hold no more than was granted and no less than nothing, are the sum of
   * their entries, and what was used of them is what rated usage took; what stands of them in rows of card groups, and of products in rows of accounts, is what is in theirs; totals are the sum of rated usage; applied re-ratings are in the journal; reservations are what buckets hold reserved, and what is held of counters; what a
   * session used is what was rated; open sessions are swept when they are dead; money buckets and what is owed are the sums of their entries, of which fees and usage
   * took what they came to; what products are counted to have spent is what their usage came to; owners paid what members' sharings say; products are stopped while a fee says so. Figures `suspended-products`, `rated-usage` and
   * `prepaid-consumption` by account and period, `prepaid-charges` by account, `open-accounts` over all.
   */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const checks = [
      ...(await this.sources(tx)),
      await checkNothing(tx, 'buckets-within-grants', bucketsBeyondGrants),
      await checkNothing(tx, 'buckets-equal-entries', bucketsWithoutEntries),
      await checkNothing(tx, 'buckets-equal-takes', bucketsWithoutTakes),
      await checkNothing(tx, 'buckets-equal-texts', textsWithoutBuckets),
      await checkNothing(tx, 'account-products-equal-versions', ACCOUNTS_OF_OTHER_PRODUCTS),
      await checkNothing(tx, 'totals-equal-usage', totalsWithoutUsage),
      await checkNothing(tx, 'reratings-equal-journal', reratingsWithoutJournal),
      await checkNothing(tx, 'reserved-equal-reservations', RESERVED_WITHOUT_RESERVATIONS),
      await checkNothing(tx, 'counter-holds-equal-reservations', HOLDS_WITHOUT_RESERVATIONS),
      await checkNothing(tx, 'money-reserved-equal-reservations', moneyReservedWithoutReservations),
      await checkNothing(tx, 'sessions-equal-usage', SESSIONS_WITHOUT_USAGE),
      await checkNothing(tx, 'open-sessions-have-deadlines', SESSIONS_WITHOUT_DEADLINE),
      await checkNothing(tx, 'money-equals-entries', moneyWithoutEntries),
      await checkNothing(tx, 'money-pays-usage', usageWithoutMoney),
      await checkNothing(tx, 'money-pays-fees', feesWithoutMoney),
      await this.transfers(tx),
      await checkNothing(tx, 'shared-money-equals-entries', sharedWithoutEntries),
      await checkNothing(tx, 'spend-held-equals-reservations', spendHeldWithoutReservations),
      await checkNothing(tx, 'spent-equals-usage', spentWithoutUsage),
      await checkNothing(tx, 'unpaid-fees-stop-products', productsNotStopped),
    ];
    return {
      checks,
      figures: [
        ...(await this.suspended(tx)),
        ...(await this.usage(tx)),
        ...(await this.accounts(tx)),
        ...(await this.prepayments(tx)),
        ...(await findConsumption(tx)),
        ...(await findCharges(tx)),
      ],
    };
  }

  private async sources(tx: Tx): Promise<ControlCheck[]> {
    const rows = await tx.query<Row>(deliveries);
    return rows.map((row) => ({
      name: 'usage-accounted-for',
      scope: row['source'] ?? '',
      left: row['read'] ?? '0',
      right: row['accounted'] ?? '0',
    }));
  }

  /** Customers' own money, less what is owed, with what was not told to receivables yet taken back. */
  private async prepayments(tx: Tx): Promise<ControlFigure[]> {
    const rows = await tx.query<Row>(prepaid);
    return rows.map((row) => ({
      name: 'customer-prepayment',
      scope: row['account_id'] ?? '',
      value: amountToDecimal(amountFromMicro(BigInt(row['micro'] ?? 0))),
    }));
  }

  /** What left payers is with receivers, or in clearing. */
  private async transfers(tx: Tx): Promise<ControlCheck> {
    const { left, right } = await totalsOf<'left' | 'right'>(tx, transfersThroughClearing);
    return { name: 'transfers-cleared', scope: 'all', left, right };
  }

  private async usage(tx: Tx): Promise<ControlFigure[]> {
    const rows = await tx.query<Row>(
      `select account_id, period, sum(amount)::text as micro from charging.rated_usage group by account_id, period`,
    );
    return rows.map((row) => ({
      name: 'rated-usage',
      scope: `${row['account_id']}/${row['period']}`,
      value: amountToDecimal(amountFromMicro(BigInt(row['micro'] ?? 0))),
    }));
  }

  private async suspended(tx: Tx): Promise<ControlFigure[]> {
    const { count } = await totalsOf<'count'>(tx, suspendedProducts);
    return [{ name: 'suspended-products', scope: 'all', value: count }];
  }

  private async accounts(tx: Tx): Promise<ControlFigure[]> {
    const { count } = await totalsOf<'count'>(tx, `select count(*) as count from charging.account`);
    return [{ name: 'open-accounts', scope: 'all', value: count }];
  }
}

/** Each part is counted in the rows it made, not in the file's own counters. */
const deliveries = `
with delivered as (
  select source, sum(read) as read, sum(duplicates) as duplicates from charging.usage_file group by source
), rated as (
  select source, count(*) as count from charging.rated_usage where file_id is not null group by source
), set_aside as (
  select source, count(*) as count from charging.suspended_usage where state in ('open', 'discarded') group by source
), reconciled as (
  select source, count(*) as count from charging.reconciled_usage group by source
), parts as (
  select source, count(*) as count from charging.usage_part where state in ('waiting', 'combined') group by source
)
select source, delivered.read::text as read,
  (delivered.duplicates + coalesce(rated.count, 0) + coalesce(set_aside.count, 0) + coalesce(reconciled.count, 0)
    + coalesce(parts.count, 0))::text as accounted
from delivered left join rated using (source) left join set_aside using (source) left join reconciled using (source)
left join parts using (source)`;

/** What sessions moved stands where no constraint sees it. */
const bucketsBeyondGrants = `
select count(*)::text as count from charging.bucket_balance
where remaining not between 0 and granted or reserved < 0`;

const bucketsWithoutEntries = `
select count(*)::text as count from charging.bucket_balance b
left join (select lane, bucket_id, sum(delta) as sum from charging.bucket_entry group by lane, bucket_id) e
  using (lane, bucket_id)
where b.remaining <> coalesce(e.sum, 0)`;

const textsWithoutBuckets = `
select count(*)::text as count from charging.group_period g
where bucket_rows is not null and bucket_rows is distinct from ${SHORT_BUCKETS_TEXT}`;

const bucketsWithoutTakes = `
with taken as (
  select lane, card_group_id, period, take->>0 as code, sum((take->>1)::bigint) as units
  from charging.rated_usage, jsonb_array_elements(takes) as take group by 1, 2, 3, 4
)
select count(*)::text as count from charging.bucket_balance b full join taken t using (lane, card_group_id, period, code)
where coalesce(b.granted - b.remaining, 0) <> coalesce(t.units, 0)`;

const totalsWithoutUsage = `
with used as (
  select lane, account_id, period, booked_product_id as product_id, charge_code, offering_code, offering_version,
    sum(amount) as amount, count(*) as event_count, sum(units_total) as units_total, sum(units_charged) as units_charged
  from charging.rated_usage group by 1, 2, 3, 4, 5, 6, 7
)
select count(*)::text as count from charging.usage_sum t
full join used u using (lane, account_id, period, product_id, charge_code, offering_code, offering_version)
where (coalesce(t.amount, 0), coalesce(t.event_count, 0), coalesce(t.units_total, 0), coalesce(t.units_charged, 0))
  is distinct from
  (coalesce(u.amount, 0), coalesce(u.event_count, 0), coalesce(u.units_total, 0), coalesce(u.units_charged, 0))`;

/** What re-ratings say to have applied is what the journal of rating again has for them. */
const reratingsWithoutJournal = `
with applied as (
  select 'rerating ' || rerating_id as cause, sum(amount_after - amount_before) as delta
  from charging.rerating_group where applied_at is not null group by 1
), journal as (
  select cause, sum(amount_delta) as delta from charging.rerate where cause like 'rerating %' group by 1
)
select count(*)::text as count from applied full join journal using (cause)
where coalesce(applied.delta, 0) <> coalesce(journal.delta, 0)`;

const moneyReservedWithoutReservations = `
with held as (
  select s.lane, (r->>'bucket')::uuid as bucket_id, sum((r->>'units')::bigint) as units
  from charging.session s, jsonb_array_elements(s.reserved::jsonb) as r where r->>'kind' = 'money' group by 1, 2
)
select count(*)::text as count from charging.money_bucket b full join held h using (lane, bucket_id)
where coalesce(b.reserved, 0) <> coalesce(h.units, 0)`;

const moneyWithoutEntries = `
select count(*)::text as count from charging.money_bucket b
full join (
  select lane, bucket_id, sum(delta) as remaining, coalesce(sum(delta) filter (where kind = 'overrun'), 0) as overrun
  from charging.money_entry group by lane, bucket_id
) e using (lane, bucket_id)
where coalesce(b.remaining, 0) <> coalesce(e.remaining, 0) or coalesce(b.overrun, 0) <> coalesce(e.overrun, 0)`;

const transfersThroughClearing = `
select coalesce(sum(-delta) filter (where kind = 'transfer-out'), 0)::text as left,
  (coalesce(sum(delta) filter (where kind = 'transfer-in'), 0)
    + (select coalesce(sum(amount), 0) from charging.money_transfer where state = 'taken'))::text as right
from charging.money_entry where kind in ('transfer-in', 'transfer-out')`;

/** What sharings say that owners paid is in the owners' journals, and what they say is held is what sessions hold. */
const sharedWithoutEntries = `
with paid as (
  select e.lane, e.reference, -sum(e.delta) as amount from charging.money_entry e
  join charging.money_sharing s on s.lane = e.lane and s.owner_account_id = e.account_id
    and e.reference like 'shared/' || s.sharing_id || '/%' group by 1, 2
), held as (
  select s.lane, 'shared/' || (r->>'sharingId') || '/' || s.period as reference, sum((r->>'units')::bigint) as amount
  from charging.session s, jsonb_array_elements(s.reserved::jsonb) as r where r ? 'sharingId' group by 1, 2
), used as (
  select lane, 'shared/' || sharing_id || '/' || period as reference, used, reserved from charging.money_share_use
)
select count(*)::text as count from used full join paid using (lane, reference) full join held using (lane, reference)
where coalesce(used.used, 0) <> coalesce(paid.amount, 0) or coalesce(used.reserved, 0) <> coalesce(held.amount, 0)`;

const spendHeldWithoutReservations = `
with held as (
  select s.lane, s.product_id, r->>'bucket' as span, sum((r->>'units')::bigint) as held
  from charging.session s, jsonb_array_elements(s.reserved::jsonb) as r where r->>'kind' = 'spend' group by 1, 2, 3
)
select count(*)::text as count from charging.spend_hold h full join held using (lane, product_id, span)
where coalesce(h.held, 0) <> coalesce(held.held, 0)`;

/** Where spending is counted, each product's local day is what its rated usage came to. */
const spentWithoutUsage = `
with counted as (
  select g.lane, g.card_group_id, g.period, product.key as product_id, day.key as day, day.value::bigint as spent
  from charging.group_period g, jsonb_each(g.spent) as product, jsonb_each_text(product.value) as day
), used as (
  select u.lane, u.card_group_id, u.period, u.product_id::text, (u.used_at at time zone a.zone)::date::text as day,
    sum(u.amount) as spent
  from charging.group_period g join charging.rated_usage u using (lane, card_group_id, period)
  join charging.account a on a.account_id = u.account_id where g.spent is not null group by 1, 2, 3, 4, 5
)
select count(*)::text as count from counted full join used using (lane, card_group_id, period, product_id, day)
where coalesce(counted.spent, 0) <> coalesce(used.spent, 0)`;

/** What usage of prepaid accounts came to was taken from their money, to the micro-yuan. */
const usageWithoutMoney = `
with used as (
  select lane, account_id, sum(amount) as amount from charging.usage_sum group by 1, 2
), paid as (
  select lane, account_id, -sum(delta) as amount from charging.money_entry where kind in ('use', 'rerate') group by 1, 2
)
select count(*)::text as count from charging.account a
left join used u using (lane, account_id) left join paid p using (lane, account_id)
where a.payment_mode = 'prepaid' and coalesce(u.amount, 0) <> coalesce(p.amount, 0)`;

/** What was debited of fees, less what was given back, is what money paid for them. */
const feesWithoutMoney = `
with fee as (
  select lane, account_id, sum(paid) as amount from charging.prepaid_fee group by 1, 2
), paid as (
  select lane, account_id, -sum(delta) as amount from charging.money_entry
  where kind in ('fee', 'refund') and tax_class is not null group by 1, 2
)
select count(*)::text as count from fee full join paid using (lane, account_id)
where coalesce(fee.amount, 0) <> coalesce(paid.amount, 0)`;

const prepaid = `
with untold as (
  select lane, account_id, sum(delta) as micro from charging.money_entry
  where bucket_id = account_id and kind not in ('top-up', 'overrun') group by 1, 2
), told as (
  select lane, account_id, sum(value::bigint) as micro
  from charging.consumption_day, jsonb_each_text(told) where key not like 'top-up/%' and key not like 'bonus%'
  group by 1, 2
)
select b.account_id, (b.remaining - b.overrun - coalesce(untold.micro, 0) + coalesce(told.micro, 0))::text as micro
from charging.money_bucket b
left join untold using (lane, account_id) left join told using (lane, account_id)
where b.bucket_id = b.account_id and (b.remaining <> 0 or b.overrun <> 0 or untold.micro is not null)`;

const latestProducts = `
select distinct on (lane, product_id) lane, product_id, state from charging.product_version
order by lane, product_id, version desc`;

const suspendedProducts = `
with product as (${latestProducts})
select count(*) as count from product where state->>'effectiveTo' is null and state->'blocks' @> '[{"to": null}]'`;

/** Products for which an order is under way are left out. */
const productsNotStopped = `
with product as (${latestProducts})
select count(*)::text as count from charging.fee_stop s join product p using (lane, product_id)
where s.next_try_at is null and p.state->>'effectiveTo' is null
  and (s.is_wanted or exists (
      select from charging.fee_stop main where main.lane = s.lane and main.product_id <> s.product_id
        and main.product_id = (p.state->>'cardGroupId')::uuid and main.is_wanted))
    <> coalesce(p.state->'blocks' @> '[{"to": null, "reason": "unpaid-fee"}]', false)`;
