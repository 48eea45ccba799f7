import type { OfferDocument, RecurringPrice, UsagePrice } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredOffer, AuthoredSpecification } from './offer-schema';
import { resolveAllowances } from './resolve-allowance';

/** The code of the price that `fee` makes. */
export const MONTHLY_FEE = 'monthly-fee';

/** What offers refer to, by code. */
export interface OfferReferences {
  specifications: ReadonlyMap<string, AuthoredSpecification>;
  tariffs: ReadonlyMap<string, UsagePrice[]>;
}

/** An offer as a complete document; null when it names a specification that does not exist. */
export function resolveOffer(
  at: Located<AuthoredOffer>,
  references: OfferReferences,
  list: ProblemList,
): OfferDocument | null {
  const offer = at.value;
  const specification = references.specifications.get(offer.specification);
  if (!specification) {
    list.add(at, ['specification'], `unknown specification ${offer.specification}`);
    return null;
  }
  checkOffer(at, references, list);
  return {
    code: offer.code,
    version: offer.version,
    ...(offer.corrects === undefined ? {} : { corrects: offer.corrects }),
    name: offer.name,
    kind: 'simple',
    lineOfBusiness: specification.lineOfBusiness,
    specification: specification.code,
    resourceNeeds: specification.stock,
    characteristics: { ...specification.characteristics, ...offer.characteristics },
    effectiveFrom: offer.sale.from,
    effectiveTo: offer.sale.to ?? null,
    sale: {
      alone: offer.sale.alone,
      requires: offer.sale.requires.map((code) => ({ specification: code })),
      atMost: offer.sale.atMost ?? null,
    },
    recurringPrices: offer.fee === undefined ? [] : [monthlyFee(offer, offer.fee, specification)],
    usagePrices: usagePricesOf(at, references, list),
    usagePricedBy: offer.usage === AS_MAIN_CARD ? 'main' : 'own',
    allowances: resolveAllowances(offer.allowances, specification, at, ['allowances'], list),
    discounts: offer.discounts.map(({ startsAfter, ...discount }) => ({
      ...discount,
      price: MONTHLY_FEE,
      startsAfterPeriods: startsAfter,
    })),
    bundle: null,
  };
}

const AS_MAIN_CARD = 'as main card';

function monthlyFee(offer: AuthoredOffer, amount: string, { fee }: AuthoredSpecification): RecurringPrice {
  const { countDays, ...rules } = fee;
  return { code: MONTHLY_FEE, label: offer.name, amount, ...rules, prorateBy: countDays };
}

function usagePricesOf(
  at: Located<AuthoredOffer>,
  references: OfferReferences,
  list: ProblemList,
): UsagePrice[] {
  const { usage } = at.value;
  if (usage === undefined || usage === AS_MAIN_CARD) return [];
  const prices = references.tariffs.get(usage);
  if (!prices) list.add(at, ['usage'], `unknown tariff ${usage}; a tariff's code or ${AS_MAIN_CARD}`);
  return prices ?? [];
}

function checkOffer(
  at: Located<AuthoredOffer>,
  { specifications }: OfferReferences,
  list: ProblemList,
): void {
  const { sale, discounts, fee } = at.value;
  if (sale.to !== undefined && sale.to <= sale.from) list.add(at, ['sale', 'to'], 'must be after from');
  sale.requires.forEach((code, index) => {
    if (!specifications.has(code)) list.add(at, ['sale', 'requires', index], `unknown specification ${code}`);
  });
  if (discounts.length > 0 && fee === undefined) list.add(at, ['discounts'], 'needs a fee to take from');
}
