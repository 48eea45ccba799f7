import type { BillingPolicy, UsageTotal } from '@ronghe/contracts';
import { moneyToAmount, type Amount, type BillCycle, type BillPeriod } from '@ronghe/kernel';
import {
  formBillLines,
  recurringCharges,
  type Holding,
  type LineSource,
  type OfferLookup,
} from '@ronghe/rating';
import { productKey, type ChargeLine, type ChargeReference } from './charge-line';

export interface ShouldBillQuestion {
  holdings: readonly Holding[];
  /** Products of the other accounts of the balance group, which may change prices. */
  groupHoldings: readonly Holding[];
  offers: OfferLookup;
  policy: BillingPolicy;
  cycle: BillCycle;
  /** The service period. */
  period: BillPeriod;
  usageTotals: readonly UsageTotal[];
  /** Usage was paid as it came: it stays as charging told it. */
  isPrepaid: boolean;
  /** `advance`: only fees that are billed before their period (usage and the other fees come later). */
  part: 'all' | 'advance';
}

/**
 * What a service period of an account costs, whatever has been billed of it: fees and usage, one line per product,
 * charge class and tax class, before discounts of the account and its group. Throws what rating throws (`offer_unknown`, …).
 */
export function shouldBill(question: ShouldBillQuestion): ChargeLine[] {
  const { holdings, groupHoldings, offers, policy, cycle, period, part } = question;
  const fees = recurringCharges({ holdings, groupHoldings, offers, period, cycle });
  const lines = formBillLines({
    period,
    cycle,
    recurring: part === 'all' ? fees : fees.filter((fee) => fee.timing === 'advance'),
    usageTotals: part === 'all' ? question.usageTotals : null,
    isUsagePaid: question.isPrepaid,
    holdings,
    groupHoldings,
    offers,
    chargeClasses: policy.chargeClasses,
  });
  return lines.map(({ sources, ...line }) => ({
    ...line,
    servicePeriod: period.key,
    key: productKey(line.productId, line.chargeClass, line.taxClass),
    discounts: [],
    references: sources.map(referenceOf),
  }));
}

/** A one-time charge as a line; its money is exact by nature. */
export function onceLine(
  charge: Omit<ChargeLine, 'discounts' | 'exact' | 'exactUsage' | 'references'> & { chargeId: string },
): ChargeLine {
  const { chargeId, ...line } = charge;
  return {
    ...line,
    discounts: [],
    exact: moneyToAmount(line.net),
    exactUsage: 0n as Amount,
    references: [{ kind: 'once', chargeId }],
  };
}

function referenceOf({ kind, productId, code, offeringCode, offeringVersion }: LineSource): ChargeReference {
  const priced = { productId, offeringCode, offeringVersion };
  return kind === 'fee' ? { kind, ...priced, priceCode: code } : { kind, ...priced, chargeCode: code };
}
