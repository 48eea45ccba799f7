import { moneyFromMinor } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { noAging, type Aging } from './aging';

type AgingRow = Record<keyof Aging, string> & { account_id: string };

// Whole local days since the first late day, in the account's zone.
const buckets = `
  coalesce(sum(open_fen) filter (where days is null), 0)::text as "notDue",
  coalesce(sum(open_fen) filter (where days <= 30), 0)::text as "days0To30",
  coalesce(sum(open_fen) filter (where days between 31 and 60), 0)::text as "days31To60",
  coalesce(sum(open_fen) filter (where days between 61 and 90), 0)::text as "days61To90",
  coalesce(sum(open_fen) filter (where days > 90), 0)::text as "over90Days",
  coalesce(sum(disputed_fen), 0)::text as disputed,
  coalesce(sum(instalment_fen), 0)::text as instalment`;

const aged = (condition: string) => `
  select account_id, open_fen, disputed_fen, instalment_fen,
         case when due_at <= $1 then ($1 at time zone zone)::date - (due_at at time zone zone)::date end as days
  from receivables.open_item as item join receivables.account using (account_id, lane)
  where open_fen > 0 ${condition}`;

/** What accounts owe, by age; accounts that owe nothing are absent. */
export async function findAging(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
): Promise<Map<string, Aging>> {
  const rows = await tx.query<AgingRow>(
    `select account_id, ${buckets}
     from (${aged('and item.lane = any($2::smallint[]) and account_id = any($3::uuid[])')}) as item group by account_id`,
    [tx.now, lanes, accountIds],
  );
  return new Map(rows.map((row) => [row.account_id, fromRow(row)]));
}

/** What is owed in all, by age. Read at rest, over all lanes. */
export async function findAgingTotals(tx: Tx): Promise<Aging> {
  const [row] = await tx.query<AgingRow>(`select ${buckets} from (${aged('')}) as item`, [tx.now]);
  return row ? fromRow(row) : noAging;
}

/** The accounts that owe something, by id from after `after`, at most `limit`: for reports. Read at rest, over all lanes. */
export async function findAgingPage(
  tx: Tx,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ accountId: string; aging: Aging }[]> {
  const rows = await tx.query<AgingRow>(
    `select account_id, ${buckets} from (${aged('and ($2::uuid is null or account_id > $2)')}) as item
     group by account_id order by account_id limit $3`,
    [tx.now, after, limit],
  );
  return rows.map((row) => ({ accountId: row.account_id, aging: fromRow(row) }));
}

function fromRow(row: AgingRow): Aging {
  const fen = (key: keyof Aging) => moneyFromMinor(BigInt(row[key]));
  return {
    notDue: fen('notDue'),
    days0To30: fen('days0To30'),
    days31To60: fen('days31To60'),
    days61To90: fen('days61To90'),
    over90Days: fen('over90Days'),
    disputed: fen('disputed'),
    instalment: fen('instalment'),
  };
}
