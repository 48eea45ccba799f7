import type { UsageClass } from '@ronghe/contracts';
import type { Measures } from './charging-data';

/** Octets in the KB that tariffs count (TARIFFS: 1 GB = 1,048,576 KB). */
const OCTETS_PER_KB = 1024n;

/** KB as tariffs count them: every begun one. */
export function kbOf(octets: bigint): bigint {
  return (octets + OCTETS_PER_KB - 1n) / OCTETS_PER_KB;
}

/** What was reported or asked for of a class, in the unit that the network counts it in; null where it does not say. */
export function amountOf(usageClass: UsageClass, { octets, seconds, units }: Measures): bigint | null {
  switch (usageClass) {
    case 'data':
      return octets;
    case 'voice':
      return seconds;
    case 'sms':
    case 'mms':
    case 'content':
      return units;
  }
}

/** The quantity that is rated: octets become KB. */
export function quantityOf(usageClass: UsageClass, amount: bigint): bigint {
  return usageClass === 'data' ? kbOf(amount) : amount;
}

/** The inverse, for a grant of whole units. */
export function amountOfQuantity(usageClass: UsageClass, quantity: bigint): bigint {
  return usageClass === 'data' ? quantity * OCTETS_PER_KB : quantity;
}

/** The inverse of amountOf. */
export function measuresOf(usageClass: UsageClass, amount: bigint): Measures {
  const none: Measures = { octets: null, seconds: null, units: null };
  if (usageClass === 'data') return { ...none, octets: amount };
  return usageClass === 'voice' ? { ...none, seconds: amount } : { ...none, units: amount };
}

const usedLimits: Record<UsageClass, bigint> = {
  data: BigInt(Number.MAX_SAFE_INTEGER),
  voice: 999_999_999n,
  sms: 999_999n,
  mms: 999_999n,
  content: 999_999n,
};

/** The most that a session can use of a class: octets that JSON carries exactly; of the others so much that no charge leaves 64 bits. */
export function usedLimitOf(usageClass: UsageClass): bigint {
  return usedLimits[usageClass];
}
