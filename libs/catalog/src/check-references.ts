import type { OfferDocument, PolicyDocument, PolicyKind } from '@ronghe/contracts';
import type { AuthoredSet, Located, ProblemList } from './authored-set';
import { policiesOf, type PolicyOf } from './policies-of';

/**
 * The catalog against policies and the other way round: tax classes, charge classes, provisioning.
 * @param offers the resolved offers, where they were written
 * @param set the files that they came from, with the policies
 */
export function checkReferences(
  offers: readonly Located<OfferDocument>[],
  set: AuthoredSet,
  list: ProblemList,
): void {
  const tax = newest('tax', set.policies)?.value;
  const billing = newest('billing', set.policies)?.value;
  const provisioning = newest('provisioning', set.policies);
  const priced = [
    ...set.specifications.map((at) => ({ at, field: ['fee'], ...at.value.fee })),
    ...set.offers.flatMap((at) => {
      const field = ['contract', 'earlyTermination'];
      return at.value.contract ? [{ at, field, ...at.value.contract.earlyTermination }] : [];
    }),
    ...set.offers.flatMap((at) => (at.value.move ? [{ at, field: ['move'], ...at.value.move }] : [])),
    ...set.tariffs.flatMap((at) =>
      at.value.prices.map((price, index) => ({ at, field: ['prices', index], ...price })),
    ),
  ];
  for (const { at, field, taxClass, chargeClass } of priced) {
    if (!tax?.classes.some(({ code }) => code === taxClass)) {
      list.add(at, [...field, 'taxClass'], `the tax policy has no class ${taxClass}`);
    }
    if (!billing?.chargeClasses.some(({ code }) => code === chargeClass)) {
      list.add(at, [...field, 'chargeClass'], `the billing policy has no charge class ${chargeClass}`);
    }
  }
  for (const at of offers) {
    const { recurringPrices, usagePrices, specification, effectiveFrom } = at.value;
    const parts = recurringPrices.flatMap(({ taxParts = [] }) => taxParts);
    parts.forEach(({ taxClass }, index) => {
      if (!tax?.classes.some(({ code }) => code === taxClass))
        list.add(at, ['feeParts', index, 'taxClass'], `the tax policy has no class ${taxClass}`);
    });
    for (const { taxClass } of [...recurringPrices, ...parts, ...usagePrices]) {
      const problem = rateProblem(taxClass, effectiveFrom, tax);
      if (problem) list.add(at, ['sale', 'from'], problem);
    }
    if (
      specification &&
      !provisioning?.value.decomposition.some((entry) => entry.specification === specification)
    ) {
      list.add(at, ['specification'], `the provisioning policy does not decompose ${specification}`);
    }
  }
  checkContracts(set, list);
  if (provisioning) checkProvisioning(provisioning, offers, set, list);
}

/** A contract can only take the place of one that some offer has: of the same product, as changes of offer are. */
function checkContracts({ offers }: AuthoredSet, list: ProblemList): void {
  const specificationsOf = new Map<string, Set<string>>();
  for (const { value } of offers) {
    if (!value.contract) continue;
    const known = specificationsOf.get(value.contract.code) ?? new Set<string>();
    specificationsOf.set(value.contract.code, known.add(value.specification));
  }
  for (const at of offers) {
    const { contract, specification } = at.value;
    contract?.takesPlaceOf?.forEach((code, index) => {
      const specifications = specificationsOf.get(code);
      const field = ['contract', 'takesPlaceOf', index];
      if (code === contract.code)
        list.add(at, field, 'is the contract itself, which goes on by its afterEnd');
      else if (!specifications) list.add(at, field, `there is no contract ${code}`);
      else if (!specifications.has(specification))
        list.add(at, field, `no offer of ${specification} has the contract ${code}`);
    });
  }
}

function newest<K extends PolicyKind>(
  kind: K,
  policies: readonly Located<PolicyDocument>[],
): Located<PolicyOf<K>> | undefined {
  return policiesOf(kind, policies)
    .sort((a, b) => a.value.version - b.value.version)
    .at(-1);
}

/** Whoever buys on the first day keeps the product for years: the class needs a rate from that day on. */
function rateProblem(taxClass: string, from: string, tax: PolicyOf<'tax'> | undefined): string | null {
  const rates = tax?.classes.find(({ code }) => code === taxClass)?.rates;
  const first = rates?.[0];
  if (!rates || !first) return null;
  if (first.from > from) return `the tax class ${taxClass} has no rate on ${from}`;
  return rates.at(-1)?.to === null
    ? null
    : `the tax class ${taxClass} ends while the offer may still be held`;
}

function checkProvisioning(
  at: Located<PolicyOf<'provisioning'>>,
  offers: readonly Located<OfferDocument>[],
  set: AuthoredSet,
  list: ProblemList,
): void {
  at.value.decomposition.forEach(({ specification: code, tasks }, index) => {
    const specification = set.specifications.find((candidate) => candidate.value.code === code)?.value;
    if (!specification) {
      list.add(at, ['decomposition', index, 'specification'], `unknown specification ${code}`);
      return;
    }
    const known = new Set<string>([
      'productId',
      ...specification.stock,
      ...Object.keys(specification.characteristics),
    ]);
    for (const { value } of offers) {
      if (value.specification === code) Object.keys(value.characteristics).forEach((name) => known.add(name));
    }
    tasks.forEach((task, position) => {
      const field = ['decomposition', index, 'tasks', position];
      const inPath = [...task.activate.path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
      for (const name of inPath.filter((candidate) => !known.has(candidate))) {
        list.add(
          at,
          [...field, 'path'],
          `{${name}} is neither productId nor stock nor a characteristic of ${code}`,
        );
      }
      for (const name of task.activate.body.filter((candidate) => !known.has(candidate))) {
        list.add(at, [...field, 'sends'], `${name} is neither stock nor a characteristic of ${code}`);
      }
    });
  });
}
