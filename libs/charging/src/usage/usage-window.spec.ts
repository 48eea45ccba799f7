import { LANE_COUNT } from '@ronghe/kernel';
import fc from 'fast-check';
import { beginOf, endOf, GrowingEnds, packLanes, windowLimits } from './usage-window';
import { WindowLanes } from './window-lanes';

const limits = { lines: 4, bytes: 100 };
const most = windowLimits(limits);
const lanes = fc.array(fc.integer({ min: 0, max: LANE_COUNT - 1 }), { minLength: 1, maxLength: most.lines });
const fewLanes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most.lines });

function endsOf(lengths: readonly number[]): Float64Array {
  const ends = new GrowingEnds();
  for (const length of lengths) ends.add(ends.last() + length);
  return ends.all();
}

it('packs whole lanes into parts that a byte numbers, none larger than a batch unless of one lane', () => {
  fc.assert(
    fc.property(
      fc.oneof(lanes, fewLanes),
      fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
      (of, stream) => {
        const lengths = of.map(() => stream.next().value ?? 1);
        const parts = packLanes(Uint16Array.from(of), endsOf(lengths), limits);
        const last = Math.max(...parts);
        const seen = new Map<number, Set<number>>();
        for (const [at, lane] of of.entries()) {
          const part = parts[at] ?? -1;
          seen.set(part, (seen.get(part) ?? new Set()).add(lane));
          expect(parts[of.indexOf(lane)]).toBe(part);
        }
        expect([...seen.keys()].sort((a, b) => a - b)).toEqual(
          Array.from({ length: last + 1 }, (_, at) => at),
        );
        for (const [part, own] of seen) {
          const lines = [...parts].filter((each) => each === part).length;
          if (own.size > 1) expect(lines).toBeLessThanOrEqual(limits.lines);
        }
      },
    ),
  );
});

it('needs no more parts than a byte can number for the largest window', () => {
  const wide = windowLimits({ lines: 65_536, bytes: 8 * 1024 ** 2 });
  const count = 65_536;
  // Each line half a batch of bytes and a bit: no two lanes fit together.
  const parts = packLanes(
    Uint16Array.from({ length: count }, (_, at) => at % LANE_COUNT),
    endsOf(Array.from({ length: count }, () => wide.bytes / count)),
    { lines: 65_536, bytes: wide.bytes / 64 - 1 },
  );
  expect(new Set(parts).size).toBeLessThanOrEqual(128);
});

it('knows where lines begin and end', () => {
  const window = { startBytes: 30, startLines: 2, parts: new Uint8Array(3), ends: endsOf([5, 1, 10]) };
  expect([0, 1, 2].map((at) => beginOf(window, at))).toEqual([30, 35, 36]);
  expect(endOf(window)).toEqual({ bytes: 46, lines: 5 });
});

it('gives lines of one record id the lane of the first, and others that of their subscriber', () => {
  const sorter = new WindowLanes(8);
  const add = (subscriber: string, identity: string) => sorter.add({ subscriber, identity });
  add('1', 'a');
  add('2', 'b');
  sorter.add(null);
  expect(sorter.unknown()).toEqual(['1', '2']);
  const found = new Map([
    ['1', 11],
    ['2', 22],
  ]);
  sorter.settle(found);
  add('2', 'a');
  add('1', 'c');
  expect(sorter.unknown()).toEqual([]);
  sorter.settle(new Map());
  expect([...sorter.all()]).toEqual([11, 22, 0, 11, 11]);
});
