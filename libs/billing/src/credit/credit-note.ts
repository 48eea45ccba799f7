import {
  allocate,
  DomainError,
  minMoney,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToAmount,
  moneyToDecimal,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Amount,
  type Money,
} from '@ronghe/kernel';
import { ExplanationBuilder, includedTax, type BillTax, type Explanation } from '@ronghe/rating';
import type { Bill, BillLine } from '../bill/bill';
import { totalOf, type DraftLine } from '../bill/charge-line';
import type { BillDraft } from '../bill/draft-bill';
import { billingErrors } from '../billing.errors';
import { SPONSORED } from '../sharing/transfers';

/** A line to be credited; without an amount all that is left of it. */
export interface LineToCredit {
  no: number;
  /** Tax included, above zero. */
  amount?: string | null | undefined;
}

/** What of a line can still be credited: what was billed less what runs and credit notes have taken back since. */
export interface LineLeft {
  no: number;
  net: Money;
  /** The tax that credit notes have left in it. */
  tax: Money;
}

/** Begins the key of what was credited by hand of a charge, so that no run takes it for the charge itself. */
export const CREDIT_KEY = 'credit/';

/**
 * The credit note of a bill: a line for each that is credited, at its rate and day of service.
 * @throws DomainError `credit_amount_invalid`, `credit_line_unknown`, `credit_line_repeated`, `credit_line_refused`,
 *   `credit_exceeds_line`.
 */
export function creditNote(
  bill: Bill,
  left: readonly LineLeft[],
  wanted: readonly LineToCredit[],
  reason: string,
): BillDraft {
  const spent = new Map<string, Money>();
  const parts = wanted.map((each, index) => {
    if (wanted.findIndex(({ no }) => no === each.no) < index)
      throw billingErrors.creditLineRepeated(bill.billId, each.no);
    const line = creditable(bill, each.no);
    const name = chargeOf(line);
    // Two lines may be of one charge: what is taken of the first is not left for the second.
    const before = spent.get(name) ?? zeroMoney;
    const part = partOf(line, each, left, before);
    spent.set(name, sumMoney([before, part.gross]));
    return part;
  });
  const taxes = creditTaxes(parts);
  const lines = parts.map((part, index) => creditLine(bill, part, taxes[index] ?? zeroMoney, reason));
  return { lines, taxes: taxesByRate(lines), total: totalOf(lines), statement: null };
}

/** The same charge in whatever line it stands. */
export function chargeOf(line: Pick<BillLine, 'servicePeriod' | 'key' | 'accountId'>): string {
  return `${line.accountId ?? ''}|${line.servicePeriod}|${line.key}`;
}

interface Part {
  line: BillLine;
  gross: Money;
  /** The tax that is left in the line, and whether all that is left of it goes. */
  taxLeft: Money;
  isRest: boolean;
}

function creditable(bill: Bill, no: number): BillLine {
  const line = bill.lines.find((each) => each.no === no);
  if (!line) throw billingErrors.creditLineUnknown(bill.billId, no);
  // A sponsor's share follows the charge that it is a share of.
  if (line.net <= zeroMoney || line.chargeClass === SPONSORED)
    throw billingErrors.creditLineRefused(bill.billId, no);
  return line;
}

function partOf(line: BillLine, { no, amount }: LineToCredit, left: readonly LineLeft[], spent: Money): Part {
  const own = left.find((each) => each.no === no);
  const most = subtractMoney(own?.net ?? zeroMoney, spent);
  const gross = amount === null || amount === undefined ? most : creditAmount(amount);
  if (gross > most || most <= zeroMoney)
    throw billingErrors.creditExceedsLine(line.billId, no, moneyToDecimal(most));
  return { line, gross, taxLeft: own?.tax ?? zeroMoney, isRest: gross === most };
}

function creditAmount(text: string): Money {
  try {
    const amount = moneyFromDecimal(text);
    if (amount > zeroMoney) return amount;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  throw billingErrors.creditAmountInvalid(text);
}

/**
 * The tax in each part. What is left of a line takes all the tax that is left in it, so that a bill which is credited
 * wholly leaves no fen of tax; of the others round(gross × r ÷ (1 + r)) per rate, shared out by largest remainder, and of
 * no line more than is left in it.
 */
function creditTaxes(parts: readonly Part[]): Money[] {
  const taxes = parts.map(({ taxLeft }) => taxLeft);
  const some = parts.flatMap(({ isRest }, index) => (isRest ? [] : [index]));
  const rateOf = (index: number) => parts[index]?.line.taxPercent ?? '0';
  for (const percent of new Set(some.map(rateOf))) {
    const indexes = some.filter((index) => rateOf(index) === percent);
    const grosses = indexes.map((index) => parts[index]?.gross ?? zeroMoney);
    allocate(includedTax(sumMoney(grosses), percent), grosses).forEach((share, position) => {
      const index = indexes[position] ?? -1;
      taxes[index] = minMoney(moneyFromMinor(share), taxes[index] ?? zeroMoney);
    });
  }
  return taxes;
}

function creditLine(bill: Bill, { line, gross }: Part, tax: Money, reason: string): DraftLine {
  const net = negateMoney(gross);
  return {
    ...(line.accountId === undefined ? {} : { accountId: line.accountId }),
    servicePeriod: line.servicePeriod,
    key: `${CREDIT_KEY}${line.key}`,
    card: line.card,
    productId: null,
    chargeClass: line.chargeClass,
    chargeCode: line.chargeCode,
    label: line.label,
    amount: net,
    discount: zeroMoney,
    net,
    discounts: [],
    exact: moneyToAmount(net),
    exactUsage: 0n as Amount,
    exactSettled: 0n as Amount,
    taxClass: line.taxClass,
    taxPercent: line.taxPercent,
    tax: negateMoney(tax),
    serviceDate: line.serviceDate,
    references: [{ kind: 'credit', billId: bill.billId, no: line.no }],
    explanation: explainCredit(bill, line, gross, reason),
  };
}

function explainCredit(bill: Bill, line: BillLine, gross: Money, reason: string): Explanation {
  const builder = new ExplanationBuilder();
  const amount = moneyToDecimal(gross);
  const billed = moneyToDecimal(line.net);
  const nothing = builder.add('given', { amount: '0.00' }, () => ({
    en: `line ${line.no} of bill ${bill.number}: ${billed}`,
    'zh-CN': `账单 ${bill.number} 第 ${line.no} 行：${billed}`,
  }));
  const from = builder.add('round', { amount: nothing }, () => ({
    en: `reason: ${reason}`,
    'zh-CN': `原因：${reason}`,
  }));
  builder.add('subtract-money', { from, amount }, (result) => ({
    en: `${amount} credited: ${result}`,
    'zh-CN': `冲减 ${amount}：${result}`,
  }));
  return builder.build();
}

function taxesByRate(lines: readonly DraftLine[]): BillTax[] {
  const percents = [...new Set(lines.map((line) => line.taxPercent))];
  return percents.map((percent) => {
    const own = lines.filter((line) => line.taxPercent === percent);
    return { percent, gross: totalOf(own), tax: sumMoney(own.map((line) => line.tax)) };
  });
}
