import type { LocalizedText, UsageTotal } from '@ronghe/contracts';
import {
  amountFromDecimal,
  amountToDecimal,
  isDomainError,
  zeroAmount,
  type Amount,
  type BillPeriod,
  type LocalDate,
} from '@ronghe/kernel';
import { explainPrice } from './explain-price';
import { ExplanationBuilder, type Explanation } from './explanation';
import type { OfferLookup } from './holding';
import type { RecurringCharge } from './recurring-charges';
import { splitByTaxClass } from './tax-parts';
import { compileUsagePrice, type CompiledUsagePrice } from './usage-price';
import { chargedByRecords, outOfBundle } from './wording';

/** Where an item comes from: a recurring price, charging's total of a usage price, or what is missing to its minimum. */
export interface LineSource {
  kind: 'fee' | 'usage' | 'minimum';
  productId: string;
  /** Of the price. */
  code: string;
  offeringCode: string;
  offeringVersion: number;
  /** After discounts and changes of its price, exact. */
  amount: Amount;
}

/** What a bill line is made of: a fee, a usage total or what is missing to a minimum, exact, in one shape. */
export interface LineItem {
  card: string;
  productId: string;
  chargeClass: string;
  chargeCode: string;
  /** Null: the charge class's name will do. */
  label: LocalizedText | null;
  listAmount: Amount;
  netAmount: Amount;
  /** What charging told of usage; zero for what is none. */
  told: Amount;
  taxClass: string;
  serviceDate: LocalDate;
  listExplanation: Explanation;
  netExplanation: Explanation;
  /** Of a line that is made of nothing else; left out: it is worked out with the line. */
  lineExplanation?: Explanation | undefined;
  source: Omit<LineSource, 'amount'>;
}

/** A fee as a line item, or as one for each service that it is for where these are taxed apart. */
export function itemsOfFee(charge: RecurringCharge): LineItem[] {
  const { productId, priceCode: code, offeringCode, offeringVersion, taxParts } = charge;
  const item: LineItem = {
    card: charge.card,
    productId,
    chargeClass: charge.chargeClass,
    chargeCode: code,
    label: charge.label,
    listAmount: charge.listAmount,
    netAmount: charge.netAmount,
    told: zeroAmount,
    taxClass: charge.taxClass,
    serviceDate: charge.serviceDate,
    listExplanation: charge.listExplanation,
    netExplanation: charge.netExplanation,
    lineExplanation: charge.lineExplanation,
    source: { kind: 'fee', productId, code, offeringCode, offeringVersion },
  };
  return taxParts ? splitByTaxClass(item, taxParts) : [item];
}

/** A usage total as a line item; its service date is the first day of the period in which the usage started. */
export function itemOfUsage(total: UsageTotal, period: BillPeriod, offers: OfferLookup): LineItem {
  const price = usagePriceOf(total, offers);
  const explanation = explainUsage(total, price);
  const amount = amountFromDecimal(total.amount);
  const { productId, chargeCode: code, offeringCode, offeringVersion } = total;
  return {
    card: total.card,
    productId: total.productId,
    chargeClass: total.chargeClass,
    chargeCode: total.chargeCode,
    label: price?.document.label ?? null,
    listAmount: amount,
    netAmount: amount,
    told: amount,
    taxClass: total.taxClass,
    serviceDate: period.firstDay,
    listExplanation: explanation,
    netExplanation: explanation,
    source: { kind: 'usage', productId, code, offeringCode, offeringVersion },
  };
}

/**
 * Prices the total's units again. Where that does not reach the amount (late usage, a flat price) the charge is
 * the sum of its records, and each record's own explanation says why.
 */
function explainUsage(total: UsageTotal, price: CompiledUsagePrice | null): Explanation {
  const amount = amountToDecimal(amountFromDecimal(total.amount));
  if (price && price.document.connectFee === null) {
    const { unit } = price.document;
    const builder = new ExplanationBuilder();
    const { unitsTotal, unitsFromAllowance } = total;
    const charged = builder.add(
      'subtract-units',
      { from: unitsTotal, units: unitsFromAllowance },
      outOfBundle(unit, unitsTotal, unitsFromAllowance),
    );
    explainPrice(
      builder,
      price,
      { units: BigInt(total.unitsCharged), events: BigInt(total.eventCount) },
      charged,
    );
    const explanation = builder.build();
    if (explanation.result === amount) return explanation;
  }
  const builder = new ExplanationBuilder();
  const label = price?.document.label ?? { en: total.chargeClass, 'zh-CN': total.chargeClass };
  builder.add('given', { amount }, chargedByRecords(label, total.eventCount));
  return builder.build();
}

function usagePriceOf(total: UsageTotal, offers: OfferLookup): CompiledUsagePrice | null {
  try {
    const offer = offers(total.offeringCode, total.offeringVersion);
    const document = offer.usagePrices.find((price) => price.code === total.chargeCode);
    return document ? compileUsagePrice(document) : null;
  } catch (error) {
    // A bill is not held up because a document that only explains it is missing.
    if (isDomainError(error)) return null;
    throw error;
  }
}
