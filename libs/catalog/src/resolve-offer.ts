import type { OfferDocument, RecurringPrice, UsageClass, UsagePrice } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredOffer, AuthoredSpecification } from './offer-schema';
import { voiceUnitOf } from './price-units';
import { resolveAllowances } from './resolve-allowance';
import { resolveContract } from './resolve-contract';
import { resolvePriceChanges } from './resolve-price-change';

/** The code of the price that `fee` makes. */
export const MONTHLY_FEE = 'monthly-fee';

/** What offers refer to, by code. */
export interface OfferReferences {
  specifications: ReadonlyMap<string, AuthoredSpecification>;
  tariffs: ReadonlyMap<string, UsagePrice[]>;
  /** Versions of offers whose place no other one takes. */
  current: ReadonlySet<Located<AuthoredOffer>>;
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
  const usagePrices = usagePricesOf(at, references, list);
  const priceChanges = resolvePriceChanges(at, list);
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
    usagePrices,
    usagePricedBy: offer.usage === AS_MAIN_CARD ? 'main' : 'own',
    allowances: resolveAllowances(
      {
        at,
        quantities: offer.allowances,
        field: ['allowances'],
        membersAtMost: offer.membersAtMost,
        validDays: offer.validFor ?? null,
        voiceUnit: voiceUnitOf(usagePrices),
        isMended: !references.current.has(at),
      },
      specification,
      list,
    ),
    discounts: offer.discounts.map(({ startsAfter, ...discount }) => ({
      ...discount,
      price: MONTHLY_FEE,
      startsAfterPeriods: startsAfter,
    })),
    bundle: null,
    // Left out where there is none, so that a published document stays the same.
    ...(priceChanges.length > 0 && { priceChanges }),
    ...(offer.changeTakesEffect === 'at once' && { changeTakesEffect: 'at-once' as const }),
    ...(offer.changeTakesEffect === 'next period' && { changeTakesEffect: 'next-period' as const }),
    ...(offer.move && { move: offer.move }),
    ...(offer.contract && { contract: resolveContract(at, offer.contract, MONTHLY_FEE, list) }),
  };
}

const AS_MAIN_CARD = 'as main card';

function monthlyFee(offer: AuthoredOffer, amount: string, { fee }: AuthoredSpecification): RecurringPrice {
  const { countDays, whileStopped, ...rules } = fee;
  // Left out unless it pauses, so that a published document stays the same.
  const stopped = whileStopped === 'paused' ? { whileStopped } : {};
  const parts = offer.feeParts === undefined ? {} : { taxParts: offer.feeParts };
  return {
    code: MONTHLY_FEE,
    label: offer.name,
    amount,
    ...rules,
    ...parts,
    prorateBy: countDays,
    ...stopped,
  };
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
  for (const usageClass of new Set(prices?.map((price) => price.usageClass))) {
    const first = firstDayOf(prices ?? [], usageClass);
    if (first !== null && first > at.value.sale.from) {
      list.add(at, ['usage'], `the tariff ${usage} has no price for ${usageClass} before ${first}`);
    }
  }
  return prices ?? [];
}

/** From when on a class has a price; null: always. */
function firstDayOf(prices: readonly UsagePrice[], usageClass: UsageClass): LocalDate | null {
  const days = prices.filter((price) => price.usageClass === usageClass).map((price) => price.inForce?.from);
  return days.includes(undefined) ? null : (days.sort()[0] ?? null);
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
  if (at.value.validFor !== undefined && Object.keys(at.value.allowances).length === 0) {
    list.add(at, ['validFor'], 'needs allowances that it is about');
  }
  if (discounts.length > 0 && fee === undefined) list.add(at, ['discounts'], 'needs a fee to take from');
}
