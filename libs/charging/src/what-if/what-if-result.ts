import type { UsageTotal } from '@ronghe/contracts';
import { amountFromDecimal } from '@ronghe/kernel';
import type { RecurringCharge } from '@ronghe/rating';
import type { TotalChange } from '../usage/usage-totals';
import { liveCodeOf, type Draft } from './what-if';

/** What an offer's price comes to, before and after. Micro-yuan. */
export interface WhatIfLine {
  offeringCode: string;
  kind: 'usage' | 'fee';
  /** The price: `voice-out`, `monthly-fee`. */
  chargeCode: string;
  /** Usage events or fees. */
  count: number;
  before: bigint;
  after: bigint;
}

/** What an account would pay, before discounts of the whole account and rounding to fen. Micro-yuan. */
export interface WhatIfAccount {
  lane: number;
  accountId: string;
  usageBefore: bigint;
  usageAfter: bigint;
  feesBefore: bigint;
  feesAfter: bigint;
  /** Why it cannot be charged by the drafts; its figures then stay as they are. */
  problem: string | null;
}

/** How the changes of accounts spread. Micro-yuan. */
export interface WhatIfSpread {
  changed: number;
  rising: number;
  falling: number;
  problems: number;
  /** The change below which a share of the changed accounts lies. */
  percentiles: { percent: number; delta: bigint }[];
  /** Changed accounts by the size of their change: from (inclusive) … to; null: open. */
  histogram: { from: bigint | null; to: bigint | null; accounts: number }[];
}

/** All that a trial came to. */
export interface WhatIfFigures {
  /** Over all accounts. */
  revenue: Record<WhatIfLine['kind'], { before: bigint; after: bigint }>;
  lines: WhatIfLine[];
  spread: WhatIfSpread;
  rising: WhatIfAccount[];
  falling: WhatIfAccount[];
  problems: { accountId: string; reason: string }[];
}

/** What one account is charged, under the documents in force and under the drafts. */
export interface ComparedAccount {
  lane: number;
  accountId: string;
  totals: readonly UsageTotal[];
  totalChanges: readonly TotalChange[];
  feesBefore: readonly RecurringCharge[];
  feesAfter: readonly RecurringCharge[];
  problem: string | null;
  /** The offer that a product is of. */
  offeringOf: (productId: string) => string;
}

/** Adds accounts up: by price and, where anything changes, by account. Σ lines = Σ all accounts. */
export class WhatIfSums {
  readonly accounts: WhatIfAccount[] = [];
  private readonly byPrice = new Map<string, WhatIfLine>();

  constructor(private readonly draft: Draft) {}

  get lines(): WhatIfLine[] {
    return [...this.byPrice.values()];
  }

  add(compared: ComparedAccount): void {
    const { lane, accountId, totals, totalChanges, offeringOf, problem } = compared;
    let usageBefore = 0n;
    let usageMoves = 0n;
    for (const total of totals) {
      const amount = amountFromDecimal(total.amount);
      usageBefore += amount;
      const line = this.line(total.offeringCode, 'usage', total.chargeCode);
      line.count += total.eventCount;
      line.before += amount;
      line.after += amount;
    }
    for (const change of totalChanges) {
      usageMoves += change.amount;
      this.line(liveCodeOf(change.offeringCode, this.draft), 'usage', change.chargeCode).after +=
        change.amount;
    }
    const feesBefore = this.addFees(compared.feesBefore, 'before', offeringOf);
    const feesAfter = this.addFees(compared.feesAfter, 'after', offeringOf);
    const usageAfter = usageBefore + usageMoves;
    if (problem === null && usageMoves === 0n && feesBefore === feesAfter) return;
    this.accounts.push({ lane, accountId, usageBefore, usageAfter, feesBefore, feesAfter, problem });
  }

  private addFees(
    fees: readonly RecurringCharge[],
    side: 'before' | 'after',
    offeringOf: (productId: string) => string,
  ): bigint {
    let sum = 0n;
    for (const fee of fees) {
      sum += fee.netAmount;
      const line = this.line(offeringOf(fee.productId), 'fee', fee.priceCode);
      line[side] += fee.netAmount;
      if (side === 'before') line.count += 1;
    }
    return sum;
  }

  private line(offeringCode: string, kind: WhatIfLine['kind'], chargeCode: string): WhatIfLine {
    const key = `${offeringCode}/${kind}/${chargeCode}`;
    const known = this.byPrice.get(key);
    if (known) return known;
    const line: WhatIfLine = { offeringCode, kind, chargeCode, count: 0, before: 0n, after: 0n };
    this.byPrice.set(key, line);
    return line;
  }
}
