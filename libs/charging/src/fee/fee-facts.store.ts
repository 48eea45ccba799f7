import type { LocalizedText } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal, columnArrays } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { PrepaidFee } from './prepaid-fee';

interface ToldRow {
  lane: number;
  account_id: string;
  product_id: string;
  price_code: string;
  period: string;
  label: LocalizedText;
  tax_class: string;
  told: string;
  fact_version: number;
}

/** Tells billing what was debited of locked fees, where that is not what was told before. */
export async function tellFees(tx: Tx, fees: readonly PrepaidFee[]): Promise<void> {
  if (fees.length === 0) return;
  const rows = await tx.query<ToldRow>(
    `update charging.prepaid_fee f set told = f.paid, fact_version = f.fact_version + 1
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[]) as saved (lane, product_id, price_code, period)
     where f.lane = saved.lane and f.product_id = saved.product_id and f.price_code = saved.price_code
       and f.period = saved.period and f.told <> f.paid
     returning f.lane, f.account_id, f.product_id, f.price_code, f.period, f.label, f.tax_class, f.told, f.fact_version`,
    columnArrays(
      fees,
      (fee) => fee.lane,
      (fee) => fee.productId,
      (fee) => fee.priceCode,
      (fee) => fee.period,
    ),
  );
  for (const row of rows) {
    tx.emit('prepaid-fee.debited.v1', {
      aggregateId: `${row.product_id}/${row.price_code}/${row.period}`,
      lane: row.lane,
      version: row.fact_version,
      payload: {
        accountId: row.account_id,
        productId: row.product_id,
        priceCode: row.price_code,
        period: row.period,
        label: row.label,
        taxClass: row.tax_class,
        amount: amountToDecimal(amountFromMicro(BigInt(row.told))),
      },
    });
  }
}
