import type { Tx } from '@ronghe/platform';
import type { WhatIfAccount, WhatIfFigures, WhatIfKind, WhatIfLine, WhatIfSpread } from './what-if-result';

const PERCENTS = [5, 25, 50, 75, 95];
/** Edges of the histogram in yuan. */
const EDGES = [-100, -50, -20, -10, -5, -1, 0, 1, 5, 10, 20, 50, 100];
const MICRO = 1_000_000n;

const DELTA = '(total_after - total_before)';

/** All lines, the largest change first, at most `limit`. */
export async function findLines(tx: Tx, whatIfId: string, limit: number): Promise<WhatIfLine[]> {
  const rows = await tx.query<{
    offering_code: string;
    kind: WhatIfKind;
    charge_code: string;
    count: number;
    amount_before: string;
    amount_after: string;
  }>(
    `select * from charging.what_if_line where what_if_id = $1
     order by abs(amount_after - amount_before) desc, offering_code, kind, charge_code limit $2`,
    [whatIfId, limit],
  );
  return rows.map((row) => ({
    offeringCode: row.offering_code,
    kind: row.kind,
    chargeCode: row.charge_code,
    count: row.count,
    before: BigInt(row.amount_before),
    after: BigInt(row.amount_after),
  }));
}

/** What each kind of line comes to over all accounts. */
export async function sumRevenue(tx: Tx, whatIfId: string): Promise<WhatIfFigures['revenue']> {
  const rows = await tx.query<{ kind: WhatIfKind; before: string; after: string }>(
    `select kind, sum(amount_before) as before, sum(amount_after) as after from charging.what_if_line
     where what_if_id = $1 group by kind`,
    [whatIfId],
  );
  const of = (kind: WhatIfKind) => {
    const row = rows.find((each) => each.kind === kind);
    return { before: BigInt(row?.before ?? 0), after: BigInt(row?.after ?? 0) };
  };
  return {
    ...{ usage: of('usage'), minimum: of('minimum'), fee: of('fee') },
    ...{ discount: of('discount'), rounding: of('rounding') },
  };
}

type SumColumn = `${'usage' | 'fees' | 'discounts' | 'total'}_${'before' | 'after'}`;

interface AccountRow extends Record<SumColumn, string> {
  lane: number;
  account_id: string;
  problem: string | null;
}

/** The accounts whose payment rises most, or falls most. */
export async function findExtremes(
  tx: Tx,
  whatIfId: string,
  { rising, limit }: { rising: boolean; limit: number },
): Promise<WhatIfAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select * from charging.what_if_account where what_if_id = $1 and ${DELTA} ${rising ? '>' : '<'} 0
     order by ${DELTA} ${rising ? 'desc' : 'asc'}, account_id limit $2`,
    [whatIfId, limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    accountId: row.account_id,
    before: {
      usage: BigInt(row.usage_before),
      fees: BigInt(row.fees_before),
      discounts: BigInt(row.discounts_before),
      total: BigInt(row.total_before),
    },
    after: {
      usage: BigInt(row.usage_after),
      fees: BigInt(row.fees_after),
      discounts: BigInt(row.discounts_after),
      total: BigInt(row.total_after),
    },
    problem: row.problem,
  }));
}

/** Accounts that the drafts cannot charge, with the reason; at most `limit`. */
export async function findUnchargeable(
  tx: Tx,
  whatIfId: string,
  limit: number,
): Promise<{ accountId: string; reason: string }[]> {
  return tx.query(
    `select account_id as "accountId", problem as reason from charging.what_if_account
     where what_if_id = $1 and problem is not null order by account_id limit $2`,
    [whatIfId, limit],
  );
}

/** How the changes spread over accounts. */
export async function findSpread(tx: Tx, whatIfId: string): Promise<WhatIfSpread> {
  const changes = `select ${DELTA} as delta, problem from charging.what_if_account where what_if_id = $1`;
  const [counts] = await tx.query<Record<'rising' | 'falling' | 'problems', string>>(
    `select count(*) filter (where delta > 0) as rising, count(*) filter (where delta < 0) as falling,
       count(problem) as problems from (${changes}) as change`,
    [whatIfId],
  );
  const [shares] = await tx.query<{ deltas: string[] | null }>(
    `select percentile_disc($2::float8[]) within group (order by delta)::text[] as deltas
     from (${changes}) as change where delta <> 0`,
    [whatIfId, PERCENTS.map((percent) => percent / 100)],
  );
  const places = await tx.query<{ place: number; count: string }>(
    `select width_bucket(delta, $2::bigint[]) as place, count(*) as count from (${changes}) as change
     where delta <> 0 group by place order by place`,
    [whatIfId, EDGES.map((edge) => (BigInt(edge) * MICRO).toString())],
  );
  const rising = Number(counts?.rising ?? 0);
  const falling = Number(counts?.falling ?? 0);
  return {
    ...{ changed: rising + falling, rising, falling, problems: Number(counts?.problems ?? 0) },
    percentiles: (shares?.deltas ?? []).map((delta, index) => ({
      percent: PERCENTS[index] ?? 0,
      delta: BigInt(delta),
    })),
    histogram: places.map(({ place, count }) => ({
      from: edgeAt(place - 1),
      to: edgeAt(place),
      accounts: Number(count),
    })),
  };
}

function edgeAt(index: number): bigint | null {
  const edge = EDGES[index];
  return edge === undefined ? null : BigInt(edge) * MICRO;
}
