import type { OfferDocument, RecurringPrice } from '@ronghe/contracts';
import type { BillPeriod } from '@ronghe/kernel';
import { endOfTime, type Holding } from './holding';
import type { RecurringCharge } from './recurring-charges';

/** What a fee comes to, whoever holds the product. */
export type WholeFee = Omit<RecurringCharge, 'productId' | 'card'>;

/**
 * Whether a fee of the product is charged for the whole period and nothing but its price says what it is: the same for
 * everybody who holds the offer.
 */
export function isWholeFee(holding: Holding, offer: OfferDocument, period: BillPeriod): boolean {
  return (
    holding.effectiveFrom <= period.from &&
    (holding.effectiveTo ?? endOfTime) >= period.to &&
    holding.part === undefined &&
    holding.bundleId === null &&
    !holding.blocks?.length &&
    offer.discounts.length === 0
  );
}

const found = new WeakMap<RecurringPrice, { period: BillPeriod; fee: WholeFee }>();

/** The whole fee of a price that was worked out for the period before; undefined: none was, or for another period last. */
export function findWholeFee(price: RecurringPrice, period: BillPeriod): WholeFee | undefined {
  const known = found.get(price);
  return known && isSamePeriod(known.period, period) ? known.fee : undefined;
}

/** Keeps a fee for all who are asked for next; as long as the document of its price is in memory. */
export function keepWholeFee(price: RecurringPrice, period: BillPeriod, charge: RecurringCharge): void {
  const { productId: _, card: __, ...fee } = charge;
  found.set(price, { period, fee });
}

/** The whole fee of a price as one that a product is charged. */
export function feeOf(fee: WholeFee, { productId, card }: Holding): RecurringCharge {
  return {
    productId,
    card,
    chargeClass: fee.chargeClass,
    priceCode: fee.priceCode,
    label: fee.label,
    offeringCode: fee.offeringCode,
    offeringVersion: fee.offeringVersion,
    listAmount: fee.listAmount,
    discounts: fee.discounts,
    netAmount: fee.netAmount,
    taxClass: fee.taxClass,
    taxParts: fee.taxParts,
    timing: fee.timing,
    serviceDate: fee.serviceDate,
    listExplanation: fee.listExplanation,
    netExplanation: fee.netExplanation,
    lineExplanation: fee.lineExplanation,
  };
}

function isSamePeriod(a: BillPeriod, b: BillPeriod): boolean {
  return (
    a === b || (a.from === b.from && a.to === b.to && a.firstDay === b.firstDay && a.endDay === b.endDay)
  );
}
