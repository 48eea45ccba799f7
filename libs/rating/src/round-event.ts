import { floorRatio, multiplyRatios, ratioOf, roundRatio, type Ratio } from '@ronghe/kernel';

/** An event's price to so many decimals: `up` towards +∞, `down` towards −∞, else half away from zero. */
export function roundDecimals(price: Ratio, decimals: number, mode: string): Ratio {
  if (mode !== 'down') return roundRatio(price, decimals, mode === 'up' ? 'up' : 'half_up');
  const scale = ratioOf(10n ** BigInt(decimals));
  return ratioOf(floorRatio(multiplyRatios(price, scale)), scale.numerator);
}
