import type { LocalizedText } from '@ronghe/contracts';
import { amountToDecimal, sumAmounts, zeroAmount, type Amount, type LocalDate } from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation } from './explanation';
import type { Holding, OfferLookup } from './holding';
import type { RecurringCharge } from './recurring-charges';

/** What was debited of a recurring fee of a prepaid account, less what was given back. */
export interface DebitedFee {
  productId: string;
  priceCode: string;
  label: LocalizedText;
  taxClass: string;
  amount: Amount;
}

export interface DebitedQuestion {
  /** What the period costs as things stand. */
  owed: readonly RecurringCharge[];
  holdings: readonly Holding[];
  offers: OfferLookup;
  /** First day of the service period. */
  firstDay: LocalDate;
}

/**
 * Fees as they were debited in a service period. Where that is what the period costs now, the fee explains itself;
 * where it is not (one is unpaid, or its price changed since), the debit is given.
 */
export function debitedCharges(
  fees: readonly DebitedFee[],
  { owed, holdings, offers, firstDay }: DebitedQuestion,
): RecurringCharge[] {
  return fees.flatMap((fee) => {
    if (fee.amount === zeroAmount) return [];
    // Several, where the offer changed within the period.
    const charges = owed.filter(
      (charge) => charge.productId === fee.productId && charge.priceCode === fee.priceCode,
    );
    const [known] = charges;
    if (known && sumAmounts(charges.map(({ netAmount }) => netAmount)) === fee.amount) return charges;
    const holding = holdings.find(({ productId }) => productId === fee.productId);
    if (!holding) return [];
    const { offeringCode, offeringVersion, card } = holding;
    const price = offers(offeringCode, offeringVersion).recurringPrices.find(
      ({ code }) => code === fee.priceCode,
    );
    const explanation = explainDebit(fee);
    return [
      {
        productId: fee.productId,
        card,
        chargeClass: known?.chargeClass ?? price?.chargeClass ?? fee.priceCode,
        priceCode: fee.priceCode,
        label: fee.label,
        offeringCode,
        offeringVersion,
        listAmount: fee.amount,
        discounts: [],
        netAmount: fee.amount,
        taxClass: fee.taxClass,
        timing: price?.timing ?? 'arrears',
        serviceDate: known?.serviceDate ?? firstDay,
        listExplanation: explanation,
        netExplanation: explanation,
      },
    ];
  });
}

function explainDebit({ label, amount }: DebitedFee): Explanation {
  const builder = new ExplanationBuilder();
  builder.add('given', { amount: amountToDecimal(amount) }, (result): LocalizedText => ({
    en: `${label.en}: ${result} was taken from the balance`,
    'zh-CN': `${label['zh-CN']}：已从余额扣除 ${result}`,
  }));
  return builder.build();
}
