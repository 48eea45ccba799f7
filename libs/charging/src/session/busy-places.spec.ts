import fc from 'fast-check';
import { BusyPlaces, type Place } from './busy-places';

const places = fc.array(
  fc.record({
    lane: fc.integer({ min: 0, max: 2 }),
    balanceGroupId: fc.option(fc.constantFrom('x', 'y', '__proto__')),
  }),
  { maxLength: 8 },
);

/** Whether two may not be worked on at once. */
const collide = (a: Place, b: Place): boolean =>
  a.lane === b.lane &&
  (a.balanceGroupId === null || b.balanceGroupId === null || a.balanceGroupId === b.balanceGroupId);

it('has a place free exactly while none of those that are left collides with it', () => {
  fc.assert(
    fc.property(places, places, fc.nat(), (added, asked, seed) => {
      const busy = new BusyPlaces();
      for (const place of added) busy.add(place);
      const removed = added.filter((_, at) => ((seed >> at) & 1) === 1);
      const left = added.filter((_, at) => ((seed >> at) & 1) === 0);
      for (const place of removed) busy.remove({ ...place });
      for (const place of asked)
        expect(busy.isFree(place)).toBe(!left.some((other) => collide(other, place)));
    }),
  );
});
