import {
  addDays,
  amountToDecimal,
  instantToMs,
  localDateOf,
  moneyToAmount,
  moneyToDecimal,
  negateAmount,
  negateMoney,
  subtractAmounts,
  sumMoney,
  zeroAmount,
  zeroMoney,
  type Amount,
  type Money,
} from '@ronghe/kernel';
import { sectionsOf, type Bill, type BillLine } from '../bill/bill';
import { appliedDiscounts } from '../bill/line-discount';
import { lastDayToPayOf, textIn } from '../bill/bill.view';
import { chartBars, type ChartBar, type PeriodTotal } from '../document/bill-chart';
import { cardName, wordsIn, type PageLanguage, type PageWords } from './page-words';

/** All that the page shows, as text. */
export interface PageModel {
  language: PageLanguage;
  words: PageWords;
  title: string;
  number: string;
  period: string;
  accountId: string;
  issuedOn: string;
  /** Milliseconds since 1970. */
  issuedAtMs: number;
  /** What the account was billed for the last months, this bill's the last. */
  chart: ChartBar[];
  groups: PageGroup[];
  hasDiscounts: boolean;
  /** Discounts of the account and its group, already taken off in the lines. */
  discounts: { label: string; amount: string }[];
  total: string;
  taxes: { percent: string; gross: string; tax: string }[];
  /** What is still to be paid, as a page in the browser says it; null: not known, or not said. */
  due: string | null;
  isPaid: boolean;
  isCreditNote: boolean;
  /** The rows of a prepaid account's money; empty for bills to be paid. */
  balance: { label: string; amount: string }[];
  isStatement: boolean;
  dueOn: string;
  otherLanguageUrl: string;
  pdfUrl: string;
}

interface PageGroup {
  card: string;
  subtotal: string;
  lines: PageLine[];
}

export interface PageLine {
  /** Place on the bill. */
  no: number;
  label: string;
  /** Set where the service was given in another period than the bill's. */
  servicePeriod: string | null;
  amount: string;
  discount: string;
  net: string;
  steps: string[];
}

/** What is due as the page says it; null while the bill is not posted. */
export function dueNow(due: Money | null): Pick<PageModel, 'due' | 'isPaid'> {
  return { due: due === null ? null : moneyToDecimal(due), isPaid: due === zeroMoney };
}

/**
 * What a bill shows as it was issued: lines by card in the order of the bill, each with its steps. What is due now is not in it
 * (`dueNow`).
 */
export function pageModel(bill: Bill, history: readonly PeriodTotal[], language: PageLanguage): PageModel {
  const words = wordsIn(language);
  const isStatement = bill.statement !== null;
  const isCreditNote = !isStatement && bill.total < zeroMoney;
  const firstDay = localDateOf(bill.periodFrom, bill.zone);
  const lastDay = addDays(localDateOf(bill.periodTo, bill.zone), -1);
  return {
    language,
    words,
    title: `${isStatement ? words.statement : isCreditNote ? words.creditNote : words.bill} ${bill.number}`,
    number: bill.number,
    period: `${firstDay} – ${lastDay}`,
    accountId: bill.accountId,
    issuedOn: localDateOf(bill.issuedAt, bill.zone),
    issuedAtMs: instantToMs(bill.issuedAt),
    chart: chartBars(bill.period, history),
    groups: groupsOf(bill, language),
    hasDiscounts: bill.lines.some((line) => line.discount !== zeroMoney),
    discounts: appliedDiscounts(bill.lines).map(({ label, amount }) => ({
      label: textIn(label, language),
      amount: moneyToDecimal(negateMoney(amount)),
    })),
    total: moneyToDecimal(bill.total),
    taxes: bill.taxes.map(({ percent, gross, tax }) => ({
      percent,
      gross: moneyToDecimal(gross),
      tax: moneyToDecimal(tax),
    })),
    ...dueNow(null),
    isCreditNote,
    isStatement,
    balance: balanceOf(bill, words),
    dueOn: lastDayToPayOf(bill),
    otherLanguageUrl: '',
    pdfUrl: '',
  };
}

/** What moved, as people read an account: what was taken is negative, what did not move is left out. */
function balanceOf({ statement, total }: Bill, words: PageWords): PageModel['balance'] {
  if (!statement) return [];
  const { opening, closing, paidIn, used, usedOfBonuses, expired, transferred, adjusted } = statement;
  const moved: [string, Amount][] = [
    [words.paidIn, paidIn],
    [words.usedOfBalance, negateAmount(used)],
    [words.expired, negateAmount(expired)],
    [words.transferred, transferred],
    [words.adjusted, adjusted],
  ];
  const elsewhere = subtractAmounts(subtractAmounts(moneyToAmount(total), used), usedOfBonuses);
  const beside: [string, Amount][] = [
    [words.usedOfBonuses, usedOfBonuses],
    [words.debitedElsewhere, elsewhere],
  ];
  const row = ([label, amount]: [string, Amount]) => ({ label, amount: amountToDecimal(amount) });
  return [
    row([words.opening, opening]),
    ...moved.filter(([, amount]) => amount !== zeroAmount).map(row),
    row([words.closing, closing]),
    ...beside.filter(([, amount]) => amount !== zeroAmount).map(row),
  ];
}

/** Account by account, and in each card by card. */
function groupsOf(bill: Bill, language: PageLanguage): PageGroup[] {
  return sectionsOf(bill).flatMap((section) => {
    const isPaidFor = section.accountId !== bill.accountId;
    const account = isPaidFor ? `${wordsIn(language).paidForAccount} ${section.accountId} · ` : '';
    return groupsOfCards(section.lines, bill, { language, account });
  });
}

function groupsOfCards(
  all: readonly BillLine[],
  bill: Bill,
  { language, account }: { language: PageLanguage; account: string },
): PageGroup[] {
  const cards = [...new Set(all.map((line) => line.card))];
  return cards.map((card) => {
    const lines = all.filter((line) => line.card === card);
    return {
      card: `${account}${cardName(card, language)}`,
      subtotal: moneyToDecimal(sumMoney(lines.map((line) => line.net))),
      lines: lines.map((line) => pageLine(line, bill.period, language)),
    };
  });
}

function pageLine(line: BillLine, period: string, language: PageLanguage): PageLine {
  return {
    no: line.no,
    label: textIn(line.label, language),
    servicePeriod: line.servicePeriod === period ? null : line.servicePeriod,
    amount: moneyToDecimal(line.amount),
    discount: line.discount === zeroMoney ? '' : moneyToDecimal(negateMoney(line.discount)),
    net: moneyToDecimal(line.net),
    steps: line.explanation.steps.map((step) => textIn(step.text, language)),
  };
}
