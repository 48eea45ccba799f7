import fc from 'fast-check';
import {
  addMs,
  billPeriodAt,
  billPeriodOf,
  contains,
  instantFromIso,
  instantFromMs,
  nextBillPeriod,
  previousBillPeriod,
  type BillCycle,
} from './index';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
const BILL_DAYS = [1, 28, 29, 30, 31];
const at = instantFromIso;

describe('bill periods', () => {
  it('is the calendar month of the golden family', () => {
    const june = billPeriodAt(at('2026-06-11T00:00:00+08:00'), { billDay: 1, zone: 'Asia/Shanghai' });
    expect(june).toEqual({
      key: '2026-06',
      firstDay: '2026-06-01',
      endDay: '2026-07-01',
      days: 30,
      from: '2026-05-31T16:00:00.000Z',
      to: '2026-06-30T16:00:00.000Z',
    });
  });

  it('clamps bill day 31 and returns to it', () => {
    const cycle = { billDay: 31, zone: 'Asia/Shanghai' };
    let period = billPeriodOf('2028-01', cycle);
    const firstDays = Array.from({ length: 4 }, () => {
      const { firstDay } = period;
      period = nextBillPeriod(period, cycle);
      return firstDay;
    });
    expect(firstDays).toEqual(['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
    expect(billPeriodAt(at('2027-02-28T12:00:00+08:00'), cycle).key).toBe('2027-02');
    expect(billPeriodAt(at('2027-02-27T12:00:00+08:00'), cycle).key).toBe('2027-01');
    expect(billPeriodAt(at('2027-01-15T12:00:00+08:00'), cycle).key).toBe('2026-12');
  });

  // SEMANTICS R9.
  describe.each(ZONES)('36 months in %s', (zone) => {
    it.each(BILL_DAYS)('leave no gap and no overlap on bill day %i', (billDay) => {
      const cycle: BillCycle = { billDay, zone };
      let period = billPeriodOf('2026-01', cycle);
      let days = period.days;
      for (let month = 1; month < 36; month += 1) {
        const next = nextBillPeriod(period, cycle);
        expect(next.from).toBe(period.to);
        expect(next.firstDay).toBe(period.endDay);
        expect(next.to > next.from).toBe(true);
        expect(previousBillPeriod(next, cycle)).toBe(period);
        expect(billPeriodAt(next.from, cycle)).toBe(next);
        expect(billPeriodAt(addMs(next.from, -1), cycle)).toBe(period);
        period = next;
        days += next.days;
      }
      expect(period.key).toBe('2028-12');
      expect(days).toBeGreaterThanOrEqual(1096 - 3);
      expect(days).toBeLessThanOrEqual(1096 + 3);
    });
  });

  it('gives every instant the one period that contains it, in any order of asking', () => {
    const cycle = fc.record({
      billDay: fc.integer({ min: 1, max: 31 }),
      zone: fc.constantFrom(...ZONES, 'America/Sao_Paulo', 'Pacific/Apia', 'America/St_Johns'),
    });
    const ms = fc.integer({ min: Date.parse('2005-01-01'), max: Date.parse('2035-01-01') });
    fc.assert(
      fc.property(cycle, ms, (each, moment) => {
        const instant = instantFromMs(moment);
        const period = billPeriodAt(instant, each);
        expect(contains(period, instant)).toBe(true);
        expect(contains(nextBillPeriod(period, each), instant)).toBe(false);
        expect(contains(previousBillPeriod(period, each), instant)).toBe(false);
        expect(billPeriodOf(period.key, each)).toBe(period);
      }),
    );
  });

  it('settles the hour that comes twice around midnight of the bill day', () => {
    // In St John's the clocks went from 00:01 back to 23:01: the last hour of the 6th repeats within the 7th.
    const cycle = { billDay: 7, zone: 'America/St_Johns' };
    // Asked first: 23:30 of the 6th for the second time, an hour after the 7th had begun.
    expect(billPeriodAt(at('2010-11-07T03:00:00Z'), cycle).key).toBe('2010-11');
    expect(billPeriodAt(at('2010-11-07T02:29:59Z'), cycle).key).toBe('2010-10');
    expect(billPeriodAt(at('2010-11-07T02:30:00Z'), cycle).key).toBe('2010-11');
  });

  it('refuses days, zones and keys that do not exist, and hands out nothing that can be changed', () => {
    const cycle = { billDay: 1, zone: 'Asia/Shanghai' };
    const refused = (code: string) => expect.objectContaining({ code, kind: 'invalid' });
    expect(() => billPeriodOf('2026-13', cycle)).toThrow(refused('invalid_bill_period'));
    expect(() => billPeriodOf('2026-01', { ...cycle, billDay: 0 })).toThrow(refused('invalid_day_of_month'));
    expect(() => billPeriodOf('2026-01', { ...cycle, zone: 'Mars' })).toThrow(refused('invalid_zone'));
    expect(Object.isFrozen(billPeriodOf('2026-01', cycle))).toBe(true);
  });
});
