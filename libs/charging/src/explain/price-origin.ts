import type { LocalizedText } from '@ronghe/contracts';
import type { Holding, UsagePlan } from '@ronghe/rating';

/** Which document a usage is priced by, and why that one. */
export interface PriceOrigin {
  /** The offer and version under which the pricing product was sold. */
  soldOfferingCode: string;
  soldOfferingVersion: number;
  /** The version whose price it is: that one, or the one that mends it. */
  offeringCode: string;
  offeringVersion: number;
  /** `voice-out`. */
  chargeCode: string;
  label: LocalizedText;
  /** The card whose offer prices it: its own, or the main card's. */
  pricedByCard: string;
  /** What it is counted with: the product alone, or the card group. */
  counterKey: string;
  /** `zone-plan cn-zones@1`, `calendar weekdays@2`. */
  policies: { kind: 'zone-plan' | 'calendar'; code: string; version: number }[];
  reason: LocalizedText;
}

/**
 * Where the price of a usage comes from.
 * @param used the product that was used
 * @param pricing the product whose offer prices it: the same, or its main card
 */
export function priceOriginOf(plan: UsagePlan, used: Holding, pricing: Holding): PriceOrigin {
  const { offeringCode, offeringVersion, chargeCode, label, counterKey } = plan;
  return {
    soldOfferingCode: pricing.offeringCode,
    soldOfferingVersion: pricing.offeringVersion,
    ...{ offeringCode, offeringVersion, chargeCode, label, counterKey },
    pricedByCard: pricing.card,
    policies: [plan.zonePlan?.document, plan.calendar?.document].flatMap((document) =>
      document ? [{ kind: document.kind, code: document.code, version: document.version }] : [],
    ),
    reason: reasonOf(plan, used, pricing),
  };
}

/** The product whose offer a plan's price is of. */
export function pricingProductOf(plan: UsagePlan, used: Holding, holdings: readonly Holding[]): Holding {
  if (used.offeringCode === plan.offeringCode) return used;
  return holdings.find(({ productId }) => productId === used.cardGroupId) ?? used;
}

function reasonOf(plan: UsagePlan, used: Holding, pricing: Holding): LocalizedText {
  const { offeringCode, offeringVersion } = pricing;
  const sold = {
    en: `${pricing.card} was sold under ${offeringCode} version ${offeringVersion}`,
    'zh-CN': `${pricing.card} 按 ${offeringCode} 第 ${offeringVersion} 版办理`,
  };
  const isMended = plan.offeringVersion !== offeringVersion;
  const mended = isMended
    ? {
        en: `, which version ${plan.offeringVersion} mends`,
        'zh-CN': `，已由第 ${plan.offeringVersion} 版更正`,
      }
    : { en: '', 'zh-CN': '' };
  const shared =
    used.productId === pricing.productId
      ? { en: '', 'zh-CN': '' }
      : {
          en: `; usage of ${used.card} is charged by its main card's offer`,
          'zh-CN': `；${used.card} 的使用按主卡套餐计费`,
        };
  return {
    en: `${sold.en}${mended.en}${shared.en}`,
    'zh-CN': `${sold['zh-CN']}${mended['zh-CN']}${shared['zh-CN']}`,
  };
}
