import type { LineOfBusiness, ProductState, ServiceClass } from '@ronghe/contracts';
import {
  instantFromDate,
  localDateOf,
  minMoney,
  moneyFromMinor,
  subtractMoney,
  zeroMoney,
  type LocalDate,
} from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { DueAccountRow } from './dunning-account.store';
import type { DunnedProduct } from './dunning-product';
import type { DunningAccount, OpenCase } from './dunning-review';
import type { Stop } from './dunning-state';
import { lateFromWithout, type Debt } from './overdue';

/** Everything that decides what happens to accounts, read for all of them at once. */
export async function readDunningAccounts(tx: Tx, rows: readonly DueAccountRow[]): Promise<DunningAccount[]> {
  const keys = [rows.map(({ lane }) => lane), rows.map(({ account_id }) => account_id)];
  const debts = await readDebts(tx, keys, new Map(rows.map(({ account_id, zone }) => [account_id, zone])));
  const cases = await readOpenCases(tx, keys);
  const products = await readProducts(tx, keys);
  return rows.map((row) => ({
    lane: row.lane,
    accountId: row.account_id,
    customerId: row.customer_id,
    zone: row.zone,
    customerClass: row.customer_class,
    isExempt: row.is_exempt,
    promise: row.promise,
    debts: debts.get(row.account_id) ?? [],
    cases: cases.get(row.account_id) ?? [],
    products: products.get(row.account_id) ?? [],
  }));
}

interface DebtRow {
  account_id: string;
  bill_id: string;
  due_at: Date;
  open_fen: string;
  held_fen: string;
  rejected: { from: LocalDate; to: LocalDate; fen: string }[];
}

async function readDebts(
  tx: Tx,
  keys: unknown[],
  zones: ReadonlyMap<string, string>,
): Promise<Map<string, Debt[]>> {
  const rows = await tx.query<DebtRow>(
    `select i.account_id, i.bill_id, i.due_at, i.open_fen, i.disputed_fen + i.instalment_fen as held_fen, array(
       select json_build_object('from', d.opened_on, 'to', d.resolved_on, 'fen', d.amount_fen::text)
       from receivables.dispute d where d.lane = i.lane and d.bill_id = i.bill_id
         and d.state = 'rejected' and not d.days_count) as rejected
     from unnest($1::smallint[], $2::uuid[]) as asked (lane, account_id)
     join receivables.open_item i on i.lane = asked.lane and i.account_id = asked.account_id
     where i.open_fen > 0`,
    keys,
  );
  const debts = new Map<string, Debt[]>();
  for (const row of rows) {
    const zone = zones.get(row.account_id) ?? 'Asia/Shanghai';
    const today = localDateOf(tx.now, zone);
    debts.set(row.account_id, [...(debts.get(row.account_id) ?? []), ...debtsOf(row, zone, today)]);
  }
  return debts;
}

/** What was disputed in vain is late without the days of its dispute; the rest of the bill is not. */
function debtsOf(row: DebtRow, zone: string, today: LocalDate): Debt[] {
  const lateFrom = localDateOf(instantFromDate(row.due_at), zone);
  const counted = moneyFromMinor(BigInt(row.open_fen) - BigInt(row.held_fen));
  const disputed = row.rejected.reduce((sum, { fen }) => sum + BigInt(fen), 0n);
  const late = minMoney(moneyFromMinor(disputed), counted);
  const parts = [
    { billId: row.bill_id, lateFrom, amount: subtractMoney(counted, late) },
    { billId: row.bill_id, lateFrom: lateFromWithout(row.rejected, lateFrom, today), amount: late },
  ];
  return parts.filter(({ amount }) => amount > zeroMoney);
}

async function readOpenCases(tx: Tx, keys: unknown[]): Promise<Map<string, OpenCase[]>> {
  const rows = await tx.query<{
    account_id: string;
    case_id: string;
    service: ServiceClass;
    stop: Stop;
    state_code: string | null;
    noticed: string[];
    steps: number;
  }>(
    `select c.account_id, c.case_id, c.service, c.stop, c.state_code, c.noticed, c.steps
     from unnest($1::smallint[], $2::uuid[]) as asked (lane, account_id)
     join receivables.dunning_case c on c.lane = asked.lane and c.account_id = asked.account_id
     where c.closed_at is null`,
    keys,
  );
  return grouped(rows, ({ case_id, service, stop, state_code, noticed, steps }) => ({
    caseId: case_id,
    service,
    standing: { stop, stateCode: state_code, noticed },
    steps,
  }));
}

async function readProducts(tx: Tx, keys: unknown[]): Promise<Map<string, DunnedProduct[]>> {
  const rows = await tx.query<{ account_id: string; state: ProductState; line: LineOfBusiness | null }>(
    `select p.account_id, p.state, o.line_of_business as line
     from unnest($1::smallint[], $2::uuid[]) as asked (lane, account_id)
     join receivables.product p on p.lane = asked.lane and p.account_id = asked.account_id
     left join receivables.offering o
       on o.code = p.state->>'offeringCode' and o.version = (p.state->>'offeringVersion')::integer
     where p.is_live order by p.product_id`,
    keys,
  );
  return grouped(rows, ({ state, line }) => ({ product: state, lineOfBusiness: line }));
}

function grouped<R extends { account_id: string }, T>(
  rows: readonly R[],
  of: (row: R) => T,
): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) map.set(row.account_id, [...(map.get(row.account_id) ?? []), of(row)]);
  return map;
}
