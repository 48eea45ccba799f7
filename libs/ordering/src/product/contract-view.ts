import type { ContractTerms, LocalizedText, ProductState } from '@ronghe/contracts';
import {
  amountFromDecimal,
  amountToMoney,
  moneyToDecimal,
  localDateOf,
  type Instant,
  type LocalDate,
} from '@ronghe/kernel';
import {
  contractProgress,
  contractsOf,
  dayAfterLeaving,
  explainPenalty,
  explanationText,
  type OfferLookup,
} from '@ronghe/rating';

/** A product's latest contract, as it stands today or stood when it was left. */
export interface ContractView {
  code: string;
  label: LocalizedText;
  months: number;
  renews: boolean;
  startsOn: LocalDate;
  /** The first day after its first run of months. */
  endsOn: LocalDate;
  /** Full months. */
  monthsServed: number;
  /** The first day on which leaving costs nothing; null: leaving costs nothing. */
  boundUntil: LocalDate | null;
  /** The first day that was not served any more; null while it is held. */
  leftOn: LocalDate | null;
  /** What leaving today costs, or leaving cost; money as decimal text. */
  terminationFee: string;
  /** How that comes about, with the row of the table; null where it costs nothing. */
  terminationFeeExplanation: LocalizedText | null;
  benefits: ContractTerms['benefits'];
}

/** The latest contract that a product was held under; null: it never was. Throws what the lookup throws. */
export function contractView(
  product: ProductState,
  { offers, zone, now }: { offers: OfferLookup; zone: string; now: Instant },
): ContractView | null {
  const contract = contractsOf(product, offers, zone).at(-1);
  if (!contract) return null;
  const { terms, startDay, endDay, leftAt } = contract;
  const leftOn = leftAt && dayAfterLeaving(leftAt, zone);
  const progress = contractProgress(contract, leftOn ?? localDateOf(now, zone));
  const fee = explainPenalty(contract, progress);
  return {
    code: terms.code,
    label: terms.label,
    months: terms.months,
    renews: terms.afterEnd === 'renews',
    startsOn: startDay,
    endsOn: endDay,
    monthsServed: progress.served,
    boundUntil: leftOn === null ? progress.boundUntil : null,
    leftOn,
    terminationFee: moneyToDecimal(amountToMoney(amountFromDecimal(fee?.result ?? '0'))),
    terminationFeeExplanation: fee && {
      en: explanationText(fee, 'en'),
      'zh-CN': explanationText(fee, 'zh-CN'),
    },
    benefits: terms.benefits,
  };
}
