import type { Allowance } from '@ronghe/contracts';
import type { FieldPath } from './authored-file';
import type { Located, ProblemList } from './authored-set';
import type { Quantity } from './authored-values';
import type { AuthoredSpecification } from './offer-schema';
import { unitOfClass } from './resolve-usage-price';

/**
 * Allowances by the rules of a specification: `{ data: 60 GB }` becomes what the specification says of `data`.
 * @param field where the quantities stand inside `at`
 */
export function resolveAllowances(
  quantities: Record<string, Quantity>,
  specification: AuthoredSpecification,
  at: Located<unknown>,
  field: FieldPath,
  list: ProblemList,
): Allowance[] {
  return Object.entries(quantities).flatMap(([name, quantity]) => {
    const rules = specification.allowances[name];
    if (!rules) {
      list.add(at, [...field, name], `the specification ${specification.code} has no allowance ${name}`);
      return [];
    }
    const suits = (other: Quantity) => rules.usage.every((usage) => unitOfClass[usage] === other.unit);
    if (!suits(quantity) || !suits(rules.roundedUpTo)) {
      list.add(at, [...field, name], `must be in the unit of ${rules.usage.join(', ')}`);
      return [];
    }
    const { rollover } = rules;
    const allowance: Allowance = {
      code: name,
      label: rules.label,
      usageClasses: rules.usage,
      unit: quantity.unit,
      quantity: quantity.units,
      wholeUnits: rules.roundedUpTo.units,
      sharedBy: rules.sharedBy === 'card group' ? 'card-group' : 'product',
      firstPeriod: rules.firstPeriod,
      lastPeriod: rules.lastPeriod,
      prorateBy: rules.countDays,
      priority: rules.priority,
      rollover: rollover
        ? {
            periods: rollover.periods,
            cap: rollover.atMost?.units ?? null,
            order: rollover.order === 'before base' ? 'before-base' : 'after-base',
          }
        : null,
    };
    return [allowance];
  });
}
