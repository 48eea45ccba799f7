import fc from 'fast-check';
import { world } from '../test/any-price.fixture';
import { compileZonePlan } from './zone-plan';

const digits = (maxLength: number) =>
  fc.array(fc.constantFrom('0', '1', '2', '8'), { maxLength }).map((all) => all.join(''));

it('finds the zone of the longest prefix, like comparing with all of them', () => {
  const zones = fc.array(fc.array(digits(5), { maxLength: 6 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(zones, digits(9), (prefixes, number) => {
      const plan = compileZonePlan({
        ...world,
        zones: prefixes.map((each, index) => ({
          code: `z${index}`,
          label: { en: '', 'zh-CN': '' },
          prefixes: each,
        })),
      });
      const fitting = prefixes.flatMap((each, index) =>
        each.filter((prefix) => number.startsWith(prefix)).map((prefix) => ({ prefix, zone: `z${index}` })),
      );
      const longest = Math.max(-1, ...fitting.map(({ prefix }) => prefix.length));
      expect(plan.zoneOf(number)).toBe(fitting.find(({ prefix }) => prefix.length === longest)?.zone ?? null);
    }),
    { numRuns: 500 },
  );
});

it('passes over what is no digit', () => {
  const plan = compileZonePlan(world);
  expect(plan.zoneOf('86-13')).toBe('near');
  expect(plan.zoneOf('+8613')).toBeNull();
  expect(plan.zoneOf('')).toBeNull();
});
