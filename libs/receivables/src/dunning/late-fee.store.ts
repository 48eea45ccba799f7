import { moneyFromMinor, newId, type Instant, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { FeeCharge, FeeExplanation, LateBill } from './late-fee-turn';
import { heldByPlan, type PlanOfBill } from './held-by-plan';

/** The job that hands late fees to billing. */
export const CHARGE_LATE_FEES = 'receivables.chargeLateFees';

interface LateBillRow {
  lane: number;
  bill_id: string;
  account_id: string;
  number: string;
  late_from: LocalDate;
  principal_fen: string;
  taxes: { percent: string; gross: string }[];
  waived_fen: string;
  turns: number;
  open_fen: string;
  settled: { kind: string; on: LocalDate; fen: string }[];
  disputes: { state: string; from: LocalDate; to: LocalDate | null; fen: string; counts: boolean | null }[];
  charged: { percent: string; fen: string }[];
  /** Instalment plans that the bill is or was in, until they ended. */
  plans: PlanOfBill[];
  zone: string;
}

/** A bill whose late fee is looked at, as stored. */
export interface StoredLateBill extends LateBill {
  lane: number;
  accountId: string;
  /** How often charges were decided. */
  turns: number;
}

const columns = `f.lane, f.bill_id, f.account_id, f.number, f.late_from::text, f.principal_fen, f.taxes, f.waived_fen, f.turns,
  coalesce((select i.open_fen from receivables.open_item i where i.lane = f.lane and i.bill_id = f.bill_id), 0) as open_fen,
  array(select json_build_object('kind', a.source_kind, 'on', a.value_date, 'fen', a.amount_fen::text)
    from receivables.allocation a
    where a.lane = f.lane and a.bill_id = f.bill_id and a.reversed_at is null) as settled,
  array(select json_build_object('state', d.state, 'from', d.opened_on, 'to', d.resolved_on, 'fen', d.amount_fen::text,
      'counts', d.days_count)
    from receivables.dispute d where d.lane = f.lane and d.bill_id = f.bill_id) as disputes,
  array(select json_build_object('percent', c.percent, 'fen', sum(c.amount_fen)::text)
    from receivables.late_fee_charge c
    where c.lane = f.lane and c.bill_id = f.bill_id and c.state <> 'refused' group by c.percent) as charged,
  array(select json_build_object('from', p.created_at, 'to', p.ended_at, 'fen', item->>'amount',
      'takenBack', jsonb_path_query_array(p.taken_back, '$[*] ? (@.billId == $id)', jsonb_build_object('id', f.bill_id)))
    from receivables.instalment_plan p cross join jsonb_array_elements(p.items) as item
    where p.lane = f.lane and p.account_id = f.account_id and item->>'billId' = f.bill_id::text) as plans,
  (select k.zone from receivables.account k where k.account_id = f.account_id) as zone`;

/** Bills of accounts that are or were late and whose fee may still change, those that became late on or before a day. */
export async function findLateBills(
  tx: Tx,
  keys: { lanes: readonly number[]; accountIds: readonly string[] },
  lateBy: LocalDate,
): Promise<StoredLateBill[]> {
  const rows = await tx.query<LateBillRow>(
    `select ${columns}
     from unnest($1::smallint[], $2::uuid[]) as asked (lane, account_id)
     join receivables.late_fee f on f.lane = asked.lane and f.account_id = asked.account_id
     where not f.is_settled and f.late_from <= $3 order by f.late_from, f.bill_id`,
    [keys.lanes, keys.accountIds, lateBy],
  );
  return rows.map(lateBillOf);
}

/** Bills of one account that became late, also settled ones, newest first. */
export async function findLateBillsOfAccount(
  tx: Tx,
  key: { lane: number; accountId: string },
  lateBy: LocalDate,
  limit: number,
): Promise<StoredLateBill[]> {
  const rows = await tx.query<LateBillRow>(
    `select ${columns} from receivables.late_fee f
     where f.lane = $1 and f.account_id = $2 and f.late_from <= $3 order by f.late_from desc, f.bill_id limit $4`,
    [key.lane, key.accountId, lateBy, limit],
  );
  return rows.map(lateBillOf);
}

/** One bill, locked; null where nothing was ever to be paid of it. */
export async function lockLateBill(tx: Tx, lane: number, billId: string): Promise<StoredLateBill | null> {
  await tx.query(`select 1 from receivables.late_fee where lane = $1 and bill_id = $2 for update`, [
    lane,
    billId,
  ]);
  const [row] = await tx.query<LateBillRow>(
    `select ${columns} from receivables.late_fee f where f.lane = $1 and f.bill_id = $2`,
    [lane, billId],
  );
  return row ? lateBillOf(row) : null;
}

/** What came of looking at a bill. */
export interface SavedTurn {
  bill: StoredLateBill;
  charges: readonly FeeCharge[];
  explanation: FeeExplanation;
  chargeClass: string;
  label: string;
  isSettled: boolean;
}

/** Writes what is to be charged and has the job hand it to billing. */
export async function saveTurns(tx: Tx, turns: readonly SavedTurn[]): Promise<void> {
  if (turns.length === 0) return;
  await tx.execute(
    `update receivables.late_fee f set turns = new.turns, is_settled = new.is_settled
     from unnest($1::smallint[], $2::uuid[], $3::integer[], $4::boolean[]) as new (lane, bill_id, turns, is_settled)
     where f.lane = new.lane and f.bill_id = new.bill_id`,
    [
      turns.map(({ bill }) => bill.lane),
      turns.map(({ bill }) => bill.billId),
      turns.map(({ bill, charges }) => bill.turns + (charges.length > 0 ? 1 : 0)),
      turns.map(({ isSettled }) => isSettled),
    ],
  );
  const charges = turns.flatMap((turn) => turn.charges.map((charge) => ({ turn, charge })));
  if (charges.length === 0) return;
  await tx.execute(
    `insert into receivables.late_fee_charge (lane, charge_id, bill_id, account_id, turn, percent, tax_class, charge_class,
       label, amount_fen, service_date, explanation, state, decided_at, next_try_at)
     select *, 'decided', $13::timestamptz, $13::timestamptz from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[],
       $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::date[], $12::jsonb[])`,
    [
      charges.map(({ turn: { bill } }) => bill.lane),
      charges.map(() => newId()),
      charges.map(({ turn: { bill } }) => bill.billId),
      charges.map(({ turn: { bill } }) => bill.accountId),
      charges.map(({ turn: { bill } }) => bill.turns + 1),
      charges.map(({ charge }) => charge.percent),
      charges.map(({ charge }) => charge.taxClass),
      charges.map(({ turn }) => turn.chargeClass),
      charges.map(({ turn }) => turn.label),
      charges.map(({ charge }) => charge.amount.toString()),
      charges.map(({ charge }) => charge.serviceDate),
      charges.map(({ turn }) => JSON.stringify(turn.explanation)),
      tx.now,
    ],
  );
  tx.enqueue(CHARGE_LATE_FEES, {});
}

/** A part of a late fee that billing has not answered for. */
export interface DecidedCharge {
  lane: number;
  chargeId: string;
  accountId: string;
  taxClass: string;
  chargeClass: string;
  label: string;
  amountFen: bigint;
  serviceDate: LocalDate;
}

/** Charges that are to be handed to billing now. */
export async function findDecidedCharges(tx: Tx, limit: number): Promise<DecidedCharge[]> {
  const rows = await tx.query<{
    lane: number;
    charge_id: string;
    account_id: string;
    tax_class: string;
    charge_class: string;
    label: string;
    amount_fen: string;
    service_date: LocalDate;
  }>(
    `select lane, charge_id, account_id, tax_class, charge_class, label, amount_fen, service_date::text
     from receivables.late_fee_charge where next_try_at <= $1 order by next_try_at, lane, charge_id limit $2`,
    [tx.now, limit],
  );
  return rows.map((row) => ({
    ...{ lane: row.lane, chargeId: row.charge_id, accountId: row.account_id, taxClass: row.tax_class },
    ...{ chargeClass: row.charge_class, label: row.label, amountFen: BigInt(row.amount_fen) },
    serviceDate: row.service_date,
  }));
}

/** What billing answered. */
export interface ChargeAnswer {
  lane: number;
  chargeId: string;
  billingChargeId: string | null;
  refusal: string | null;
}

/** Notes what billing answered. */
export async function saveChargeAnswers(tx: Tx, answers: readonly ChargeAnswer[]): Promise<void> {
  await tx.execute(
    `update receivables.late_fee_charge c set next_try_at = null, billing_charge_id = new.billing_charge_id,
       refusal = new.refusal, state = case when new.refusal is null then 'charged' else 'refused' end
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[]) as new (lane, charge_id, billing_charge_id, refusal)
     where c.lane = new.lane and c.charge_id = new.charge_id and c.state = 'decided'`,
    [
      answers.map(({ lane }) => lane),
      answers.map(({ chargeId }) => chargeId),
      answers.map(({ billingChargeId }) => billingChargeId),
      answers.map(({ refusal }) => refusal),
    ],
  );
}

/** Writes a waiver and what is waived altogether. */
export async function insertWaiver(
  tx: Tx,
  bill: StoredLateBill,
  waiver: { amountFen: bigint; reason: string; by: string; at: Instant },
): Promise<void> {
  await tx.execute(
    `insert into receivables.late_fee_waiver (lane, waiver_id, bill_id, account_id, amount_fen, reason, waived_by, waived_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      bill.lane,
      newId(),
      bill.billId,
      bill.accountId,
      waiver.amountFen.toString(),
      waiver.reason,
      waiver.by,
      waiver.at,
    ],
  );
  await tx.execute(
    `update receivables.late_fee set waived_fen = waived_fen + $3, is_settled = false where lane = $1 and bill_id = $2`,
    [bill.lane, bill.billId, waiver.amountFen.toString()],
  );
}

function lateBillOf(row: LateBillRow): StoredLateBill {
  const fen = (text: string) => moneyFromMinor(BigInt(text));
  // What was accepted or credited was never owed; what is open, or lost without its days, is not owed meanwhile.
  const accepted = row.disputes.filter(({ state }) => state === 'accepted');
  const held = row.disputes.filter(
    ({ state, counts }) => state === 'open' || (state === 'rejected' && counts === false),
  );
  return {
    lane: row.lane,
    accountId: row.account_id,
    billId: row.bill_id,
    number: row.number,
    open: fen(row.open_fen),
    waived: fen(row.waived_fen),
    taxes: row.taxes,
    turns: row.turns,
    charged: row.charged.map(({ percent, fen: charged }) => ({ percent, amount: fen(charged) })),
    facts: {
      lateFrom: row.late_from,
      principal: fen(row.principal_fen),
      settled: [
        ...row.settled.map(({ kind, on, fen: amount }) => ({
          from: kind === 'credit-note' ? null : on,
          amount: fen(amount),
        })),
        ...accepted.map(({ fen: amount }) => ({ from: null, amount: fen(amount) })),
      ],
      held: [
        ...held.map(({ from, to, fen: amount }) => ({ from, to, amount: fen(amount) })),
        ...row.plans.flatMap((plan) => heldByPlan(plan, row.zone)),
      ],
    },
  };
}
