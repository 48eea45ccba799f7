import { compareRatios, minRatio, subtractRatios, sumRatios, zeroRatio, type Ratio } from '@ronghe/kernel';

/** What credits pay of one line, in the order in which they were used; none of zero. */
export interface CreditedLine {
  credits: Ratio[];
  /** What is left to pay. */
  left: Ratio;
}

/** Pays lines by credits: line by line, each from the oldest credit that has something left. Σ paid ≤ Σ credits. */
export function applyCredits(lines: readonly Ratio[], credits: readonly Ratio[]): CreditedLine[] {
  const remaining = [...credits];
  return lines.map((line) => {
    let left = line;
    const used: Ratio[] = [];
    for (const [index, credit] of remaining.entries()) {
      const paid = minRatio(left, credit);
      if (compareRatios(paid, zeroRatio) <= 0) continue;
      used.push(paid);
      left = subtractRatios(left, paid);
      remaining[index] = subtractRatios(credit, paid);
    }
    return { credits: used, left };
  });
}

/** All that the lines took from credits. */
export function creditsUsed(lines: readonly CreditedLine[]): Ratio {
  return sumRatios(lines.flatMap((line) => line.credits));
}
