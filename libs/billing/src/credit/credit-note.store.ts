import { minMoney, moneyFromMinor, sumMoney, zeroMoney, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Bill } from '../bill/bill';
import { chargeOf, CREDIT_KEY, type LineLeft } from './credit-note';

export interface CreditNoteRow {
  lane: number;
  billId: string;
  creditedBillId: string;
  reason: string;
  requestedBy: string;
}

/** Writes why; the note itself is a bill. */
export async function insertCreditNote(tx: Tx, note: CreditNoteRow): Promise<void> {
  await tx.execute(
    `insert into billing.credit_note (lane, bill_id, credited_bill_id, reason, requested_by, requested_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [note.lane, note.billId, note.creditedBillId, note.reason, note.requestedBy, tx.now],
  );
}

interface ChargeSum {
  account_id: string;
  service_period: string;
  key: string;
  net: string;
}

interface LineSum {
  no: number;
  net: string;
  tax: string;
}

/**
 * What is left of each line of a bill: no more than credit notes have left of the line, and than runs and credit notes have
 * left of its charge on this account's bills. The caller holds the accounts, so that it stays so.
 */
export async function readLinesLeft(tx: Tx, bill: Bill): Promise<LineLeft[]> {
  const accountIds = [...new Set(bill.lines.map((line) => line.accountId ?? bill.accountId))];
  const periods = [...new Set(bill.lines.map((line) => line.servicePeriod))];
  const keys = bill.lines.flatMap(({ key }) => [key, `${CREDIT_KEY}${key}`]);
  const charges = await tx.query<ChargeSum>(
    `select line.account_id, service_period, key, sum(net_fen)::text as net
     from billing.bill_line as line join billing.bill using (lane, bill_id)
     where lane = $1 and line.account_id = any($2::uuid[]) and service_period = any($3::text[])
       and key = any($4::text[]) and bill.account_id = $5 and bill.state <> 'rejected'
     group by line.account_id, service_period, key`,
    [bill.lane, accountIds, periods, keys, bill.accountId],
  );
  const credits = await tx.query<LineSum>(
    `select (made_from->0->>'no')::integer as no, sum(net_fen)::text as net, sum(tax_fen)::text as tax
     from billing.credit_note as note join billing.bill_line as line using (lane, bill_id)
     where lane = $1 and credited_bill_id = $2 group by 1`,
    [bill.lane, bill.billId],
  );
  const ofCharge = new Map(charges.map((row) => [nameOf(row), fen(row.net)]));
  return bill.lines.map((line) => {
    const own = { ...line, accountId: line.accountId ?? bill.accountId };
    const credit = credits.find(({ no }) => no === line.no);
    const charge = sumMoney([
      ofCharge.get(chargeOf(own)) ?? zeroMoney,
      ofCharge.get(chargeOf({ ...own, key: `${CREDIT_KEY}${line.key}` })) ?? zeroMoney,
    ]);
    return {
      no: line.no,
      net: minMoney(charge, sumMoney([line.net, fen(credit?.net)])),
      tax: sumMoney([line.tax, fen(credit?.tax)]),
    };
  });
}

function nameOf(row: ChargeSum): string {
  return chargeOf({ accountId: row.account_id, servicePeriod: row.service_period, key: row.key });
}

function fen(text: string | undefined): Money {
  return moneyFromMinor(BigInt(text ?? 0));
}
