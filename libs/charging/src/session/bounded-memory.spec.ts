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

it('holds whatever is among the half of its limit that was used last', () => {
  const step = fc.record({ key: fc.nat(9).map(String), isKept: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.array(step), (limit, steps) => {
      clock = 0;
      const kept = memory(limit);
      const used: string[] = [];
      for (const { key, isKept } of steps) {
        if (isKept) kept.keep(key, 1);
        else if (kept.find(key) === undefined) continue;
        used.unshift(key);
        const last = [...new Set(used)].slice(0, limit >> 1);
        expect(last.map((each) => kept.peek(each))).toEqual(last.map(() => 1));
      }
    }),
  );
});

it('keeps the others when many were forgotten', () => {
  clock = 0;
  const kept = memory(10_000);
  for (let number = 0; number < 3000; number += 1) {
    kept.keep(`${number}`, number);
    if (number % 3 > 0) kept.forget(`${number}`);
  }
  const found = Array.from({ length: 3000 }, (_, number) => kept.find(`${number}`));
  expect(found).toEqual(found.map((_, number) => (number % 3 > 0 ? undefined : number)));
  expect(kept.size).toBe(1000);
});
