import type { LocalizedText, OfferDocument, ProductState, UsageTotal } from '@ronghe/contracts';
import {
  addDays,
  amountFromMicro,
  groupBy,
  moneyFromMinor,
  nextBillPeriod,
  type BillPeriod,
  type LocalDate,
} from '@ronghe/kernel';
import { inRounds, type Tx } from '@ronghe/platform';
import { heldTerms } from '@ronghe/rating';
import {
  accountKeys,
  wantedAccounts,
  type AccountKeys,
  type BilledAccount,
} from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { readPrepaidInputs } from '../statement/statement.store';
import { findExemptions } from '../tax/tax-exemption.store';
import type { BilledCharge } from './charge-line';
import type { DraftQuestion } from './draft-bill';
import { hasAdvanceFees, lookupIn } from './offer-lookup';
import { discountFrom, sumDiscounts, type StoredDiscount } from './line-discount';
import type { OneTimeCharge } from './one-time-charge';

/** Everything that bills of some accounts depend on, read in one go. */
export interface DraftInputs {
  /** What one account's bill depends on. */
  questionOf(account: BilledAccount): DraftQuestion;
  /** Why the account may not be billed now: an event about it is parked; null when it may. */
  parkedReason(accountId: string): string | null;
}

/**
 * Reads the inputs of accounts, nine statements whatever their number, three more where there are prepaid ones. They go out in
 * rounds: beside a run that is under way, each answer has to wait for its turn.
 */
export function readDraftInputs(
  tx: Tx,
  accounts: readonly BilledAccount[],
  period: BillPeriod,
): Promise<DraftInputs> {
  return inRounds(tx, () => readInRounds(tx, accounts, period));
}

async function readInRounds(
  tx: Tx,
  accounts: readonly BilledAccount[],
  period: BillPeriod,
): Promise<DraftInputs> {
  const keys = accountKeys(accounts);
  const [reopened, products, policies, charges, exemptions, parked] = await Promise.all([
    readReopened(tx, keys, period.key),
    readProducts(tx, keys),
    readPolicies(tx),
    readOneTimeCharges(tx, keys, period),
    findExemptions(tx, keys),
    readParked(tx, keys[1]),
  ]);
  const periods = [...new Set([period.key, ...reopened.map((row) => row.period)])];
  const [offers, statements, billed, prepaid] = await Promise.all([
    readOffers(tx, products),
    readStatements(tx, keys, periods),
    readBilled(tx, keys, [...periods, followingKey(period, accounts)]),
    readPrepaidInputs(tx, prepaidOf(accounts), { period: period.key, servicePeriods: periods }),
  ]);
  const known = {
    reopened: groupBy(reopened, (row) => row.account_id),
    products: groupBy(products, (product) => product.accountId),
    statements: groupBy(statements, (row) => row.account_id),
    billed: groupBy(billed, (row) => row.accountId),
    charges: groupBy(charges, (charge) => charge.accountId),
    exemptions: groupBy(exemptions, (exemption) => exemption.accountId),
  };
  const lookup = lookupIn(offers);
  const anyAdvanceFees = hasAdvanceFees(offers);
  return {
    questionOf: ({ accountId, balanceGroupId, paymentMode, cycle }): DraftQuestion => ({
      accountId,
      balanceGroupId,
      paymentMode,
      cycle,
      period,
      reopened: (known.reopened.get(accountId) ?? []).map((row) => row.period),
      holdings: known.products.get(accountId) ?? [],
      offers: lookup,
      hasAdvanceFees: paymentMode === 'postpaid' && anyAdvanceFees,
      policies,
      usageTotals: new Map((known.statements.get(accountId) ?? []).map((row) => [row.period, row.totals])),
      billed: (known.billed.get(accountId) ?? []).map((row) => row.charge),
      oneTimeCharges: paymentMode === 'postpaid' ? (known.charges.get(accountId) ?? []) : [],
      prepaid: prepaid.get(accountId),
      exemptions: known.exemptions.get(accountId) ?? [],
    }),
    parkedReason: (accountId) => parked.get(accountId) ?? null,
  };
}

function prepaidOf(accounts: readonly BilledAccount[]): BilledAccount[] {
  return accounts.filter(({ paymentMode }) => paymentMode === 'prepaid');
}

/** Fees in advance of the following period may have been billed before. */
function followingKey(period: BillPeriod, accounts: readonly BilledAccount[]): string {
  const cycle = accounts[0]?.cycle;
  return cycle ? nextBillPeriod(period, cycle).key : period.key;
}

function readReopened(
  tx: Tx,
  keys: AccountKeys,
  period: string,
): Promise<{ account_id: string; period: string }[]> {
  return tx.query(
    `select account_id, period from billing.reopened_period join ${wantedAccounts} using (lane, account_id)
     where period < $3 and run_id is null`,
    [...keys, period],
  );
}

async function readProducts(tx: Tx, keys: AccountKeys): Promise<ProductState[]> {
  const rows = await tx.query<{ state: ProductState }>(
    `select state from billing.product join ${wantedAccounts} using (lane, account_id) order by product_id`,
    [...keys],
  );
  return rows.map((row) => row.state);
}

async function readOffers(tx: Tx, products: readonly ProductState[]): Promise<OfferDocument[]> {
  const terms = products.flatMap(heldTerms);
  const own = terms.map((product) => product.offeringCode);
  const bundles = terms.flatMap((product) => product.bundleOfferingCode ?? []);
  const rows = await tx.query<{ document: OfferDocument }>(
    `select document from billing.offer where code = any($1::text[])`,
    [[...new Set([...own, ...bundles])]],
  );
  return rows.map((row) => row.document);
}

function readStatements(
  tx: Tx,
  keys: AccountKeys,
  periods: string[],
): Promise<{ account_id: string; period: string; totals: UsageTotal[] }[]> {
  return tx.query(
    `select account_id, period, totals from billing.usage_statement join ${wantedAccounts} using (lane, account_id)
     where period = any($3::text[])`,
    [...keys, periods],
  );
}

interface BilledRow {
  account_id: string;
  payer: string | null;
  service_period: string;
  key: string;
  card: string;
  product_id: string | null;
  charge_class: string;
  charge_code: string;
  label: LocalizedText;
  tax_class: string;
  service_date: string;
  amount: string;
  discount: string;
  net: string;
  exact: string;
  exact_usage: string;
  exact_settled: string;
  discounts: StoredDiscount[];
}

/** What stands on bills (drafts too, rejected ones not) for the periods, summed by key and by whose bill it stands on. */
async function readBilled(
  tx: Tx,
  keys: AccountKeys,
  periods: string[],
): Promise<{ accountId: string; charge: BilledCharge }[]> {
  const rows = await tx.query<BilledRow>(
    `select line.account_id, nullif(bill.account_id, line.account_id) as payer, service_period, key, min(card) as card, min(product_id::text) as product_id,
            min(charge_class) as charge_class, min(charge_code) as charge_code,
            (array_agg(label order by drafted_at, no))[1] as label, min(tax_class) as tax_class,
            min(service_date)::text as service_date, sum(amount_fen)::text as amount, sum(discount_fen)::text as discount,
            sum(net_fen)::text as net, sum(exact_micro)::text as exact, sum(exact_usage_micro)::text as exact_usage,
            sum(exact_settled_micro)::text as exact_settled,
            jsonb_path_query_array(jsonb_agg(discounts order by drafted_at, no), '$[*][*]') as discounts
     from billing.bill_line as line
     join billing.bill using (lane, bill_id)
     join ${wantedAccounts} on wanted.lane = line.lane and wanted.account_id = line.account_id
     where service_period = any($3::text[]) and bill.state <> 'rejected'
     group by line.account_id, bill.account_id, service_period, key
     order by service_period, min(no), key`,
    [...keys, periods],
  );
  return rows.map((row) => ({ accountId: row.account_id, charge: billedFromRow(row) }));
}

function billedFromRow(row: BilledRow): BilledCharge {
  return {
    ...(row.payer === null ? {} : { payer: row.payer }),
    servicePeriod: row.service_period,
    key: row.key,
    card: row.card,
    productId: row.product_id,
    chargeClass: row.charge_class,
    chargeCode: row.charge_code,
    label: row.label,
    amount: moneyFromMinor(BigInt(row.amount)),
    discount: moneyFromMinor(BigInt(row.discount)),
    net: moneyFromMinor(BigInt(row.net)),
    exact: amountFromMicro(BigInt(row.exact)),
    exactUsage: amountFromMicro(BigInt(row.exact_usage)),
    exactSettled: amountFromMicro(BigInt(row.exact_settled)),
    discounts: sumDiscounts(row.discounts.map(discountFrom)),
    taxClass: row.tax_class,
    serviceDate: row.service_date as LocalDate,
  };
}

async function readOneTimeCharges(tx: Tx, keys: AccountKeys, period: BillPeriod): Promise<OneTimeCharge[]> {
  const rows = await tx.query<
    Record<
      'charge_id' | 'account_id' | 'charge_class' | 'label' | 'amount_fen' | 'tax_class' | 'service_date',
      string
    > & { lane: number }
  >(
    `select charge_id, account_id, lane, charge_class, label, amount_fen, tax_class, service_date::text as service_date
     from billing.one_time_charge join ${wantedAccounts} using (lane, account_id)
     where bill_id is null and service_date <= $3::date
     order by service_date, charge_class, tax_class, charge_id`,
    [...keys, addDays(period.endDay, -1)],
  );
  return rows.map((row) => ({
    chargeId: row.charge_id,
    accountId: row.account_id,
    lane: row.lane,
    chargeClass: row.charge_class,
    label: row.label,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    taxClass: row.tax_class,
    serviceDate: row.service_date as LocalDate,
  }));
}

/** Accounts with an event that could not be applied: what billing knows of them may be wrong. */
async function readParked(tx: Tx, ids: AccountKeys[1]): Promise<Map<string, string>> {
  const rows = await tx.query<{ account_id: string; reason: string }>(
    `select event->'payload'->>'accountId' as account_id, min(reason) as reason from billing.feed_parked
     where event->'payload'->>'accountId' = any($1::text[]) group by 1`,
    [ids],
  );
  return new Map(rows.map((row) => [row.account_id, row.reason]));
}
