import type { ChargingRequest, Measures, UnitUsage } from './charging-data';
import { isSamePlace } from './charging-time';

/**
 * What a request says of each rating group and user plane, each once (a reservation is keyed by them, SEMANTICS §4). Where a
 * network function says more than one thing of one of them, what it used adds up, and the last size that it asks for replaces
 * those before; of an immediate event, which uses what it asks for, these add up too.
 */
export function unitsByPlace(units: UnitUsage[], oneTimeEvent: ChargingRequest['oneTimeEvent']): UnitUsage[] {
  if (units.length < 2) return units;
  const merged: UnitUsage[] = [];
  for (const unit of units) {
    const at = merged.findIndex((each) => isSamePlace(each, unit));
    const before = merged[at];
    if (!before) merged.push(unit);
    else merged[at] = together(before, unit, oneTimeEvent === 'IEC');
  }
  return merged;
}

function together(before: UnitUsage, unit: UnitUsage, isImmediate: boolean): UnitUsage {
  const requested =
    isImmediate && before.requested && unit.requested
      ? sumOf(before.requested, unit.requested)
      : (unit.requested ?? before.requested);
  return { ...before, requested, used: [...before.used, ...unit.used] };
}

function sumOf(a: Measures, b: Measures): Measures {
  return {
    octets: added(a.octets, b.octets),
    seconds: added(a.seconds, b.seconds),
    units: added(a.units, b.units),
  };
}

function added(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
