import type { LocalizedText } from '@ronghe/contracts';
import { bytesOf, copyCell, CopyText, type Tx } from '@ronghe/platform';
import type { Explanation } from '@ronghe/rating';
import type { BilledAccount } from '../projection/account.store';
import type { DraftLine } from './charge-line';
import type { BillDraft } from './draft-bill';
import { storedDiscount } from './line-discount';

/** A bill that is to be written. */
export interface Billed {
  account: BilledAccount;
  billId: string;
  draft: BillDraft;
}

const lineColumns = `lane, bill_id, no, account_id, service_period, key, card, product_id, charge_class, charge_code, label,
  amount_fen, discount_fen, net_fen, exact_micro, exact_usage_micro, exact_settled_micro, tax_class, tax_percent, tax_fen,
  service_date, discounts, made_from, explanation`;

/** Writes the lines of bills: most of what a run writes. */
export async function insertLines(tx: Tx, billed: readonly Billed[]): Promise<void> {
  const rows = new CopyText();
  const known: KnownCells = { labels: new Map(), explanations: new Map() };
  for (const { account, billId, draft } of billed) {
    const start = `${account.lane}\t${billId}\t`;
    for (const [index, line] of draft.lines.entries())
      addLine(rows, known, { line, start: `${start}${index + 1}\t${line.accountId ?? account.accountId}` });
  }
  await rows.load(tx, `billing.bill_line (${lineColumns})`);
}

/** Cells that many lines of a batch have in common: the name of a fee, the explanation of one for a whole period. */
interface KnownCells {
  labels: Map<LocalizedText, Buffer>;
  explanations: Map<Explanation, Buffer>;
}

function addLine(
  rows: CopyText,
  { labels, explanations }: KnownCells,
  { line, start }: { line: DraftLine; start: string },
): void {
  const { servicePeriod, productId, chargeClass, chargeCode, taxClass, discounts, references } = line;
  const product = productId ?? '\\N';
  rows.add(
    `${start}\t${servicePeriod}\t${copyCell(line.key)}\t${copyCell(line.card)}\t${product}\t${copyCell(chargeClass)}\t${copyCell(chargeCode)}\t`,
  );
  rows.addBytes(cellOf(line.label, labels));
  const money = `${line.amount}\t${line.discount}\t${line.net}\t${line.exact}\t${line.exactUsage}\t${line.exactSettled}`;
  const discounted = discounts.length === 0 ? '[]' : copyCell(JSON.stringify(discounts.map(storedDiscount)));
  const madeFrom = copyCell(JSON.stringify(references));
  rows.add(
    `\t${money}\t${copyCell(taxClass)}\t${line.taxPercent}\t${line.tax}\t${line.serviceDate}\t${discounted}\t${madeFrom}\t`,
  );
  rows.addBytes(cellOf(line.explanation, explanations));
  rows.add('\n');
}

function cellOf<V extends object>(value: V, known: Map<V, Buffer>): Buffer {
  const cell = known.get(value) ?? bytesOf(JSON.stringify(value));
  known.set(value, cell);
  return cell;
}
