import { isId, LANE_COUNT, laneOf, newId, newIdEndingWith } from './index';

describe('newId', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is a UUIDv7 of the current millisecond', () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isId(id)).toBe(true);
    const stamp = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(stamp).toBeGreaterThanOrEqual(before);
    expect(stamp).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('always grows within a process, through a burst and a clock that stands still or steps back', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    const frozen = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(frozen);
    ids.push(...Array.from({ length: 10_000 }, newId));
    clock.mockReturnValue(frozen - 60_000);
    ids.push(...Array.from({ length: 10_000 }, newId));
    expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('laneOf', () => {
  // Lanes are stored in rows: these values may never change.
  it.each([
    ['00000000-0000-7000-8000-000000000000', 466],
    ['019a1b2c-3d4e-7f00-8123-456789abcdef', 265],
    ['group-1', 767],
  ])('puts %s in lane %i', (id, lane) => {
    expect(laneOf(id)).toBe(lane);
  });

  it('spreads ids that differ only at the end evenly', () => {
    const counts = new Array<number>(LANE_COUNT).fill(0);
    for (let n = 0; n < 102_400; n += 1) {
      const lane = laneOf(`019a1b2c-3d4e-7f00-8123-${n.toString(16).padStart(12, '0')}`);
      counts[lane] = (counts[lane] ?? NaN) + 1;
    }
    // A hundred are expected in each; five standard deviations either way.
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(150);
  });
});

describe('newIdEndingWith', () => {
  it('ends with the digits and grows as every id does', () => {
    const ids = [newId(), newIdEndingWith(0x2a, 3), newIdEndingWith(0x3ff, 3), newId()];
    expect(ids.map(isId)).toEqual([true, true, true, true]);
    expect(ids.slice(1, 3).map((id) => id.slice(-3))).toEqual(['02a', '3ff']);
    expect([...ids].sort()).toEqual(ids);
  });
});
