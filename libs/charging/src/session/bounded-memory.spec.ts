import fc from 'fast-check';
import { BoundedMemory } from './bounded-memory';

let clock = 0;
const memory = (limit: number) => new BoundedMemory<number>(limit, 100, () => clock);

it('lets go of what was used longest ago', () => {
  const kept = memory(2);
  kept.keep('a', 1);
  kept.keep('b', 2);
  expect(kept.find('a')).toBe(1);
  kept.keep('c', 3);
  expect([kept.find('a'), kept.find('b'), kept.find('c')]).toEqual([1, undefined, 3]);
});

it('forgets what was kept too long ago, however often it was used', () => {
  const kept = memory(2);
  clock = 0;
  kept.keep('a', 1);
  clock = 100;
  expect(kept.find('a')).toBe(1);
  clock = 101;
  expect(kept.find('a')).toBeUndefined();
  expect(kept.size).toBe(0);
});

it('answers what was kept last or nothing, and never holds more than its limit', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('keep' as const), key, value: fc.nat() }),
    fc.record({ kind: fc.constant('find' as const), key }),
    fc.record({ kind: fc.constant('forget' as const), key }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 60 }) }),
  );
  fc.assert(
    fc.property(fc.nat(4), fc.array(step), (limit, steps) => {
      clock = 0;
      const kept = memory(limit);
      const last = new Map<string, number>();
      for (const each of steps) {
        if (each.kind === 'wait') clock += each.ms;
        else if (each.kind === 'keep') {
          kept.keep(each.key, each.value);
          last.set(each.key, each.value);
        } else if (each.kind === 'forget') {
          kept.forget(each.key);
          last.delete(each.key);
        } else expect([undefined, last.get(each.key)]).toContain(kept.find(each.key));
        expect(kept.size).toBeLessThanOrEqual(limit);
      }
    }),
  );
});
