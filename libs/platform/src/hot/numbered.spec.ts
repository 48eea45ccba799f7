import fc from 'fast-check';
import { Numbered } from './numbered';

it('keeps everything under a number of its own, whatever has been taken', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 40 }))), (steps) => {
      const numbered = new Numbered<string>();
      const kept = new Map<number, string>();
      for (const [index, number] of steps.entries()) {
        if (number === null) {
          const added = numbered.add(`thing ${index}`);
          expect(kept.has(added)).toBe(false);
          kept.set(added, `thing ${index}`);
        } else {
          expect(numbered.take(number)).toBe(kept.get(number));
          kept.delete(number);
        }
      }
      for (const [number, thing] of kept) expect(numbered.take(number)).toBe(thing);
    }),
  );
});

it('needs no more numbers than are kept at once', () => {
  const numbered = new Numbered<string>();
  const numbers = Array.from({ length: 3 }, () => numbered.add('x'));
  for (let round = 0; round < 100; round += 1) {
    numbered.take(numbers[round % 3]!);
    numbers[round % 3] = numbered.add('y');
  }
  expect(Math.max(...numbers)).toBe(2);
});
