import type { ProductState } from '@ronghe/contracts';
import { arrayOf, billPeriodAt, type Instant } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { BUCKETS_TEXT, bucketsFromText } from '../balance/bucket-text';
import { groupFromState, type GroupStateRow } from '../balance/group-period.store';
import { ACCOUNT_PRODUCTS } from '../projection/account-products.store';
import { instantsOfText } from '../shared-values';
import { OPERATOR_ZONE, placeOf } from './batch-places';
import type { KnownGroup } from './group-lock.store';
import {
  ACCOUNT_COLUMNS,
  knownAccountFromRow,
  type AccountColumns,
  type KnownAccount,
  type OnlineHolder,
} from './online-account';

/**
 * All of holders of numbers in one statement, so in one snapshot: nearly all share nothing and were given nothing. Of the card
 * group the period that the account's cycle is in, as far as SQL can tell; a card group that shares is no matter of it.
 */
const FIRST_COMERS: Statement = {
  name: 'charging-first-comers',
  text: `select h.number, h.product_id, h.account_id, h.lane, h.valid_from::text, h.valid_to::text, h.is_blocked,
      h.xmin::text as version, h.card_group_id, ${ACCOUNT_COLUMNS},
      case when is_plain then ${ACCOUNT_PRODUCTS} end as products, g.*
    from unnest($1::text[]) as wanted (number)
    join charging.number_holder h on h.number = wanted.number
    join charging.account a on a.account_id = h.account_id
    cross join lateral (
      select not exists (select from charging.sharing s where s.lane = h.lane and s.balance_group_id = a.balance_group_id)
        and not exists (select from charging.sharing s where s.lane = h.lane and s.member_card_group_id = h.card_group_id)
        and not exists (select from charging.unit_grant u where u.lane = h.lane and u.account_id = h.account_id) as is_plain
      -- Asked once, not wherever it is used.
      offset 0) plain
    left join lateral (
      select g.period, g.xmin::text as group_version, g.account_id as group_account_id, g.counters, g.last_late,
        g.last_used_at, g.last_source, g.last_record_id, g.needs_rerate, g.spent, g.totals, g.moves, g.counter_holds,
        coalesce(g.bucket_rows, (select ${BUCKETS_TEXT} from charging.bucket b
          where b.lane = g.lane and b.card_group_id = g.card_group_id and b.period = g.period)) as buckets
      from charging.group_period g
      where is_plain and g.lane = h.lane and g.card_group_id = h.card_group_id
        and g.period = ($2::text[])[a.bill_day] limit 1) g on true
    order by h.product_id`,
};

/** What a holder's rows say, and what is no text in a group's row; all of it null where the period is not open. */
interface FirstComerRow extends AccountColumns, GroupStateRow {
  number: string;
  product_id: string;
  card_group_id: string;
  valid_from: string;
  valid_to: string | null;
  is_blocked: boolean;
  version: string;
  /** Null where anything is shared, or given. */
  products: ProductState[] | null;
  period: string | null;
  group_version: string;
  group_account_id: string;
  buckets: string | null;
}

/** Somebody who holds, or held, a number, with all that is to be remembered of him. */
export interface FirstComer {
  holder: OnlineHolder;
  /** The xmin of the number's row. */
  version: string;
  account: KnownAccount;
  /** The latest version of the account's products, also ended ones. */
  products: readonly ProductState[];
  /** His card group in the period of now; undefined: it is not open, or of another zone whose period changes at another hour. */
  group: KnownGroup | undefined;
}

/**
 * Everybody who ever held one of the numbers, by number and in the order of their products. Numbers of which anybody shares
 * allowances, was given some, or has buckets with terms that are new to this process, are left out; what nobody ever held has an
 * empty list.
 */
export async function readFirstComers(
  tx: Tx,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly FirstComer[]>> {
  const rows = await prepared<FirstComerRow>(tx, FIRST_COMERS, [
    arrayOf(numbers),
    arrayOf(periodsByBillDay(tx.now)),
  ]);
  const comers = new Map<string, FirstComer[]>(numbers.map((number) => [number, []]));
  for (const row of rows) {
    const comer = firstComerFromRow(row, tx.now);
    if (comer) comers.get(row.number)?.push(comer);
    else comers.delete(row.number);
  }
  return comers;
}

/** The period of each bill day. Where an account has another zone it may be another one, which is seen once it has been read. */
function periodsByBillDay(now: Instant): string[] {
  return Array.from(
    { length: 31 },
    (_, at) => billPeriodAt(now, { billDay: at + 1, zone: OPERATOR_ZONE }).key,
  );
}

/** Undefined: he shares, or was given something, or his buckets have terms that nobody has read yet. */
function firstComerFromRow(row: FirstComerRow, now: Instant): FirstComer | undefined {
  const { version, products } = row;
  if (!products) return undefined;
  const account = knownAccountFromRow(row);
  const holder: OnlineHolder = {
    number: row.number,
    productId: row.product_id,
    accountId: row.account_id,
    lane: row.lane,
    validFrom: instantsOfText.of(row.valid_from),
    validTo: row.valid_to === null ? null : instantsOfText.of(row.valid_to),
    isBlocked: row.is_blocked,
    cardGroupId: row.card_group_id,
    account: account.account,
  };
  if (row.period !== placeOf(holder, now).period)
    return { holder, version, account, products, group: undefined };
  const group = groupOf(row, row.period);
  return group && { holder, version, account, products, group };
}

function groupOf(row: FirstComerRow, period: string): KnownGroup | undefined {
  const buckets = bucketsFromText(row.buckets);
  if (!buckets) return undefined;
  const place = {
    lane: row.lane,
    cardGroupId: row.card_group_id,
    period,
    accountId: row.group_account_id,
  };
  return { group: groupFromState(place, row, buckets), version: row.group_version };
}
