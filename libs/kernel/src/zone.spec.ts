import { billPeriodAt, instantFromIso, localDateOf, parseLocalDate, startOfLocalDate } from './index';

describe('local days', () => {
  it('starts a day after the gap where midnight does not exist', () => {
    expect(startOfLocalDate(parseLocalDate('2018-11-04'), 'America/Sao_Paulo')).toBe(
      '2018-11-04T03:00:00.000Z',
    );
    expect(localDateOf(instantFromIso('2018-11-04T02:59:59.999Z'), 'America/Sao_Paulo')).toBe('2018-11-03');
    expect(
      billPeriodAt(instantFromIso('2026-06-11T00:00:00+08:00'), { billDay: 1, zone: 'Asia/Shanghai' }).key,
    ).toBe('2026-06');
  });
});
