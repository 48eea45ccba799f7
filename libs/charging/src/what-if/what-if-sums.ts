import { moneyToAmount, sumAmounts, sumMoney } from '@ronghe/kernel';
import type { ChargedLine } from '@ronghe/rating';
import type { AccountCharges, ComparedAccount } from './tried-group';
import { liveCodeOf, type Draft } from './what-if';
import type { AccountSum, WhatIfAccount, WhatIfKind, WhatIfLine } from './what-if-result';

/** A part of what an account is charged. Micro-yuan. */
interface Entry {
  offeringCode: string;
  kind: WhatIfKind;
  chargeCode: string;
  count: number;
  amount: bigint;
}

/** Adds accounts up: by price and, where anything changes, by account. Σ lines = Σ totals of all accounts. */
export class WhatIfSums {
  readonly accounts: WhatIfAccount[] = [];
  private readonly byPrice = new Map<string, WhatIfLine>();

  /** @param offeringOf the offer that a product is of */
  constructor(
    private readonly draft: Draft,
    private readonly offeringOf: (productId: string) => string,
  ) {}

  get lines(): WhatIfLine[] {
    return [...this.byPrice.values()];
  }

  add({ account: { lane, accountId }, before, after, problem }: ComparedAccount): void {
    const entriesBefore = this.entriesOf(before, (code) => code);
    // Before and after stand on one line, whatever the draft's code.
    const entriesAfter = this.entriesOf(after, (code) => liveCodeOf(code, this.draft));
    for (const entry of entriesBefore) this.line(entry).before += entry.amount;
    for (const entry of entriesAfter) this.line(entry).after += entry.amount;
    this.count(entriesBefore, entriesAfter);
    const sums = { before: sumOf(entriesBefore), after: sumOf(entriesAfter) };
    const isChanged = AMOUNTS.some((name) => sums.before[name] !== sums.after[name]);
    if (problem !== null || isChanged) this.accounts.push({ lane, accountId, ...sums, problem });
  }

  /** @param codeOf the offer under which usage is listed that an offer priced */
  private entriesOf({ lines, totals }: AccountCharges, codeOf: (code: string) => string): Entry[] {
    const events = totals.map(({ offeringCode, chargeCode, eventCount: count }): Entry => {
      return { kind: 'usage', offeringCode: codeOf(offeringCode), chargeCode, count, amount: 0n };
    });
    return [...events, ...lines.flatMap((line) => this.entriesOfLine(line, codeOf))];
  }

  private entriesOfLine(
    { sources, productId, discounts, net }: ChargedLine,
    codeOf: (code: string) => string,
  ): Entry[] {
    const ownCode = this.offeringOf(productId);
    const prices = sources.map(({ kind, code: chargeCode, amount, offeringCode }): Entry => {
      // Usage was counted by its total.
      const count = kind === 'usage' ? 0 : 1;
      return {
        kind,
        offeringCode: kind === 'fee' ? ownCode : codeOf(offeringCode),
        chargeCode,
        count,
        amount,
      };
    });
    const given = discounts.map(({ code, amount }): Entry => {
      return {
        ...{ kind: 'discount', offeringCode: ownCode, chargeCode: code, count: 1 },
        amount: -moneyToAmount(amount),
      };
    });
    const exact = sumAmounts(sources.map(({ amount }) => amount));
    const toPay = moneyToAmount(net) + moneyToAmount(sumMoney(discounts.map(({ amount }) => amount)));
    const rounding: Entry[] = [
      { kind: 'rounding', offeringCode: ownCode, chargeCode: 'fen', count: 1, amount: toPay - exact },
    ];
    return [...prices, ...given, ...rounding.filter(({ amount }) => amount !== 0n)];
  }

  /** What is counted as it was, or where there was nothing as it would be. */
  private count(before: readonly Entry[], after: readonly Entry[]): void {
    for (const entry of before) this.line(entry).count += entry.count;
    const known = new Set(before.map(keyOf));
    for (const entry of after) if (!known.has(keyOf(entry))) this.line(entry).count += entry.count;
  }

  private line(entry: Entry): WhatIfLine {
    const known = this.byPrice.get(keyOf(entry));
    if (known) return known;
    const { offeringCode, kind, chargeCode } = entry;
    const line: WhatIfLine = { offeringCode, kind, chargeCode, count: 0, before: 0n, after: 0n };
    this.byPrice.set(keyOf(entry), line);
    return line;
  }
}

const AMOUNTS = ['usage', 'fees', 'discounts', 'total'] as const;

function sumOf(entries: readonly Entry[]): AccountSum {
  const of = (...kinds: WhatIfKind[]): bigint =>
    entries.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0n);
  return {
    usage: of('usage', 'minimum'),
    fees: of('fee'),
    discounts: of('discount'),
    total: of('usage', 'minimum', 'fee', 'discount', 'rounding'),
  };
}

function keyOf({ offeringCode, kind, chargeCode }: Entry): string {
  return `${offeringCode}/${kind}/${chargeCode}`;
}
