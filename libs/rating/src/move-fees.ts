import {
  amountFromDecimal,
  contains,
  localDateOf,
  zeroAmount,
  type BillCycle,
  type BillPeriod,
} from '@ronghe/kernel';
import { ExplanationBuilder } from './explanation';
import { termsAt } from './held-terms';
import type { Holding, OfferLookup } from './holding';
import type { RecurringCharge } from './recurring-charges';
import { onceFor } from './wording';

/** What the moves of a product within a period cost, each by the offer that it had then. */
export function moveFees(
  product: Holding,
  { offers, period, cycle }: { offers: OfferLookup; period: BillPeriod; cycle: BillCycle },
): RecurringCharge[] {
  return (product.moves ?? []).flatMap(({ at, orderId }) => {
    if (!contains(period, at)) return [];
    const { offeringCode, offeringVersion } = termsAt(product, at);
    const { move } = offers(offeringCode, offeringVersion);
    const amount = move ? amountFromDecimal(move.fee) : zeroAmount;
    if (!move || amount === zeroAmount) return [];
    const { label, chargeClass, taxClass } = move;
    const day = localDateOf(at, cycle.zone);
    const builder = new ExplanationBuilder();
    builder.add('given', { amount: move.fee }, onceFor(label, day));
    const explanation = builder.build();
    return [
      {
        ...{ productId: product.productId, card: product.card, chargeClass, taxClass, label },
        priceCode: `move/${orderId}`,
        ...{ offeringCode, offeringVersion, discounts: [], timing: 'arrears' as const, serviceDate: day },
        ...{ listAmount: amount, netAmount: amount },
        ...{ listExplanation: explanation, netExplanation: explanation },
      },
    ];
  });
}
