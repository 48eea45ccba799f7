import fc from 'fast-check';
import {
  addDays,
  addMonthsClamped,
  daysBetween,
  epochDayOf,
  instantFromDate,
  instantFromIso,
  instantFromMs,
  instantToDate,
  instantToMs,
  localDateFrom,
  localDateFromEpochDay,
  overlap,
  contains,
  parseLocalDate,
  weekdayOf,
} from './index';

const day = parseLocalDate;
const at = instantFromIso;

describe('Instant', () => {
  it.each([
    ['2026-06-11T00:00:00+08:00', '2026-06-10T16:00:00.000Z'],
    ['2026-06-11 00:00:00.5-0330', '2026-06-11T03:30:00.500Z'],
    ['2026-06-11T00:00Z', '2026-06-11T00:00:00.000Z'],
    ['2026-06-11t00:00:00.123456z', '2026-06-11T00:00:00.123Z'],
    ['2024-02-29T23:59:59.999+00', '2024-02-29T23:59:59.999Z'],
  ])('reads %s', (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  it.each([
    '2026-06-11T00:00:00',
    '2026-06-11',
    '2026-02-29T00:00:00Z',
    '2026-02-29T00:00:00.000Z',
    '2026-06-31T00:00:00.000Z',
    '2026-13-01T00:00:00Z',
    '2026-06-11T24:00:00Z',
    '2026-06-11T23:59:60Z',
    '2026-06-11T00:00:00+24:00',
    '0000-01-01T00:00:00+01:00',
    'yesterday',
    '',
  ])('refuses %p', (text) => {
    expect(() => at(text)).toThrow(expect.objectContaining({ code: 'invalid_instant', kind: 'invalid' }));
  });

  it('goes to a Date and to milliseconds and back, and sorts as text', () => {
    const ms = fc.integer({ min: Date.parse('0000-01-01T00:00Z'), max: Date.parse('9999-12-31T23:59Z') });
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        const instant = instantFromMs(a);
        expect(instantToMs(instant)).toBe(a);
        expect(instantFromDate(instantToDate(instant))).toBe(instant);
        expect(instantFromIso(instant)).toBe(instant);
        expect(instant < instantFromMs(b)).toBe(a < b);
      }),
    );
    expect(() => instantFromDate(new Date(NaN))).toThrow(
      expect.objectContaining({ code: 'invalid_instant' }),
    );
  });
});

describe('LocalDate', () => {
  it.each(['2026-02-29', '2026-04-31', '2026-00-10', '2026-6-1', '20260601', '2026-06-01T00:00:00Z', ''])(
    'refuses %p',
    (text) => {
      expect(() => day(text)).toThrow(expect.objectContaining({ code: 'invalid_local_date' }));
    },
  );

  it('counts days over a leap day and backwards', () => {
    expect(daysBetween(day('2024-02-28'), day('2024-03-01'))).toBe(2);
    expect(daysBetween(day('2026-03-01'), day('2026-02-28'))).toBe(-1);
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(weekdayOf(day('2026-06-11'))).toBe(4);
    expect(weekdayOf(day('1969-12-28'))).toBe(7);
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(
      expect.objectContaining({ code: 'invalid_local_date' }),
    );
  });

  it('adds and counts days as inverses', () => {
    const epochDay = fc.integer({ min: epochDayOf(day('1900-01-01')), max: epochDayOf(day('2199-12-31')) });
    fc.assert(
      fc.property(epochDay, fc.integer({ min: -40_000, max: 40_000 }), (start, n) => {
        const date = localDateFromEpochDay(start);
        expect(daysBetween(date, addDays(date, n))).toBe(n);
        expect(parseLocalDate(date)).toBe(date);
      }),
    );
  });

  it('returns to the anchor: 31 January, 28 February, 31 March', () => {
    const days = [0, 1, 2, 3, 13, -2].map((n) => addMonthsClamped(day('2026-01-31'), n, 31));
    expect(days).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2027-02-28',
      '2025-11-30',
    ]);
    expect(addMonthsClamped(day('2026-02-28'), 1, 31)).toBe('2026-03-31');
    expect(addMonthsClamped(day('2027-12-31'), 2, 31)).toBe('2028-02-29');
  });

  it('returns to 29 February in the next leap year, step by step', () => {
    let date = localDateFrom(2024, 2, 29);
    const years = Array.from({ length: 4 }, () => (date = addMonthsClamped(date, 12, 29)));
    expect(years).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  it('steps of one month never drift from one jump of many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31 }), fc.nat(60), (anchor, months) => {
        const start = addMonthsClamped(day('2023-11-01'), 0, anchor);
        let stepped = start;
        for (let n = 0; n < months; n += 1) stepped = addMonthsClamped(stepped, 1, anchor);
        expect(stepped).toBe(addMonthsClamped(start, months, anchor));
      }),
    );
    for (const anchor of [0, 32, 1.5, NaN]) {
      expect(() => addMonthsClamped(day('2026-01-01'), 1, anchor)).toThrow(
        expect.objectContaining({ code: 'invalid_day_of_month' }),
      );
    }
  });
});

describe('Period', () => {
  const june = { from: at('2026-06-01T00:00Z'), to: at('2026-07-01T00:00Z') };

  it('is half-open', () => {
    expect(contains(june, june.from)).toBe(true);
    expect(contains(june, june.to)).toBe(false);
    expect(contains({ from: june.from, to: june.from }, june.from)).toBe(false);
  });

  it('overlaps in what both contain, and not where one ends as the other starts', () => {
    const july = { from: june.to, to: at('2026-08-01T00:00Z') };
    const middle = { from: at('2026-06-20T00:00Z'), to: at('2026-07-20T00:00Z') };
    expect(overlap(june, july)).toBeNull();
    expect(overlap(june, middle)).toEqual({ from: middle.from, to: june.to });
    expect(overlap(middle, july)).toEqual(overlap(july, middle));
  });
});
