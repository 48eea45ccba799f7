import { columnArrays, type BillPeriod } from '@ronghe/kernel';
import { copyLines, copyRows, type Tx } from '@ronghe/platform';
import { accountKeys, wantedAccounts, type BilledAccount } from '../projection/account.store';
import { insertStatements } from '../statement/statement.store';
import type { NowScope } from './bill-so-far';
import type { BillDraft } from './draft-bill';
import { insertLines, type Billed } from './line-rows.store';

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

function statementIn({ account: { lane, accountId }, billId, draft: { statement } }: Billed) {
  return statement ? [{ lane, billId, accountId, statement }] : [];
}

const billColumns =
  'lane, bill_id, account_id, customer_id, run_id, period, period_from, period_to, state, total_fen, drafted_at';

async function insertBills(tx: Tx, { runId, period }: DraftScope, billed: readonly Billed[]): Promise<void> {
  const rows = copyLines(
    billed,
    ({ account }) => account.lane,
    ({ billId }) => billId,
    ({ account }) => account.accountId,
    ({ account }) => account.customerId,
    () => runId,
    () => period.key,
    () => period.from,
    () => period.to,
    () => 'draft',
    ({ draft }) => draft.total,
    () => tx.now,
  );
  await copyRows(tx, `billing.bill (${billColumns})`, rows);
}

async function insertTaxes(tx: Tx, billed: readonly Billed[]): Promise<void> {
  const taxes = billed.flatMap(({ account: { lane }, billId, draft }) =>
    draft.taxes.map((tax) => ({ lane, billId, tax })),
  );
  const rows = copyLines(
    taxes,
    ({ lane }) => lane,
    ({ billId }) => billId,
    ({ tax }) => tax.percent,
    ({ tax }) => tax.gross,
    ({ tax }) => tax.tax,
  );
  await copyRows(tx, 'billing.bill_tax (lane, bill_id, percent, gross_fen, tax_fen)', rows);
}

/** A one-time charge belongs to the bill that shows it, and comes on no other. */
async function markCharges(tx: Tx, billed: readonly Billed[]): Promise<void> {
  const rows: { lane: number; charge_id: string; bill_id: string }[] = [];
  for (const { account, billId, draft } of billed)
    for (const { references } of draft.lines)
      for (const reference of references)
        if (reference.kind === 'once')
          rows.push({ lane: account.lane, charge_id: reference.chargeId, bill_id: billId });
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
  await tx.execute(
    `insert into billing.billing_claim
       (lane, account_id, period, run_id, outcome, bill_id, reason_code, reason, claimed_at)
     select lane, account_id, $1, $2, outcome, bill_id, reason_code, reason, $3
     from unnest($4::smallint[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::text[])
       as row (lane, account_id, outcome, bill_id, reason_code, reason)
     on conflict (lane, account_id, period, run_id) do update
       set outcome = excluded.outcome, bill_id = excluded.bill_id, reason_code = excluded.reason_code,
           reason = excluded.reason, claimed_at = excluded.claimed_at
       where billing.billing_claim.outcome = 'released'`,
    [
      ...[period.key, runId, tx.now],
      ...columnArrays(
        results,
        ({ account }) => account.lane,
        ({ account }) => account.accountId,
        ({ outcome }) => (now === undefined ? outcome.kind : 'now'),
        ({ outcome }) => (outcome.kind === 'billed' ? outcome.billId : null),
        ({ outcome }) => (outcome.kind === 'quarantined' ? outcome.code : null),
        ({ outcome }) => (outcome.kind === 'quarantined' ? outcome.reason : null),
      ),
    ],
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
