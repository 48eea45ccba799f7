import type { BillingPolicy, UsageTotal } from '@ronghe/contracts';
import {
  amountFromDecimal,
  moneyToAmount,
  sumAmounts,
  type Amount,
  type BillCycle,
  type BillPeriod,
} from '@ronghe/kernel';
import {
  formBillLines,
  recurringCharges,
  type Holding,
  type OfferLookup,
  type RecurringCharge,
} from '@ronghe/rating';
import { productKey, type ChargeLine, type ChargeReference } from './charge-line';

export interface ShouldBillQuestion {
  holdings: readonly Holding[];
  offers: OfferLookup;
  policy: BillingPolicy;
  cycle: BillCycle;
  /** The service period. */
  period: BillPeriod;
  usageTotals: readonly UsageTotal[];
  /** `advance`: only fees that are billed before their period (usage and the other fees come later). */
  part: 'all' | 'advance';
}

/**
 * What a service period of an account costs, whatever has been billed of it: fees and usage, one line per product,
 * charge class and tax class. Throws what rating throws (`offer_unknown`, …).
 */
export function shouldBill(question: ShouldBillQuestion): ChargeLine[] {
  const { holdings, offers, policy, cycle, period, part } = question;
  const fees = recurringCharges({ holdings, offers, period, cycle });
  const recurring = part === 'all' ? fees : fees.filter((fee) => fee.timing === 'advance');
  const usageTotals = part === 'all' ? question.usageTotals : [];
  const lines = formBillLines({
    period,
    recurring,
    usageTotals,
    holdings,
    offers,
    chargeClasses: policy.chargeClasses,
  });
  const feesByKey = groupBy(recurring, (fee) => productKey(fee.productId, fee.chargeClass, fee.taxClass));
  const usageByKey = groupBy(usageTotals, (total) =>
    productKey(total.productId, total.chargeClass, total.taxClass),
  );
  return lines.map((line) => {
    const key = productKey(line.productId, line.chargeClass, line.taxClass);
    const lineFees = feesByKey.get(key) ?? [];
    const lineUsage = usageByKey.get(key) ?? [];
    const exactUsage = sumAmounts(lineUsage.map((total) => amountFromDecimal(total.amount)));
    const exact = sumAmounts([exactUsage, ...lineFees.map((fee) => fee.netAmount)]);
    const references = [...lineFees.map(feeReference), ...lineUsage.map(usageReference)];
    return { ...line, servicePeriod: period.key, key, exact, exactUsage, references };
  });
}

/** A one-time charge as a line; its money is exact by nature. */
export function onceLine(
  charge: Omit<ChargeLine, 'exact' | 'exactUsage' | 'references'> & { chargeId: string },
): ChargeLine {
  const { chargeId, ...line } = charge;
  return {
    ...line,
    exact: moneyToAmount(line.net),
    exactUsage: 0n as Amount,
    references: [{ kind: 'once', chargeId }],
  };
}

function feeReference(fee: RecurringCharge): ChargeReference {
  const { productId, priceCode, offeringCode, offeringVersion } = fee;
  return { kind: 'fee', productId, priceCode, offeringCode, offeringVersion };
}

function usageReference(total: UsageTotal): ChargeReference {
  const { productId, chargeCode, offeringCode, offeringVersion } = total;
  return { kind: 'usage', productId, chargeCode, offeringCode, offeringVersion };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
