import type { Allowance, OfferDocument, TopUpUnits, UsagePrice } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { FieldPath } from './authored-file';
import type { AuthoredSet, Located, ProblemList } from './authored-set';
import { heldSince, notFollowed, notMended } from './mended-versions';
import { policiesOf } from './policies-of';
import { SECONDS_PER_MINUTE, voiceUnitsOf, type VoiceUnit } from './price-units';
import { soldWith } from './sold-with';

/** An allowance of voice, and the offers whose prices may use it. */
interface VoiceAllowance {
  at: Located<unknown>;
  field: FieldPath;
  allowance: Pick<Allowance | TopUpUnits, 'unit' | 'quantity'>;
  /** From when on it may be held: prices that ended by then do not matter. */
  since: LocalDate;
  /** Versions of the one offer whose prices it stands beside; where none has a price for voice, `others` count. */
  own: readonly OfferDocument[];
  /** Offers beside which it may be held, by their specification; one of each has to be able to use it. */
  others: () => OfferDocument[][];
}

/**
 * A price uses only allowances in what it counts, minutes or seconds. An allowance of voice that no price could use, or
 * only some of the prices of its own offer, is refused: the customer would pay for what is included.
 */
export function checkVoiceAllowances(
  offers: readonly Located<OfferDocument>[],
  set: AuthoredSet,
  list: ProblemList,
): void {
  const current = notMended(offers, ({ value }) => value);
  const documents = current.map(({ value }) => value);
  const versions = offers.map(({ value }) => value);
  const granted = [
    ...current.flatMap((at) => {
      const since = heldSince(at.value, versions);
      const sale = { ...at.value, effectiveFrom: since };
      return [...ofOffer(at, documents), ...ofBundle(at, sale, documents, set)].map((each) => ({
        ...each,
        since,
      }));
    }),
    ...notFollowed(policiesOf('balance', set.policies)).flatMap((at) =>
      (at.value.topUp.units ?? []).map((allowance, index) => ({
        ...{ at, allowance, since: at.value.effectiveFrom, own: [], others: () => [documents] },
        field: ['topUp', 'units', index, 'quantity'],
      })),
    ),
  ].filter(({ allowance }) => allowance.usageClasses.includes('voice'));
  for (const each of granted) {
    const problem = problemOf(each);
    if (problem) list.add(each.at, each.field, problem);
  }
}

function ofOffer(at: Located<OfferDocument>, offers: readonly OfferDocument[]) {
  return at.value.allowances.map((allowance) => ({
    ...{ at, allowance, own: [at.value], others: () => besideOf(at.value, offers) },
    field: ['allowances', allowance.code],
  }));
}

/** @param sale since when the bundle may be held, also as the version that it mends */
function ofBundle(
  at: Located<OfferDocument>,
  sale: Pick<OfferDocument, 'effectiveFrom' | 'effectiveTo'>,
  offers: readonly OfferDocument[],
  { bundles }: AuthoredSet,
) {
  const { bundle } = at.value;
  const written =
    bundles.find(({ path, file }) => path === at.path && file === at.file)?.value.allowances ?? [];
  const members = offers.filter(({ code }) => bundle?.members.some(({ offering }) => offering === code));
  return (bundle?.allowances ?? []).map((allowance) => {
    const { code, offering } = allowance;
    const own = soldWith(
      sale,
      offers.filter((each) => each.code === offering),
    );
    const index = written.findIndex(
      ({ member, includes }) => member === offering && Object.hasOwn(includes, code),
    );
    return {
      ...{ at, allowance, own, others: () => own.flatMap((each) => besideOf(each, members)) },
      field: ['allowances', index, 'includes', code],
    };
  });
}

/** Whose prices a product without prices for voice is used beside: a main card's that it may join, else anybody's. */
function besideOf(offer: OfferDocument, offers: readonly OfferDocument[]): OfferDocument[][] {
  if (offer.usagePricedBy === 'own') return [[...offers]];
  return offer.sale.requires.map((needed) =>
    offers.filter(
      ({ usagePricedBy, specification }) => usagePricedBy === 'own' && specification === needed.specification,
    ),
  );
}

function problemOf({ allowance, since, own, others }: VoiceAllowance): string | null {
  const isUsed = (prices: readonly UsagePrice[]) =>
    voiceUnitsOf(prices).has(allowance.unit === 'minute' ? 'minute' : 'second');
  const ownPrices = own.flatMap(pricesOf).filter(({ inForce }) => !inForce?.to || inForce.to > since);
  const ownUnits = voiceUnitsOf(ownPrices);
  if (ownUnits.size > 0) return ownUnits.size === 1 && isUsed(ownPrices) ? null : mixtureProblem(own);
  const priced = others()
    .map((offers) => offers.filter(hasVoice))
    .filter((offers) => offers.length > 0);
  const useless = priced.filter((offers) => !isUsed(offers.flatMap(pricesOf)));
  if (useless.length === 0) return null;
  const codes = [...new Set(useless.flat().map(({ code }) => code))];
  const [is, other] = allowance.unit === 'minute' ? ['minutes', 'seconds'] : ['seconds', 'minutes'];
  const written = inOtherUnit(allowance);
  return (
    `is in ${is}, and nothing would use it beside ${someOf(codes)}, where voice is counted in ${other}: ` +
    (useless.length === priced.length
      ? `write ${written}`
      : `sell another of ${written} there, and this one not`)
  );
}

function mixtureProblem(own: readonly OfferDocument[]): string {
  const names = (unit: VoiceUnit) => [
    ...new Set(
      own.flatMap((offer) =>
        offer.usagePrices
          .filter((price) => price.usageClass === 'voice' && price.unit === unit)
          .map((price) => `${price.code}${daysOf(price)} of ${offer.code} version ${offer.version}`),
      ),
    ),
  ];
  return (
    `${someOf(names('minute'))} counts minutes and ${someOf(names('second'))} counts seconds, and only one of them would use it: ` +
    'let both count the same: seconds with rates in place of price, or whole minutes in both; or leave one out'
  );
}

function daysOf({ inForce }: UsagePrice): string {
  return inForce ? ` from ${inForce.from}` : '';
}

function pricesOf({ usagePrices }: OfferDocument): UsagePrice[] {
  return usagePrices;
}

function hasVoice({ usagePrices }: OfferDocument): boolean {
  return voiceUnitsOf(usagePrices).size > 0;
}

/** At most so many names in a message. */
const NAME_LIMIT = 3;

function someOf(names: readonly string[]): string {
  const more = names.length > NAME_LIMIT ? ` and ${names.length - NAME_LIMIT} more` : '';
  return `${names.slice(0, NAME_LIMIT).join(', ')}${more}`;
}

function inOtherUnit({ unit, quantity }: VoiceAllowance['allowance']): string {
  const count = BigInt(quantity);
  if (unit === 'minute') return `${count * SECONDS_PER_MINUTE} s`;
  return count % SECONDS_PER_MINUTE === 0n ? `${count / SECONDS_PER_MINUTE} min` : 'whole minutes';
}
