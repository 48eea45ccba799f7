import type { OfferDocument, PolicyDocument, PolicyKind } from '@ronghe/contracts';
import type { AuthoredSpecification } from './offer-schema';
import type { Located, ProblemList } from './authored-set';

/** Offers against policies and the other way round: tax classes, charge classes, provisioning. */
export function checkReferences(
  offers: readonly Located<OfferDocument>[],
  policies: readonly Located<PolicyDocument>[],
  specifications: ReadonlyMap<string, AuthoredSpecification>,
  list: ProblemList,
): void {
  const tax = newest('tax', policies);
  const billing = newest('billing', policies);
  const provisioning = newest('provisioning', policies);
  for (const at of offers) {
    const { recurringPrices, usagePrices, specification, effectiveFrom } = at.value;
    for (const [field, prices] of [
      ['fee', recurringPrices],
      ['usage', usagePrices],
    ] as const) {
      for (const { taxClass, chargeClass } of prices) {
        const problem = taxProblem(taxClass, effectiveFrom, tax?.value);
        if (problem) list.add(at, [field], problem);
        if (!billing?.value.chargeClasses.some(({ code }) => code === chargeClass)) {
          list.add(at, [field], `the billing policy has no charge class ${chargeClass}`);
        }
      }
    }
    if (
      specification &&
      !provisioning?.value.decomposition.some((entry) => entry.specification === specification)
    ) {
      list.add(at, ['specification'], `the provisioning policy does not decompose ${specification}`);
    }
  }
  if (provisioning) checkProvisioning(provisioning, offers, specifications, list);
}

type PolicyOf<K extends PolicyKind> = Extract<PolicyDocument, { kind: K }>;

function newest<K extends PolicyKind>(
  kind: K,
  policies: readonly Located<PolicyDocument>[],
): Located<PolicyOf<K>> | undefined {
  return policies
    .filter((at): at is Located<PolicyOf<K>> => at.value.kind === kind)
    .sort((a, b) => a.value.version - b.value.version)
    .at(-1);
}

/** Whoever buys on the first day keeps the product for years: the class needs a rate from that day on. */
function taxProblem(taxClass: string, from: string, tax: PolicyOf<'tax'> | undefined): string | null {
  const rates = tax?.classes.find(({ code }) => code === taxClass)?.rates;
  const first = rates?.[0];
  if (!rates || !first) return `the tax policy has no class ${taxClass}`;
  if (first.from > from) return `the tax class ${taxClass} has no rate on ${from}, when the sale begins`;
  return rates.at(-1)?.to === null
    ? null
    : `the tax class ${taxClass} ends while the offer may still be held`;
}

function checkProvisioning(
  at: Located<PolicyOf<'provisioning'>>,
  offers: readonly Located<OfferDocument>[],
  specifications: ReadonlyMap<string, AuthoredSpecification>,
  list: ProblemList,
): void {
  at.value.decomposition.forEach(({ specification: code, tasks }, index) => {
    const specification = specifications.get(code);
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
