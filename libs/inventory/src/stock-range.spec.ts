import { isValidIccid, luhnCheckDigit } from '@ronghe/kernel';
import fc from 'fast-check';
import { STOCK_COUNT_LIMIT, unitsOf } from './stock-range';

const payload = '898603260000000000';
const iccid = `${payload}${luhnCheckDigit(payload)}`;
const wrongDigit = `${payload}${(luhnCheckDigit(payload) + 1) % 10}`;

describe('a range of stock', () => {
  it('gives each SIM its own check digit and the next IMSI', () => {
    const units = unitsOf({ kind: 'sim', first: iccid, firstImsi: '460110000000099', count: 12 });
    expect(units).toHaveLength(12);
    expect(units.every((unit) => isValidIccid(unit.value))).toBe(true);
    expect(units[1]?.value.slice(0, -1)).toBe('898603260000000001');
    expect(units[1]?.imsi).toBe('460110000000100');
  });

  it('counts numbers up and grades them', () => {
    const units = unitsOf({ kind: 'mobile_number', first: '133 1234 8887', count: 2 });
    expect(units.map((unit) => unit.value)).toEqual(['8613312348887', '8613312348888']);
    expect(units.map((unit) => unit.gradeRank)).toEqual([0, 4]);
  });

  it('counts the serials of terminals in hexadecimal, of set-top boxes in decimal', () => {
    const terminals = unitsOf({ kind: 'optical_terminal', first: 'HWTC0000000F', count: 2 });
    expect(terminals.map((unit) => unit.value)).toEqual(['HWTC0000000F', 'HWTC00000010']);
    const boxes = unitsOf({ kind: 'set_top_box', first: 'STB2600000009', count: 2 });
    expect(boxes.map((unit) => unit.value)).toEqual(['STB2600000009', 'STB2600000010']);
  });

  it.each([
    ['iccid_invalid', { kind: 'sim', first: wrongDigit, firstImsi: '460110000000001', count: 1 }],
    ['iccid_invalid', { kind: 'sim', first: '12', firstImsi: '460110000000001', count: 1 }],
    ['imsi_invalid', { kind: 'sim', first: iccid, count: 1 }],
    ['imsi_invalid', { kind: 'sim', first: iccid, firstImsi: '310110000000001', count: 1 }],
    ['number_invalid', { kind: 'mobile_number', first: '12345678901', count: 1 }],
    ['number_invalid', { kind: 'mobile_number', first: '17405999990', count: 20 }],
    ['serial_invalid', { kind: 'optical_terminal', first: 'hwtc0000000f', count: 1 }],
    ['serial_invalid', { kind: 'set_top_box', first: 'BOX', count: 1 }],
    ['range_overflow', { kind: 'optical_terminal', first: 'HWTCFFFFFFFF', count: 2 }],
    ['stock_count_invalid', { kind: 'set_top_box', first: 'STB2600000009', count: 0 }],
    ['stock_count_invalid', { kind: 'set_top_box', first: 'STB2600000009', count: STOCK_COUNT_LIMIT + 1 }],
  ] as const)('is refused with %s: %j', (code, range) => {
    expect(() => unitsOf(range)).toThrow(expect.objectContaining({ code, kind: 'invalid' }));
  });

  it('has as many different values as it says, all of one length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xfffff000 }),
        fc.integer({ min: 1, max: 500 }),
        (start, count) => {
          const first = `ZTEG${start.toString(16).toUpperCase().padStart(8, '0')}`;
          const values = unitsOf({ kind: 'optical_terminal', first, count }).map((unit) => unit.value);
          expect(new Set(values).size).toBe(count);
          expect(values.every((value) => /^ZTEG[0-9A-F]{8}$/.test(value))).toBe(true);
          expect([...values].sort()).toEqual(values);
        },
      ),
    );
  });
});
