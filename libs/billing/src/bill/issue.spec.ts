import { billPeriodOf, instantFromIso } from '@ronghe/kernel';
import { billNumberAt, numberSeries, sequenceIn } from './bill-number';
import { dueInstant, lastDayToPay } from './due-date';
import { lineIdOf, parseLineId } from './bill';

const cycle = { billDay: 1, zone: 'Asia/Shanghai' };

describe('a bill number', () => {
  it('has one gap-free series per filled-in format', () => {
    const series = numberSeries('R{period}-{sequence:8}', '2026-06');
    expect(series).toBe('R202606-{sequence:8}');
    expect(billNumberAt(series, 42n)).toBe('R202606-00000042');
    expect(billNumberAt(series, 123_456_789n)).toBe('R202606-123456789');
  });

  it('counts over all periods where the format names none', () => {
    expect(numberSeries('{sequence}', '2026-06')).toBe(numberSeries('{sequence}', '2026-07'));
    expect(billNumberAt('{sequence}', 7n)).toBe('7');
  });

  it.each([
    ['R202606-00000042', 42n],
    ['R202606-123456789', 123_456_789n],
    ['R202606-42', null],
    ['R202606-0000000x', null],
    ['R202607-00000042', null],
    ['', null],
  ])('is found in its series and in no other: %s', (number, sequence) => {
    expect(sequenceIn('R202606-{sequence:8}', number)).toBe(sequence);
    expect(sequenceIn('{sequence}/A', `${number}/A`)).toBe(null);
  });
});

describe('the last day to pay', () => {
  const january = billPeriodOf('2026-01', cycle);

  it('is so many days after the last day of the period', () => {
    expect(lastDayToPay(january, instantFromIso('2026-02-01T02:00:00+08:00'), 30, cycle)).toBe('2026-03-02');
  });

  it('is counted from the issue where the bill comes late', () => {
    expect(lastDayToPay(january, instantFromIso('2026-05-10T02:00:00+08:00'), 30, cycle)).toBe('2026-06-09');
  });

  it('is late from the start of the day after it', () => {
    const issuedAt = instantFromIso('2026-02-01T02:00:00+08:00');
    expect(dueInstant(january, issuedAt, 30, cycle)).toBe(instantFromIso('2026-03-03T00:00:00+08:00'));
  });
});

it('takes a line id apart, and nothing else', () => {
  const line = { billId: '0198c1de-0000-7000-8000-000000000001', no: 3 };
  expect(parseLineId(lineIdOf(line))).toEqual(line);
  expect(parseLineId(line.billId)).toBeNull();
  expect(parseLineId(`${line.billId}.x`)).toBeNull();
});
