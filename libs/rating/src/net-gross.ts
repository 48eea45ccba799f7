import {
  addRatios,
  divideRatios,
  multiplyRatios,
  ratioOf,
  roundRatio,
  subtractRatios,
  type Ratio,
} from '@ronghe/kernel';

/** A sum without tax, with it, and the tax. */
export interface NetGross {
  net: Ratio;
  gross: Ratio;
  tax: Ratio;
}

/** Splits a price into net, tax and gross, exact. @param rate 1/5 for 20 % */
export function splitTax(price: Ratio, pricesAre: 'net' | 'gross', rate: Ratio): NetGross {
  const factor = addRatios(ratioOf(1n), rate);
  const net = pricesAre === 'net' ? price : divideRatios(price, factor);
  const gross = pricesAre === 'gross' ? price : multiplyRatios(price, factor);
  return { net, gross, tax: subtractRatios(gross, net) };
}

/** Net and gross to so many decimals; the tax is what lies between them, so that net + tax = gross. */
export function roundTax({ net, gross }: NetGross, decimals: number): NetGross {
  const rounded = { net: roundRatio(net, decimals), gross: roundRatio(gross, decimals) };
  return { ...rounded, tax: subtractRatios(rounded.gross, rounded.net) };
}
