import type { BundleAllowance, BundleMember, BundlePriceOverride, OfferDocument } from '@ronghe/contracts';
import { compareRatios, ratioFromDecimal } from '@ronghe/kernel';
import type { Located, ProblemList } from './authored-set';
import { heldSince, notMended } from './mended-versions';
import type { AuthoredBundle, AuthoredSpecification } from './offer-schema';
import { voiceUnitOf } from './price-units';
import { resolveAllowances } from './resolve-allowance';
import { MONTHLY_FEE } from './resolve-offer';
import { soldWith } from './sold-with';

/** What a bundle refers to. */
export interface BundleReferences {
  /** Every version of every simple offer, by code. */
  offers: ReadonlyMap<string, OfferDocument[]>;
  specifications: ReadonlyMap<string, AuthoredSpecification>;
  /** Every version of every bundle. */
  bundles: readonly Located<AuthoredBundle>[];
}

/** A bundle as a complete document; what it refers to and does not find is reported. */
export function resolveBundle(
  at: Located<AuthoredBundle>,
  references: BundleReferences,
  list: ProblemList,
): OfferDocument {
  const bundle = at.value;
  if (bundle.sale.to !== undefined && bundle.sale.to <= bundle.sale.from) {
    list.add(at, ['sale', 'to'], 'must be after from');
  }
  const members = membersOf(at, references, list);
  return {
    code: bundle.code,
    version: bundle.version,
    ...(bundle.corrects === undefined ? {} : { corrects: bundle.corrects }),
    name: bundle.name,
    kind: 'bundle',
    lineOfBusiness: 'convergent',
    specification: null,
    resourceNeeds: [],
    characteristics: {},
    effectiveFrom: bundle.sale.from,
    effectiveTo: bundle.sale.to ?? null,
    sale: { alone: true, requires: [], atMost: null },
    recurringPrices: [],
    usagePrices: [],
    usagePricedBy: 'own',
    allowances: [],
    discounts: [],
    bundle: {
      members,
      holdsWhile: holdsWhileOf(at, members, list),
      priceOverrides: overridesOf(at, members, references, list),
      allowances: allowancesOf(at, members, references, list),
    },
  };
}

function membersOf(
  at: Located<AuthoredBundle>,
  { offers }: BundleReferences,
  list: ProblemList,
): BundleMember[] {
  const seen = new Set<string>();
  return at.value.members.map(({ role, offer, count }, index) => {
    if (!offers.has(offer)) list.add(at, ['members', index, 'offer'], `unknown offer ${offer}`);
    // An offer is one member, so that `member: CODE` elsewhere names exactly one role.
    if (seen.has(offer)) list.add(at, ['members', index, 'offer'], `${offer} is already a member`);
    seen.add(offer);
    return { role, offering: offer, ...count };
  });
}

function holdsWhileOf(
  at: Located<AuthoredBundle>,
  members: BundleMember[],
  list: ProblemList,
): { role: BundleMember['role']; offering: string }[] {
  return at.value.holdsWhile.flatMap((code, index) => {
    const member = members.find(({ offering }) => offering === code);
    if (!member) list.add(at, ['holdsWhile', index], `${code} is not a member of the bundle`);
    else if (member.minimum < 1)
      list.add(at, ['holdsWhile', index], `${code} is optional, so the bundle might never hold`);
    return member ? [{ role: member.role, offering: code }] : [];
  });
}

function overridesOf(
  at: Located<AuthoredBundle>,
  members: BundleMember[],
  { offers }: BundleReferences,
  list: ProblemList,
): BundlePriceOverride[] {
  return at.value.prices.flatMap(({ member: code, fee, ...rest }, index) => {
    const member = members.find(({ offering }) => offering === code);
    if (!member) {
      list.add(at, ['prices', index, 'member'], `${code} is not a member of the bundle`);
      return [];
    }
    for (const offer of offers.get(code) ?? []) {
      const price = offer.recurringPrices.find((candidate) => candidate.code === MONTHLY_FEE);
      if (!price) list.add(at, ['prices', index, 'member'], `${code} has no fee`);
      else if (compareRatios(ratioFromDecimal(fee), ratioFromDecimal(price.amount)) > 0) {
        list.add(at, ['prices', index, 'fee'], `is more than the fee of ${code} alone, ${price.amount}`);
      }
    }
    return [{ ...rest, role: member.role, offering: code, price: MONTHLY_FEE, amount: fee }];
  });
}

function allowancesOf(
  at: Located<AuthoredBundle>,
  members: BundleMember[],
  { offers, specifications, bundles }: BundleReferences,
  list: ProblemList,
): BundleAllowance[] {
  // Whoever has what it mends has its members' versions of then.
  const datesOf = ({ value }: Located<AuthoredBundle>) => ({ ...value, effectiveFrom: value.sale.from });
  const sale = {
    effectiveFrom: heldSince(datesOf(at), bundles.map(datesOf)),
    effectiveTo: at.value.sale.to ?? null,
  };
  const isMended = !notMended(bundles, ({ value }) => value).includes(at);
  const pricesOf = ({ usagePrices }: OfferDocument) => usagePrices;
  return at.value.allowances.flatMap(
    ({ member: code, includes, membersAtMost, replaces, afterEnd }, index) => {
      const member = members.find(({ offering }) => offering === code);
      const versions = notMended(offers.get(code) ?? [], (each) => each);
      const offer = offers.get(code)?.at(-1);
      const specification = specifications.get(offer?.specification ?? '');
      if (!member || !offer || !specification) {
        list.add(at, ['allowances', index, 'member'], `${code} is not a member of the bundle`);
        return [];
      }
      replaces.forEach((name, position) => {
        if (
          !Object.hasOwn(includes, name) ||
          !offer.allowances.some((allowance) => allowance.code === name)
        ) {
          const message = `${name} must be an allowance of ${code} and included here`;
          list.add(at, ['allowances', index, 'replaces', position], message);
        }
      });
      const granted = {
        at,
        quantities: includes,
        field: ['allowances', index, 'includes'],
        membersAtMost,
        validDays: null,
        voiceUnit: voiceUnitOf(soldWith(sale, versions).flatMap(pricesOf)),
        isMended,
      };
      return resolveAllowances(granted, specification, list).map((allowance) => ({
        ...allowance,
        role: member.role,
        offering: code,
        replaces: replaces.filter((name) => name === allowance.code),
        afterEnd,
      }));
    },
  );
}
