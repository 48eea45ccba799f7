import type { Tx } from '@ronghe/platform';
import { sequenceIn } from './bill-number';

/** The bill that a printed number names; null where none does. Series are few: one for each period and number format. */
export async function findBillIdByNumber(tx: Tx, number: string): Promise<string | null> {
  const all = await tx.query<{ series: string }>(`select series from billing.number_series`);
  const places = all.flatMap(({ series }) => {
    const sequence = sequenceIn(series, number);
    return sequence === null ? [] : [{ series, sequence: sequence.toString() }];
  });
  if (places.length === 0) return null;
  const [row] = await tx.query<{ bill_id: string }>(
    `select bill_id from billing.bill_number
     join jsonb_to_recordset($1::jsonb) as place (series text, sequence bigint) using (series, sequence)
     limit 1`,
    [JSON.stringify(places)],
  );
  return row?.bill_id ?? null;
}
