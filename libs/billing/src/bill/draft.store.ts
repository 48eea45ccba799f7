import type { BillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { accountKeys, wantedAccounts, type BilledAccount } from '../projection/account.store';
import { insertStatements } from '../statement/statement.store';
import type { NowScope } from './bill-so-far';
import type { BillDraft } from './draft-bill';
import { storedDiscount } from './line-discount';

/** What a run made of one account. */
export interface AccountResult {
  account: BilledAccount;
  outcome:
    | { kind: 'billed'; billId: string; draft: BillDraft }
    | { kind: 'unchanged' }
    | { kind: 'quarantined'; code: string; reason: string };
}

export interface DraftScope {
  runId: string;
  period: BillPeriod;
  /** Of bills outside the cycle: they close no period. */
  now?: NowScope;
}

/**
 * Writes drafts with their claims in the caller's transaction, a statement per table: a period is closed for an
 * account by the claim that is written beside its bill.
 */
export async function saveResults(
  tx: Tx,
  scope: DraftScope,
  results: readonly AccountResult[],
): Promise<void> {
  const billed = results.flatMap(({ account, outcome }) =>
    outcome.kind === 'billed' ? [{ account, ...outcome }] : [],
  );
  if (billed.length > 0) {
    await insertBills(tx, scope, billed);
    await insertLines(tx, billed);
    await insertTaxes(tx, billed);
    await markCharges(tx, billed);
    await insertStatements(tx, billed.flatMap(statementIn));
  }
  await saveClaims(tx, scope, results);
  if (scope.now !== 'one-time') await consumeReopened(tx, scope, results);
}

/** Writes one bill that no run drafts: a credit note by hand. */
export async function saveBill(tx: Tx, scope: DraftScope, billed: Billed): Promise<void> {
  await insertBills(tx, scope, [billed]);
  await insertLines(tx, [billed]);
  await insertTaxes(tx, [billed]);
}

interface Billed {
  account: BilledAccount;
  billId: string;
  draft: BillDraft;
}

function statementIn({ account: { lane, accountId }, billId, draft: { statement } }: Billed) {
  return statement ? [{ lane, billId, accountId, statement }] : [];
}

async function insertBills(tx: Tx, { runId, period }: DraftScope, billed: readonly Billed[]): Promise<void> {
  const rows = billed.map(({ account, billId, draft }) => ({
    lane: account.lane,
    bill_id: billId,
    account_id: account.accountId,
    customer_id: account.customerId,
    total_fen: draft.total.toString(),
  }));
  await tx.execute(
    `insert into billing.bill
       (lane, bill_id, account_id, customer_id, run_id, period, period_from, period_to, state, total_fen, drafted_at)
     select lane, bill_id, account_id, customer_id, $1, $2, $3, $4, 'draft', total_fen, $5
     from jsonb_to_recordset($6::jsonb)
       as row (lane smallint, bill_id uuid, account_id uuid, customer_id uuid, total_fen bigint)`,
    [runId, period.key, period.from, period.to, tx.now, JSON.stringify(rows)],
  );
}

async function insertLines(tx: Tx, billed: readonly Billed[]): Promise<void> {
  const rows = billed.flatMap(({ account, billId, draft }) =>
    draft.lines.map((line, index) => ({
      lane: account.lane,
      bill_id: billId,
      no: index + 1,
      account_id: line.accountId ?? account.accountId,
      service_period: line.servicePeriod,
      key: line.key,
      card: line.card,
      product_id: line.productId,
      charge_class: line.chargeClass,
      charge_code: line.chargeCode,
      label: line.label,
      amount_fen: line.amount.toString(),
      discount_fen: line.discount.toString(),
      net_fen: line.net.toString(),
      exact_micro: line.exact.toString(),
      exact_usage_micro: line.exactUsage.toString(),
      exact_settled_micro: line.exactSettled.toString(),
      tax_class: line.taxClass,
      tax_percent: line.taxPercent,
      tax_fen: line.tax.toString(),
      service_date: line.serviceDate,
      discounts: line.discounts.map(storedDiscount),
      made_from: line.references,
      explanation: line.explanation,
    })),
  );
  await tx.execute(
    `insert into billing.bill_line
       (lane, bill_id, no, account_id, service_period, key, card, product_id, charge_class, charge_code, label,
        amount_fen, discount_fen, net_fen, exact_micro, exact_usage_micro, exact_settled_micro, tax_class, tax_percent,
        tax_fen, service_date, discounts, made_from, explanation)
     select * from jsonb_to_recordset($1::jsonb) as row (
       lane smallint, bill_id uuid, no integer, account_id uuid, service_period text, key text, card text, product_id uuid,
       charge_class text, charge_code text, label jsonb, amount_fen bigint, discount_fen bigint, net_fen bigint,
       exact_micro bigint, exact_usage_micro bigint, exact_settled_micro bigint, tax_class text, tax_percent text, tax_fen bigint,
       service_date date, discounts jsonb, made_from jsonb, explanation jsonb)`,
    [JSON.stringify(rows)],
  );
}

async function insertTaxes(tx: Tx, billed: readonly Billed[]): Promise<void> {
  const rows = billed.flatMap(({ account, billId, draft }) =>
    draft.taxes.map((tax) => ({
      lane: account.lane,
      bill_id: billId,
      percent: tax.percent,
      gross_fen: tax.gross.toString(),
      tax_fen: tax.tax.toString(),
    })),
  );
  await tx.execute(
    `insert into billing.bill_tax (lane, bill_id, percent, gross_fen, tax_fen)
     select * from jsonb_to_recordset($1::jsonb) as row (
       lane smallint, bill_id uuid, percent text, gross_fen bigint, tax_fen bigint)`,
    [JSON.stringify(rows)],
  );
}

/** A one-time charge belongs to the bill that shows it, and comes on no other. */
async function markCharges(tx: Tx, billed: readonly Billed[]): Promise<void> {
  const rows = billed.flatMap(({ account: { lane }, billId, draft }) =>
    draft.lines.flatMap((line) =>
      line.references.flatMap((reference) =>
        reference.kind === 'once' ? [{ lane, charge_id: reference.chargeId, bill_id: billId }] : [],
      ),
    ),
  );
  if (rows.length === 0) return;
  await tx.execute(
    `update billing.one_time_charge as charge set bill_id = row.bill_id
     from jsonb_to_recordset($1::jsonb) as row (lane smallint, charge_id uuid, bill_id uuid)
     where charge.lane = row.lane and charge.charge_id = row.charge_id`,
    [JSON.stringify(rows)],
  );
}

/** One claim per account and run; a released account's claim is written over. */
async function saveClaims(
  tx: Tx,
  { runId, period, now }: DraftScope,
  results: readonly AccountResult[],
): Promise<void> {
  const rows = results.map(({ account, outcome }) => ({
    lane: account.lane,
    account_id: account.accountId,
    outcome: now === undefined ? outcome.kind : 'now',
    bill_id: outcome.kind === 'billed' ? outcome.billId : null,
    reason_code: outcome.kind === 'quarantined' ? outcome.code : null,
    reason: outcome.kind === 'quarantined' ? outcome.reason : null,
  }));
  await tx.execute(
    `insert into billing.billing_claim
       (lane, account_id, period, run_id, outcome, bill_id, reason_code, reason, claimed_at)
     select lane, account_id, $1, $2, outcome, bill_id, reason_code, reason, $3
     from jsonb_to_recordset($4::jsonb) as row (
       lane smallint, account_id uuid, outcome text, bill_id uuid, reason_code text, reason text)
     on conflict (lane, account_id, period, run_id) do update
       set outcome = excluded.outcome, bill_id = excluded.bill_id, reason_code = excluded.reason_code,
           reason = excluded.reason, claimed_at = excluded.claimed_at
       where billing.billing_claim.outcome = 'released'`,
    [period.key, runId, tx.now, JSON.stringify(rows)],
  );
}

/** The differences of reopened periods are on these bills now. */
async function consumeReopened(
  tx: Tx,
  { runId, period }: DraftScope,
  results: readonly AccountResult[],
): Promise<void> {
  const through = results.flatMap(({ account, outcome }) =>
    outcome.kind === 'quarantined' ? [] : [account],
  );
  await tx.execute(
    `update billing.reopened_period as reopened set run_id = $4 from ${wantedAccounts}
     where reopened.lane = wanted.lane and reopened.account_id = wanted.account_id and period <= $3 and run_id is null`,
    [...accountKeys(through), period.key, runId],
  );
}
