import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { OperatorApi } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted } from '../counted';
import { textTable } from '../text-table';

/** What the API says of a statement, as far as it is shown. */
interface ShownStatement {
  fileId: string;
  lines: number;
  toTake: number;
  taken: number;
  matched: number;
  unmatched: number;
  duplicates: number;
  ignored: number;
  refused: { line: number; reason: string }[];
}

/** How often an import is asked how far it is. */
const PROGRESS_MS = 2_000;

interface ShownReceipt {
  receiptId: string;
  source: string;
  reference: string;
  amount: string;
  valueDate: string;
  payer: string;
  remark: string;
}

type OutputOptions = ConnectionOptions & { json?: boolean };

/** `ronghe payments import FILE` and `payments unmatched`. */
export function paymentsCommand(): Command {
  return new Command('payments')
    .description('Bank statements, and receipts that are nobody’s payment yet.')
    .addCommand(withConnection(importCommand()))
    .addCommand(withConnection(unmatchedCommand()));
}

function importCommand(): Command {
  return new Command('import')
    .description(
      'Import a bank statement: its lines become payments. The same file, or line, again has no effect.',
    )
    .argument('<file>', 'CSV in UTF-8, as the mapping says')
    .option('--source <code>', 'the mapping: a policy of kind bank-statement', 'bank-statement')
    .option('--json', 'for machines')
    .action(async (path: string, options: OutputOptions & { source: string }) => {
      const query = `source=${encodeURIComponent(options.source)}&name=${encodeURIComponent(basename(path))}`;
      const text = readFileSync(path, 'utf8');
      const api = connect(options);
      const progress = setInterval(() => void showProgress(api, basename(path)), PROGRESS_MS);
      const statement = await api
        .upload<ShownStatement>(
          'billing',
          `/payments/statements?${query}`,
          text,
          'text/csv',
          `cli/statement/${basename(path)}`,
        )
        .finally(() => clearInterval(progress));
      console.log(options.json ? JSON.stringify(statement) : textOf(statement));
    });
}

/** How far the import is, on the standard error; that it cannot be read stops nothing. */
async function showProgress(api: OperatorApi, name: string): Promise<void> {
  const files = await api
    .get<(ShownStatement & { name: string })[]>('billing', '/payments/statements')
    .catch(() => []);
  const text = progressText(files.find((file) => file.name === name));
  if (text) console.error(text);
}

/** `1200 of 20000 lines taken`; null where nothing is under way. */
export function progressText(
  file: Pick<ShownStatement, 'lines' | 'toTake' | 'taken'> | undefined,
): string | null {
  return file && file.lines === 0 && file.toTake > 0
    ? `${file.taken} of ${counted(file.toTake, 'line')} taken`
    : null;
}

function unmatchedCommand(): Command {
  return new Command('unmatched')
    .description('Receipts that could not be matched, oldest first; `matchReceipt` says whose they are.')
    .option('--json', 'for machines')
    .action(async (options: OutputOptions) => {
      const { unmatchedReceipts } = await connect(options).graphql<{ unmatchedReceipts: ShownReceipt[] }>(
        'billing',
        `{ unmatchedReceipts(first: 100) { receiptId source reference amount valueDate payer remark } }`,
      );
      if (options.json) return console.log(JSON.stringify(unmatchedReceipts));
      const rows = unmatchedReceipts.map(({ receiptId, source, amount, valueDate, payer, remark }) => [
        ...[receiptId, source, valueDate, amount, payer, remark],
      ]);
      console.log(
        textTable(['receipt', 'source', 'value date', 'amount', 'payer', 'remark'], rows, ['amount']),
      );
    });
}

function textOf({ lines, matched, unmatched, duplicates, ignored, refused }: ShownStatement): string {
  const counts = `${counted(lines, 'line')}: ${matched} paid, ${unmatched} to be matched, ${duplicates} known, ${ignored} of other kinds`;
  return [counts, ...refused.map(({ line, reason }) => `line ${line} refused: ${reason}`)].join('\n');
}
