import { addAmounts, zeroAmount, type Amount, type LocalDate } from '@ronghe/kernel';
import { spendingId, spendingOf, type SpendHold, type Spending } from './spend-cap';

/** What products have spent, while they spend: each session sees what those before it left. */
export class SpendingBook {
  private readonly spendings: Map<string, Spending>;
  private readonly moved = new Map<string, SpendHold>();

  constructor(read: ReadonlyMap<string, Spending>) {
    this.spendings = new Map(read);
  }

  /** What limits a product's usage that starts on a day of a period; null: nothing does. */
  of(productId: string, at: { period: string; day: () => LocalDate }): Spending | null {
    if (this.spendings.size === 0) return null;
    return spendingOf(this.spendings, productId, { period: at.period, day: at.day() });
  }

  /** Takes over what became of it, and what sessions hold since; also where no cap is left. */
  keep(
    { lane, productId }: { lane: number; productId: string },
    spending: Spending | null,
    holds: readonly { span: string; held: Amount }[],
  ): void {
    if (spending) this.spendings.set(spendingId(productId, spending.span), spending);
    for (const { span, held } of holds) {
      const id = spendingId(productId, span);
      const sum = addAmounts(this.moved.get(id)?.held ?? zeroAmount, held);
      this.moved.set(id, { lane, productId, span, held: sum });
    }
  }

  /** By how much what sessions hold has changed, to be written. */
  holds(): SpendHold[] {
    return [...this.moved.values()].filter(({ held }) => held !== 0n);
  }
}
