import { instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Bill } from '../bill/bill';
import { AT_ONCE, type AttemptState } from '../document/attempt';
import type { IssuedInvoice, TaxInvoiceRequest } from './tax-invoice';

interface RequestRow {
  lane: number;
  bill_id: string;
  invoices: IssuedInvoice[];
  state: AttemptState;
  attempts: number;
  next_try_at: Date | null;
  last_error: string | null;
}

/** Those that there are of bills' tax invoices. */
export async function findInvoiceRequests(
  tx: Tx,
  bills: readonly { lane: number; billId: string }[],
): Promise<TaxInvoiceRequest[]> {
  const rows = await tx.query<RequestRow>(
    `select lane, bill_id, invoices, state, attempts, next_try_at, last_error from billing.tax_invoice
     where lane = any($1::smallint[]) and bill_id = any($2::uuid[]) and no = 1`,
    [bills.map(({ lane }) => lane), bills.map(({ billId }) => billId)],
  );
  return rows.map((row) => ({
    lane: row.lane,
    billId: row.bill_id,
    invoices: row.invoices,
    state: row.state,
    attempts: row.attempts,
    nextTryAt: row.next_try_at && instantFromDate(row.next_try_at),
    lastError: row.last_error,
  }));
}

/** Asks for a bill's tax invoice; nothing where it has been asked for. */
export async function insertInvoiceRequest(
  tx: Tx,
  { lane, billId, accountId }: { lane: number; billId: string; accountId: string },
): Promise<void> {
  await tx.execute(
    `insert into billing.tax_invoice (lane, bill_id, no, account_id, requested_at, state, next_try_at)
     values ($1, $2, 1, $3, $4, 'waiting', $5) on conflict do nothing`,
    [lane, billId, accountId, tx.now, AT_ONCE],
  );
}

/** Keeps what the platform has numbered. */
export async function saveInvoices(
  tx: Tx,
  { lane, billId }: { lane: number; billId: string },
  invoices: readonly IssuedInvoice[],
): Promise<void> {
  await tx.execute(
    `update billing.tax_invoice set invoices = $3 where lane = $1 and bill_id = $2 and no = 1`,
    [lane, billId, JSON.stringify(invoices)],
  );
}

/**
 * The bill that first charged each of the things, by service period and key, that a credit note takes back without naming
 * a line.
 */
export async function findChargingBills(tx: Tx, bill: Bill): Promise<Map<string, string>> {
  const rows = await tx.query<{ service_period: string; key: string; bill_id: string }>(
    `select distinct on (service_period, key) service_period, key, line.bill_id
     from billing.bill_line as line join billing.bill on bill.lane = line.lane and bill.bill_id = line.bill_id
     where line.lane = $1 and line.account_id = $2 and service_period = any($3::text[]) and key = any($4::text[])
       and line.bill_id <> $5 and net_fen > 0 and state = 'published' and total_fen > 0
     order by service_period, key, issued_at, line.bill_id`,
    [
      bill.lane,
      bill.accountId,
      bill.lines.map((line) => line.servicePeriod),
      bill.lines.map((line) => line.key),
      bill.billId,
    ],
  );
  return new Map(rows.map((row) => [chargeName(row.service_period, row.key), row.bill_id]));
}

/** What `findChargingBills` names a charge. */
export function chargeName(servicePeriod: string, key: string): string {
  return `${servicePeriod}|${key}`;
}
