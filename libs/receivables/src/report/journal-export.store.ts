import { addMoney, moneyFromMinor, moneyToDecimal, zeroMoney } from '@ronghe/kernel';
import type { ReportDays, ReportRow, RowSink, Tx } from '@ronghe/platform';
import { ledgerAccountOf } from '../ledger-account';

/** Most entries that are read at once. */
const ENTRIES_PER_PAGE = 1000;

export const journalColumns = [
  'bookedAt',
  'kind',
  'reference',
  'line',
  'account',
  'name',
  'subAccount',
  'debit',
  'credit',
] as const;

interface EntryRow {
  lane: number;
  kind: string;
  reference_id: string;
  booked_at: Date;
  lines: { account: string; subAccount: string | null; debit: string; credit: string }[];
}

/**
 * The lines of all entries that were booked on the days, by time, kind and reference, a page of entries at a time; the
 * totals are Σ debit and Σ credit, which are equal. Read at rest, over all lanes.
 */
export async function writeJournal(tx: Tx, days: ReportDays, sink: RowSink): Promise<ReportRow> {
  let debit = zeroMoney;
  let credit = zeroMoney;
  let after: EntryRow | undefined;
  for (;;) {
    const page = await readPage(tx, days, after);
    for (const line of page.flatMap(({ lines }) => lines)) {
      debit = addMoney(debit, fen(line.debit));
      credit = addMoney(credit, fen(line.credit));
    }
    await sink(page.flatMap(rowsOf));
    after = page.at(-1);
    if (!after || page.length < ENTRIES_PER_PAGE)
      return { debit: moneyToDecimal(debit), credit: moneyToDecimal(credit) };
  }
}

function readPage(tx: Tx, { from, to }: ReportDays, after: EntryRow | undefined): Promise<EntryRow[]> {
  return tx.query<EntryRow>(
    `select lane, kind, reference_id, booked_at, lines from receivables.journal_entry
     where booked_at >= $1 and booked_at < $2
       and ($3::timestamptz is null or (booked_at, lane, kind, reference_id) > ($3, $4::smallint, $5, $6::uuid))
     order by booked_at, lane, kind, reference_id limit $7`,
    [
      from,
      to,
      after?.booked_at ?? null,
      after?.lane ?? null,
      after?.kind ?? null,
      after?.reference_id ?? null,
      ENTRIES_PER_PAGE,
    ],
  );
}

function rowsOf(entry: EntryRow): ReportRow[] {
  return entry.lines.map((line, index) => ({
    bookedAt: entry.booked_at.toISOString(),
    kind: entry.kind,
    reference: entry.reference_id,
    line: String(index + 1),
    account: line.account,
    name: ledgerAccountOf(line.account)?.name['zh-CN'] ?? '',
    subAccount: line.subAccount ?? '',
    debit: moneyToDecimal(fen(line.debit)),
    credit: moneyToDecimal(fen(line.credit)),
  }));
}

function fen(text: string) {
  return moneyFromMinor(BigInt(text));
}
