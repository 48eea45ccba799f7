import { columnArrays, type Instant, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from '../balance/group-period';
import type { Draft, WhatIf } from './what-if';
import type { WhatIfAccount, WhatIfLine } from './what-if-result';

interface WhatIfRow {
  what_if_id: string;
  state: WhatIf['state'];
  period: string;
  draft: Draft;
  conflicts: string[];
  requested_by: string;
  requested_at: Date;
  finished_at: Date | null;
  accounts_total: number;
  accounts_done: number;
  working_since: Date | null;
  cursor_group: string | null;
}

/** Writes a trial that begins. */
export async function insertWhatIf(
  tx: Tx,
  trial: Pick<WhatIf, 'whatIfId' | 'period' | 'draft' | 'conflicts' | 'requestedBy'>,
): Promise<void> {
  await tx.execute(
    `insert into charging.what_if (what_if_id, state, period, draft, conflicts, requested_by, requested_at)
     values ($1, 'running', $2, $3, $4, $5, $6)`,
    [trial.whatIfId, trial.period, JSON.stringify(trial.draft), trial.conflicts, trial.requestedBy, tx.now],
  );
}

/** One trial; undefined when there is none. */
export async function findWhatIf(tx: Tx, whatIfId: string): Promise<WhatIf | undefined> {
  const [row] = await tx.query<WhatIfRow>(`select * from charging.what_if where what_if_id = $1`, [whatIfId]);
  return row && whatIfFromRow(row);
}

/** Trials that some worker has to go on with. */
export async function findRunning(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ what_if_id: string }>(
    `select what_if_id from charging.what_if where state = 'running' order by what_if_id`,
  );
  return rows.map((row) => row.what_if_id);
}

/** Counts what there is to do, once. */
export async function beginTrial(tx: Tx, whatIfId: string, since: Instant): Promise<void> {
  await tx.execute(
    `update charging.what_if set working_since = $2, accounts_total = (select count(*) from charging.account)
     where what_if_id = $1 and working_since is null`,
    [whatIfId, since],
  );
}

/** Moves the cursor behind a batch. False when another worker moved it, or the trial has ended. */
export async function advanceTrial(
  tx: Tx,
  { whatIfId, cursor }: Pick<WhatIf, 'whatIfId' | 'cursor'>,
  batch: { last: string; accounts: number },
): Promise<boolean> {
  const touched = await tx.execute(
    `update charging.what_if set cursor_group = $3, accounts_done = accounts_done + $4
     where what_if_id = $1 and state = 'running' and cursor_group is not distinct from $2::uuid`,
    [whatIfId, cursor, batch.last, batch.accounts],
  );
  return touched > 0;
}

/** Ends a running trial. */
export async function endTrial(tx: Tx, whatIfId: string, state: 'done' | 'cancelled'): Promise<void> {
  await tx.execute(
    `update charging.what_if set state = $2, finished_at = $3 where what_if_id = $1 and state = 'running'`,
    [whatIfId, state, tx.now],
  );
}

/** The accounts of the next balance groups, group by group; a group is never cut. */
export async function findGroupsAfter(
  tx: Tx,
  page: { after: string | null; limit: number },
): Promise<{ groupId: string; accountIds: string[] }[]> {
  return tx.query(
    `select balance_group_id as "groupId", array_agg(account_id::text order by account_id) as "accountIds"
     from charging.account where $1::uuid is null or balance_group_id > $1
     group by balance_group_id order by balance_group_id limit $2`,
    [page.after, page.limit],
  );
}

/** The card groups of accounts that are open in a period. */
export async function findOpenGroups(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string }[],
  period: string,
): Promise<GroupPeriodKey[]> {
  const rows = await tx.query<{ lane: number; card_group_id: string }>(
    `select g.lane, g.card_group_id from charging.group_period g
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (lane, account_id)
     where g.period = $3`,
    [
      ...columnArrays(
        accounts,
        (account) => account.lane,
        (account) => account.accountId,
      ),
      period,
    ],
  );
  return rows.map((row) => ({ lane: row.lane, cardGroupId: row.card_group_id, period }));
}

/** Adds figures to the lines of a trial. */
export async function addLines(tx: Tx, whatIfId: string, lines: readonly WhatIfLine[]): Promise<void> {
  if (lines.length === 0) return;
  const sorted = [...lines].sort((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1));
  await tx.execute(
    `insert into charging.what_if_line as line (what_if_id, offering_code, kind, charge_code, count, amount_before,
       amount_after)
     select $7::uuid, * from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::bigint[], $6::bigint[])
     on conflict (what_if_id, offering_code, kind, charge_code) do update set count = line.count + excluded.count,
       amount_before = line.amount_before + excluded.amount_before,
       amount_after = line.amount_after + excluded.amount_after`,
    [
      ...columnArrays(
        sorted,
        (line) => line.offeringCode,
        (line) => line.kind,
        (line) => line.chargeCode,
        (line) => line.count,
        (line) => line.before,
        (line) => line.after,
      ),
      whatIfId,
    ],
  );
}

/** Writes the accounts that would pay another amount. */
export async function insertAccounts(
  tx: Tx,
  whatIfId: string,
  accounts: readonly WhatIfAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  await tx.execute(
    `insert into charging.what_if_account (what_if_id, lane, account_id, usage_before, usage_after, fees_before,
       fees_after, discounts_before, discounts_after, total_before, total_after, problem)
     select $12::uuid, * from unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
       $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[])`,
    [
      ...columnArrays(
        accounts,
        (account) => account.lane,
        (account) => account.accountId,
        ({ before }) => before.usage,
        ({ after }) => after.usage,
        ({ before }) => before.fees,
        ({ after }) => after.fees,
        ({ before }) => before.discounts,
        ({ after }) => after.discounts,
        ({ before }) => before.total,
        ({ after }) => after.total,
        (account) => account.problem,
      ),
      whatIfId,
    ],
  );
}

function lineKey(line: WhatIfLine): string {
  return `${line.offeringCode}/${line.kind}/${line.chargeCode}`;
}

function whatIfFromRow(row: WhatIfRow): WhatIf {
  return {
    whatIfId: row.what_if_id,
    state: row.state,
    period: row.period,
    draft: row.draft,
    conflicts: row.conflicts,
    requestedBy: row.requested_by,
    requestedAt: instantFromDate(row.requested_at),
    finishedAt: row.finished_at && instantFromDate(row.finished_at),
    accountsTotal: row.accounts_total,
    accountsDone: row.accounts_done,
    since: row.working_since && instantFromDate(row.working_since),
    cursor: row.cursor_group,
  };
}
