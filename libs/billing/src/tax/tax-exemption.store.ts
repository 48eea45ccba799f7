import type { LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { wantedAccounts, type AccountKeys } from '../projection/account.store';
import type { TaxExemption } from './tax-exemption';

interface Row {
  exemption_id: string;
  account_id: string;
  certificate: string;
  from_day: string;
  to_day: string | null;
}

const columns = 'exemption_id, account_id, certificate, from_day::text as from_day, to_day::text as to_day';

/** Writes one. */
export async function insertExemption(
  tx: Tx,
  lane: number,
  exemption: TaxExemption,
  recordedBy: string,
): Promise<void> {
  const { exemptionId, accountId, certificate, from, to } = exemption;
  await tx.execute(
    `insert into billing.tax_exemption
       (lane, exemption_id, account_id, certificate, from_day, to_day, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [lane, exemptionId, accountId, certificate, from, to, recordedBy, tx.now],
  );
}

/** Ends one on a day. */
export async function endExemption(tx: Tx, lane: number, exemptionId: string, to: LocalDate): Promise<void> {
  await tx.execute(`update billing.tax_exemption set to_day = $3 where lane = $1 and exemption_id = $2`, [
    lane,
    exemptionId,
    to,
  ]);
}

/** Those of accounts, by day. */
export async function findExemptions(tx: Tx, accounts: AccountKeys): Promise<TaxExemption[]> {
  const rows = await tx.query<Row>(
    `select ${columns} from billing.tax_exemption join ${wantedAccounts} using (lane, account_id)
     order by from_day, exemption_id`,
    [...accounts],
  );
  return rows.map((row) => ({
    exemptionId: row.exemption_id,
    accountId: row.account_id,
    certificate: row.certificate,
    from: row.from_day as LocalDate,
    to: row.to_day as LocalDate | null,
  }));
}
