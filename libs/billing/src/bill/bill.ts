import { sumMoney, type Instant, type Money } from '@ronghe/kernel';
import type { BillTax } from '@ronghe/rating';
import type { Statement } from '../statement/statement';
import type { DraftLine } from './charge-line';

/** A published bill. A negative total is a credit note. */
export interface Bill {
  billId: string;
  number: string;
  lane: number;
  accountId: string;
  customerId: string;
  /** Zone of the account's days. */
  zone: string;
  period: string;
  periodFrom: Instant;
  periodTo: Instant;
  total: Money;
  taxes: BillTax[];
  issuedAt: Instant;
  /** First instant at which it is late. */
  dueAt: Instant;
  lines: BillLine[];
  /** The money part of a prepaid account's statement; null: a bill to be paid. */
  statement: Statement | null;
  /** What a credit note by hand credits; absent on others. */
  credits?: { billId: string; reason: string };
}

export interface BillLine extends DraftLine {
  billId: string;
  /** Place on the bill, from 1. */
  no: number;
  /** The line that it takes back, on a credit note by hand. */
  creditsLine?: { billId: string; no: number };
}

/** What a bill charges one account: its own, or one that it pays for. */
export interface BillSection {
  accountId: string;
  /** Σ net of its lines. */
  total: Money;
  lines: BillLine[];
}

/** A bill's lines by the account that is charged, in the order in which they stand: its own first. */
export function sectionsOf(bill: Pick<Bill, 'accountId' | 'lines'>): BillSection[] {
  const sections = new Map<string, BillLine[]>();
  for (const line of bill.lines) {
    const accountId = line.accountId ?? bill.accountId;
    sections.set(accountId, [...(sections.get(accountId) ?? []), line]);
  }
  return [...sections].map(([accountId, lines]) => ({
    accountId,
    total: sumMoney(lines.map(({ net }) => net)),
    lines,
  }));
}

/** The public id of a line: its bill and its place. */
export function lineIdOf(line: { billId: string; no: number }): string {
  return `${line.billId}.${line.no}`;
}

/** Takes a public line id apart; null when it is none. */
export function parseLineId(lineId: string): { billId: string; no: number } | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,6})$/.exec(lineId);
  return match?.[1] && match[2] ? { billId: match[1], no: Number(match[2]) } : null;
}
