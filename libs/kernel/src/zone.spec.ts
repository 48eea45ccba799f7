import {
  addDays,
  instantAtLocalTime,
  instantFromIso,
  instantFromMs,
  instantToMs,
  isZone,
  localDateOf,
  localTimeMsOf,
  parseLocalDate,
  startOfLocalDate,
} from './index';

const HOUR_MS = 3_600_000;
const at = instantFromIso;
const startOf = (date: string, zone: string) => startOfLocalDate(parseLocalDate(date), zone);

describe('local days', () => {
  it.each([
    ['2026-06-11', 'Asia/Shanghai', '2026-06-10T16:00:00.000Z'],
    // Days of the change, both ways.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    // Midnight does not exist: the day starts at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // Midnight comes twice: the first counts.
    ['2010-11-07', 'America/St_Johns', '2010-11-07T02:30:00.000Z'],
    // The whole day does not exist.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s starts at %s', (date, zone, start) => {
    expect(startOf(date, zone)).toBe(start);
  });

  it('names the day on either side of its start, for three years of days in three zones', () => {
    for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo']) {
      for (let date = parseLocalDate('2016-01-01'), n = 0; n < 1096; n += 1, date = addDays(date, 1)) {
        const start = startOfLocalDate(date, zone);
        expect(localDateOf(start, zone)).toBe(date);
        expect(localDateOf(instantFromMs(instantToMs(start) - 1), zone)).toBe(addDays(date, -1));
      }
    }
  });

  it('refuses a zone that does not exist', () => {
    expect(isZone('Asia/Shanghai')).toBe(true);
    expect(isZone('Asia/Beijing')).toBe(false);
    expect(() => localDateOf(at('2026-06-11T00:00Z'), 'Nowhere')).toThrow(
      expect.objectContaining({ code: 'invalid_zone', kind: 'invalid' }),
    );
  });
});

describe('wall clock', () => {
  const berlin = 'Europe/Berlin';

  it('reads the time of day', () => {
    expect(localTimeMsOf(at('2026-06-11T14:00:00.250Z'), 'Asia/Shanghai')).toBe(22 * HOUR_MS + 250);
    expect(localTimeMsOf(at('2026-06-10T22:00:00Z'), berlin)).toBe(0);
  });

  it('finds the instant of a time, after the gap where it is skipped and first where it comes twice', () => {
    const spring = parseLocalDate('2026-03-29');
    expect(instantAtLocalTime(spring, 1.5 * HOUR_MS, berlin)).toBe('2026-03-29T00:30:00.000Z');
    expect(instantAtLocalTime(spring, 2.5 * HOUR_MS, berlin)).toBe('2026-03-29T01:30:00.000Z');
    expect(instantAtLocalTime(spring, 3 * HOUR_MS, berlin)).toBe('2026-03-29T01:00:00.000Z');
    const autumn = parseLocalDate('2026-10-25');
    expect(instantAtLocalTime(autumn, 2.5 * HOUR_MS, berlin)).toBe('2026-10-25T00:30:00.000Z');
    expect(instantAtLocalTime(autumn, 24 * HOUR_MS, berlin)).toBe(startOf('2026-10-26', berlin));
  });
});
