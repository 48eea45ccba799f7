import type { Allowance, UsageUnit } from '@ronghe/contracts';
import type { FieldPath } from './authored-file';
import type { Quantity } from './authored-measures';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredAllowanceRules } from './allowance-schema';
import type { AuthoredSpecification } from './offer-schema';
import { measureOfClass, SECONDS_PER_MINUTE, unitsIn, type VoiceUnit } from './price-units';

/** How much of which allowance, and where it was written. */
export interface GrantedQuantities {
  at: Located<unknown>;
  /** Quantities by name, and their place inside `at`. */
  quantities: Record<string, Quantity>;
  field: FieldPath;
  membersAtMost: Record<string, Quantity>;
  validDays: number | null;
  /** What the offer's tariff counts voice in; null: it has no price for voice, and what is written decides. */
  voiceUnit: VoiceUnit | null;
  /** Whether another version takes its place: what its caps say of members is nobody's concern any more. */
  isMended: boolean;
}

/** Allowances by the rules of a specification: `{ data: 60 GB }` becomes what the specification says of `data`. */
export function resolveAllowances(
  granted: GrantedQuantities,
  specification: AuthoredSpecification,
  list: ProblemList,
): Allowance[] {
  const { at, quantities, field } = granted;
  if (!granted.isMended) checkMembersAtMost(granted, specification, list);
  return Object.entries(quantities).flatMap(([name, quantity]) => {
    const rules = rulesOf(specification, name);
    if (!rules) {
      list.add(at, [...field, name], `the specification ${specification.code} has no allowance ${name}`);
      return [];
    }
    const problem = problemOf(rules, quantity, granted);
    if (problem) {
      list.add(at, [...field, name], problem);
      return [];
    }
    const unit = unitOf(quantity, granted);
    return [{ code: name, ...allowanceOf(rules, quantity, unit), ...extrasOf(name, rules, unit, granted) }];
  });
}

function unitOf(quantity: Quantity, { voiceUnit }: GrantedQuantities): UsageUnit {
  if (quantity.measure !== 'second') return quantity.measure;
  return voiceUnit ?? (quantity.isInMinutes ? 'minute' : 'second');
}

/** What is not in whole minutes where voice is counted in them; null: all is. */
function minutesProblem(
  unit: UsageUnit,
  sizes: readonly Quantity[],
  granted: GrantedQuantities,
): string | null {
  const isWhole = (size: Quantity) => size.measure !== 'second' || size.units % SECONDS_PER_MINUTE === 0n;
  if (unit !== 'minute' || sizes.every(isWhole)) return null;
  return `must be whole minutes, as the ${granted.voiceUnit === null ? 'allowance' : 'tariff'} counts`;
}

function rulesOf(specification: AuthoredSpecification, name: string): AuthoredAllowanceRules | undefined {
  // An allowance may be called `constructor`.
  return Object.hasOwn(specification.allowances, name) ? specification.allowances[name] : undefined;
}

function problemOf(
  rules: AuthoredAllowanceRules,
  quantity: Quantity,
  granted: GrantedQuantities,
): string | null {
  const { roundedUpTo, rollover, takenIn } = rules;
  const sizes = [quantity, roundedUpTo, rollover?.atMost, takenIn].flatMap((size) => size ?? []);
  const suits = (size: Quantity) => rules.usage.every((usage) => measureOfClass[usage] === size.measure);
  if (!sizes.every(suits)) return `must be in the unit of ${rules.usage.join(', ')}`;
  const problem = minutesProblem(unitOf(quantity, granted), sizes, granted);
  if (problem) return problem;
  if (granted.validDays !== null && rollover) return 'rolls over, so it cannot have validFor';
  return null;
}

function allowanceOf(
  rules: AuthoredAllowanceRules,
  quantity: Quantity,
  unit: UsageUnit,
): Omit<Allowance, 'code'> {
  const { rollover } = rules;
  return {
    label: rules.label,
    usageClasses: rules.usage,
    unit,
    quantity: unitsIn(quantity, unit),
    wholeUnits: unitsIn(rules.roundedUpTo, unit),
    sharedBy: rules.sharedBy,
    firstPeriod: rules.firstPeriod,
    lastPeriod: rules.lastPeriod,
    prorateBy: rules.countDays,
    priority: rules.priority,
    rollover: rollover
      ? {
          periods: rollover.periods,
          cap: rollover.atMost ? unitsIn(rollover.atMost, unit) : null,
          order: rollover.order === 'before base' ? 'before-base' : 'after-base',
        }
      : null,
  };
}

/** Left out where they say nothing, so that a published document stays the same. */
function extrasOf(
  name: string,
  { rank, zones, bands, takenIn, blocker }: AuthoredAllowanceRules,
  unit: UsageUnit,
  { membersAtMost, validDays }: GrantedQuantities,
): Partial<Allowance> {
  const cap = Object.hasOwn(membersAtMost, name) ? membersAtMost[name] : undefined;
  return {
    ...(rank && { rank }),
    ...(zones && { zones }),
    ...(bands && { bands }),
    ...(takenIn && { increment: unitsIn(takenIn, unit) }),
    ...(blocker && { isBlocker: true }),
    ...(cap && { memberCap: unitsIn(cap, unit) }),
    ...(validDays !== null && { validDays }),
  };
}

function checkMembersAtMost(
  granted: GrantedQuantities,
  specification: AuthoredSpecification,
  list: ProblemList,
): void {
  const { at, field, membersAtMost, quantities } = granted;
  for (const [name, cap] of Object.entries(membersAtMost)) {
    const place = [...field.slice(0, -1), 'membersAtMost', name];
    const quantity = Object.hasOwn(quantities, name) ? quantities[name] : undefined;
    if (!quantity) list.add(at, place, `there is no allowance ${name} here`);
    else if (cap.measure !== quantity.measure) list.add(at, place, `must be in the unit of ${name}`);
    else if (rulesOf(specification, name)?.sharedBy !== 'card-group') {
      list.add(at, place, `${name} belongs to one product: nobody shares it`);
    } else {
      const problem = minutesProblem(unitOf(quantity, granted), [cap], granted);
      if (problem) list.add(at, place, problem);
    }
  }
}
