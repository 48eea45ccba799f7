import {
  addDays,
  amountToDecimal,
  instantToMs,
  localDateOf,
  moneyToDecimal,
  negateAmount,
  negateMoney,
  sumMoney,
  zeroAmount,
  zeroMoney,
  type Amount,
  type Money,
} from '@ronghe/kernel';
import { sectionsOf, type Bill, type BillLine } from '../bill/bill';
import { appliedDiscounts } from '../bill/line-discount';
import { textIn } from '@ronghe/contracts';
import { lastDayToPayOf } from '../bill/bill.view';
import { linesPaidBy, transferredAlone } from '../statement/statement';
import { chartBars, type ChartBar, type PeriodTotal } from '../document/bill-chart';
import { cardName, wordsIn, type PageLanguage, type PageWords } from './page-words';

/** All that the page shows, as text. */
export interface PageModel {
  language: PageLanguage;
  words: PageWords;
  title: string;
  number: string;
  period: string;
  /** Null: billing has not been told. */
  customerName: string | null;
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
  /** What paid the lines of a statement: own money, bonuses, other periods' money, what it settles, rounding; adds up to the total. */
  paidBy: { label: string; amount: string }[];
  isStatement: boolean;
  dueOn: string;
  /** What to do about the bill as it was issued: until when to pay and how, or that there is nothing to pay. */
  advice: string;
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

/** What stands on a bill beside it. */
export interface BillSurroundings {
  /** Months before it. */
  history: readonly PeriodTotal[];
  /** What its customer was called when it was issued; null: billing had not been told. */
  customerName: string | null;
}

/** What is due as the page says it; null while the bill is not posted. */
export function dueNow(due: Money | null): Pick<PageModel, 'due' | 'isPaid'> {
  return { due: due === null ? null : moneyToDecimal(due), isPaid: due === zeroMoney };
}

/**
 * What a bill shows as it was issued: lines by card in the order of the bill, each with its steps. What is due now is not in it
 * (`dueNow`).
 */
export function pageModel(
  bill: Bill,
  { history, customerName }: BillSurroundings,
  language: PageLanguage,
): PageModel {
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
    customerName,
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
    paidBy: paidByOf(bill, words),
    dueOn: lastDayToPayOf(bill),
    advice: isStatement ? words.nothingDue : isCreditNote ? words.credited : payment(bill, words),
    otherLanguageUrl: '',
    pdfUrl: '',
  };
}

function payment(bill: Bill, words: PageWords): string {
  return `${words.payBy.replace('{day}', lastDayToPayOf(bill))}${words.howToPay}`;
}

/** What moved, as people read an account: what was taken is negative, what did not move is left out. */
function balanceOf({ statement }: Bill, words: PageWords): PageModel['balance'] {
  if (!statement) return [];
  const { opening, closing, bonusOpening, bonusClosing } = statement;
  const own: Row[] = [
    [words.paidIn, statement.paidIn],
    [words.usedOfBalance, negateAmount(statement.used)],
    [words.expired, negateAmount(statement.expired)],
    [words.transferred, transferredAlone(statement)],
    ...Object.entries(statement.shared).map(([accountId, amount]): Row => [
      `${amount < zeroAmount ? words.usedByAccount : words.usedFromAccount} ${accountId}`,
      amount,
    ]),
    [words.adjusted, statement.adjusted],
  ];
  const ofBonuses: Row[] = [
    [words.bonusesGiven, statement.bonusesGiven],
    [words.usedOfBonuses, negateAmount(statement.usedOfBonuses)],
    [words.bonusesExpired, negateAmount(statement.bonusesExpired)],
  ];
  const hasBonuses = bonusOpening !== zeroAmount || ofBonuses.some(([, amount]) => amount !== zeroAmount);
  const bonuses: Row[] = [
    [words.bonusOpening, bonusOpening],
    ...ofBonuses.filter(isMoved),
    [words.bonusClosing, bonusClosing],
  ];
  return [
    [words.opening, opening] satisfies Row,
    ...own.filter(isMoved),
    [words.closing, closing] satisfies Row,
    ...(hasBonuses ? bonuses : []),
  ].map(shownRow);
}

/** Where the money for the lines came from; what is nothing is left out. */
function paidByOf({ statement, lines }: Bill, words: PageWords): PageModel['paidBy'] {
  if (!statement || lines.length === 0) return [];
  const { ownMoney, bonuses, otherPeriods, settled, rounding } = linesPaidBy(statement, lines);
  const rows: Row[] = [
    [words.paidByOwnMoney, ownMoney],
    [words.paidByBonuses, bonuses],
    [words.paidByOtherPeriods, otherPeriods],
    [words.settled, settled],
    [words.rounding, rounding],
  ];
  return rows.filter(isMoved).map(shownRow);
}

type Row = [label: string, amount: Amount];

function isMoved([, amount]: Row): boolean {
  return amount !== zeroAmount;
}

function shownRow([label, amount]: Row): { label: string; amount: string } {
  return { label, amount: amountToDecimal(amount) };
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
