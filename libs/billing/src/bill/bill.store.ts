import type { LocalizedText } from '@ronghe/contracts';
import { amountFromMicro, instantFromDate, moneyFromMinor, type LocalDate } from '@ronghe/kernel';
import type { Explanation } from '@ronghe/rating';
import type { Tx } from '@ronghe/platform';
import { findStatements } from '../statement/statement.store';
import type { Bill, BillLine } from './bill';
import type { ChargeReference } from './charge-line';
import { discountFrom, type StoredDiscount } from './line-discount';

interface BillRow {
  bill_id: string;
  number: string;
  lane: number;
  account_id: string;
  customer_id: string;
  zone: string;
  period: string;
  period_from: Date;
  period_to: Date;
  total_fen: string;
  issued_at: Date;
  due_at: Date;
  credited_bill_id: string | null;
  credit_reason: string | null;
}

interface LineRow {
  bill_id: string;
  account_id: string;
  no: number;
  service_period: string;
  key: string;
  card: string;
  product_id: string | null;
  charge_class: string;
  charge_code: string;
  label: LocalizedText;
  amount_fen: string;
  discount_fen: string;
  net_fen: string;
  exact_micro: string;
  exact_usage_micro: string;
  exact_settled_micro: string;
  tax_class: string;
  tax_percent: string;
  tax_fen: string;
  service_date: string;
  discounts: StoredDiscount[];
  made_from: ChargeReference[];
  explanation: Explanation;
}

/** Published bills of these ids, in no order. */
export async function findBills(tx: Tx, billIds: readonly string[]): Promise<Bill[]> {
  const known = await tx.query<{ bill_id: string; lane: number }>(
    `select bill_id, lane from billing.bill_lane where bill_id = any($1::uuid[])`,
    [billIds],
  );
  return readBills(tx, known);
}

/** Ids of published bills of accounts from newest to oldest, behind a bill id, `limit` for each account. */
export async function listBillIds(
  tx: Tx,
  accountIds: readonly string[],
  page: { after: string | null; limit: number },
): Promise<{ billId: string; accountId: string }[]> {
  const rows = await tx.query<{ bill_id: string; account_id: string }>(
    `select bill_id, account_id from (
       select bill_id, account_id, row_number() over (partition by account_id order by bill_id desc) as rank
       from billing.bill_lane where account_id = any($1::uuid[]) and ($2::uuid is null or bill_id < $2)
     ) as ranked where rank <= $3 order by bill_id desc`,
    [accountIds, page.after, page.limit],
  );
  return rows.map((row) => ({ billId: row.bill_id, accountId: row.account_id }));
}

/** A page of all published bills, newest first, and how many there are; perhaps of one account. */
export async function pageOfBillIds(
  tx: Tx,
  page: { accountId: string | null; offset: number; limit: number },
): Promise<{ billIds: string[]; total: number }> {
  const rows = await tx.query<{ bill_id: string }>(
    `select bill_id from billing.bill_lane where ($1::uuid is null or account_id = $1)
     order by bill_id desc offset $2 limit $3`,
    [page.accountId, page.offset, page.limit],
  );
  const [count] = await tx.query<{ count: string }>(
    `select count(*) as count from billing.bill_lane where ($1::uuid is null or account_id = $1)`,
    [page.accountId],
  );
  return { billIds: rows.map((row) => row.bill_id), total: Number(count?.count ?? 0) };
}

/** A page of the lines of published bills, newest bill first, and how many there are; perhaps of one bill. */
export async function pageOfLinePlaces(
  tx: Tx,
  page: { billId: string | null; offset: number; limit: number },
): Promise<{ places: { billId: string; no: number }[]; total: number }> {
  const rows = await tx.query<{ bill_id: string; no: number }>(
    `select bill_id, no from billing.bill_lane join billing.bill_line using (lane, bill_id)
     where ($1::uuid is null or bill_id = $1) order by bill_id desc, no offset $2 limit $3`,
    [page.billId, page.offset, page.limit],
  );
  const [count] = await tx.query<{ count: string }>(
    `select count(*) as count from billing.bill_lane join billing.bill_line using (lane, bill_id)
     where ($1::uuid is null or bill_id = $1)`,
    [page.billId],
  );
  return {
    places: rows.map((row) => ({ billId: row.bill_id, no: row.no })),
    total: Number(count?.count ?? 0),
  };
}

async function readBills(tx: Tx, known: readonly { bill_id: string; lane: number }[]): Promise<Bill[]> {
  const scope = [[...new Set(known.map((row) => row.lane))], known.map((row) => row.bill_id)];
  const bills = await tx.query<BillRow>(
    `select bill.bill_id, number, bill.lane, account_id, bill.customer_id, zone, period, period_from, period_to, total_fen,
            issued_at, due_at, credited_bill_id, reason as credit_reason
     from billing.bill join billing.account using (account_id) left join billing.credit_note as note on note.lane = bill.lane and note.bill_id = bill.bill_id
     where bill.lane = any($1::smallint[]) and bill.bill_id = any($2::uuid[]) and state = 'published'`,
    scope,
  );
  const statements = await findStatements(
    tx,
    known.map((row) => row.lane),
    known.map((row) => row.bill_id),
  );
  const lines = await tx.query<LineRow>(
    `select bill_id, no, account_id, service_period, key, card, product_id, charge_class, charge_code, label, amount_fen,
            discount_fen, net_fen, exact_micro, exact_usage_micro, exact_settled_micro, tax_class, tax_percent, tax_fen,
            service_date::text as service_date, discounts, made_from, explanation
     from billing.bill_line where lane = any($1::smallint[]) and bill_id = any($2::uuid[]) order by bill_id, no`,
    scope,
  );
  const taxes = await tx.query<{ bill_id: string; percent: string; gross_fen: string; tax_fen: string }>(
    `select bill_id, percent, gross_fen, tax_fen from billing.bill_tax
     where lane = any($1::smallint[]) and bill_id = any($2::uuid[]) order by bill_id, percent::numeric desc`,
    scope,
  );
  return bills.map((bill) => ({
    ...billFromRow(bill),
    statement: statements.get(bill.bill_id) ?? null,
    lines: lines.filter((line) => line.bill_id === bill.bill_id).map(lineFromRow),
    taxes: taxes
      .filter((tax) => tax.bill_id === bill.bill_id)
      .map(({ percent, gross_fen, tax_fen }) => ({ percent, gross: fen(gross_fen), tax: fen(tax_fen) })),
  }));
}

function billFromRow(row: BillRow): Omit<Bill, 'lines' | 'taxes' | 'statement'> {
  return {
    billId: row.bill_id,
    number: row.number,
    lane: row.lane,
    accountId: row.account_id,
    customerId: row.customer_id,
    zone: row.zone,
    period: row.period,
    periodFrom: instantFromDate(row.period_from),
    periodTo: instantFromDate(row.period_to),
    total: fen(row.total_fen),
    issuedAt: instantFromDate(row.issued_at),
    dueAt: instantFromDate(row.due_at),
    ...(row.credited_bill_id === null
      ? {}
      : { credits: { billId: row.credited_bill_id, reason: row.credit_reason ?? '' } }),
  };
}

function lineFromRow(row: LineRow): BillLine {
  const [first] = row.made_from;
  return {
    ...(first?.kind === 'credit' ? { creditsLine: { billId: first.billId, no: first.no } } : {}),
    billId: row.bill_id,
    no: row.no,
    accountId: row.account_id,
    servicePeriod: row.service_period,
    key: row.key,
    card: row.card,
    productId: row.product_id,
    chargeClass: row.charge_class,
    chargeCode: row.charge_code,
    label: row.label,
    amount: fen(row.amount_fen),
    discount: fen(row.discount_fen),
    net: fen(row.net_fen),
    exact: amountFromMicro(BigInt(row.exact_micro)),
    exactUsage: amountFromMicro(BigInt(row.exact_usage_micro)),
    exactSettled: amountFromMicro(BigInt(row.exact_settled_micro)),
    taxClass: row.tax_class,
    taxPercent: row.tax_percent,
    tax: fen(row.tax_fen),
    serviceDate: row.service_date as LocalDate,
    discounts: row.discounts.map(discountFrom),
    references: row.made_from,
    explanation: row.explanation,
  };
}

function fen(text: string) {
  return moneyFromMinor(BigInt(text));
}
