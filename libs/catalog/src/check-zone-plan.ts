import type { ZonePlanPolicy } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';

/** Zones are there once, and a prefix is in one of them. Linear in the prefixes. */
export function checkZonePlan(at: Located<ZonePlanPolicy>, list: ProblemList): void {
  const zones = new Set<string>();
  const owners = new Map<string, string>();
  at.value.zones.forEach((zone, index) => {
    if (zones.has(zone.code)) list.add(at, ['zones', index, 'code'], `${zone.code} is there twice`);
    zones.add(zone.code);
    zone.prefixes.forEach((prefix, position) => {
      const owner = owners.get(prefix);
      if (owner === undefined) owners.set(prefix, zone.code);
      else {
        const name = prefix === '' ? 'any' : prefix;
        list.add(at, ['zones', index, 'prefixes', position], `${name} is already in the zone ${owner}`);
      }
    });
  });
}
