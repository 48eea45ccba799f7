import type { ReportedBill } from './bills';

/** What `--report FILE` holds. */
export interface JourneyReport {
  ok: boolean;
  customerId: string;
  orderId: string;
  /** The golden family's. */
  bills: ReportedBill[];
  /** The prepaid customer's, of which nothing is due. */
  statements: ReportedBill[];
  billsInAll: number;
  /** Of the first import only. */
  usage: { read: number; rated: number; duplicates: number; suspended: number };
  secondRunAdded: number;
  secondImportAdded: number;
  audit: { differences: number; checks: number; found: unknown[] };
  timingsMs: Record<string, number>;
}

const WIDTHS = { card: 8, chargeClass: 30, money: 10 };

/** A bill as a person reads it in a terminal, every line with why. */
export function billText(bill: ReportedBill): string {
  const lines = bill.lines.flatMap((line) => [
    [
      line.card.padEnd(WIDTHS.card),
      line.chargeClass.padEnd(WIDTHS.chargeClass),
      line.amount.padStart(WIDTHS.money),
      (line.discount === '0.00' ? '' : `-${line.discount}`).padStart(WIDTHS.money),
      line.net.padStart(WIDTHS.money),
    ].join(' '),
    `${' '.repeat(WIDTHS.card)}   ${line.explanation}`,
  ]);
  const taxes = bill.taxes.map((tax) => `of which ${tax.percent} % tax on ${tax.gross}: ${tax.tax}`);
  return [
    `${bill.statement ? 'Prepaid statement' : 'Bill'} ${bill.number}   period ${bill.period}`,
    '',
    ...lines,
    '',
    `total ${bill.total} CNY   due ${bill.due} CNY`,
    ...taxes,
    ...(bill.statement ? [balanceText(bill.statement)] : []),
  ].join('\n');
}

function balanceText(statement: NonNullable<ReportedBill['statement']>): string {
  const { opening, paidIn, used, closing, paidBy } = statement;
  const sources: [string, string][] = [
    ['the balance', paidBy.ownMoney],
    ['bonuses', paidBy.bonuses],
    ['other periods', paidBy.otherPeriods],
    ['this statement', paidBy.settled],
    ['rounding', paidBy.rounding],
  ];
  const paid = sources
    .filter(([, amount]) => Number(amount) !== 0)
    .map(([name, amount]) => `${amount} by ${name}`);
  return [
    `paid: ${paid.join(' + ')}`,
    `balance ${opening} + ${paidIn} paid in - ${used} used = ${closing} CNY`,
  ].join('\n');
}
