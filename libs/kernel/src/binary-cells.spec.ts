import fc from 'fast-check';
import { BinaryCells } from './binary-cells';
import { newId } from './id';
import { instantFromMs } from './instant';

/** The bytes of one cell behind its length. */
function cellOf(write: (cells: BinaryCells) => void): Buffer {
  const cells = new BinaryCells(64);
  cells.room(0);
  write(cells);
  const cell = cells.since(0);
  expect(cell.readInt32BE(0)).toBe(cell.length - 4);
  return cell.subarray(4);
}

describe('cells as PostgreSQL takes them', () => {
  it('writes instants as microseconds since 2000', () => {
    const span = { min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59.999Z') };
    fc.assert(
      fc.property(fc.integer(span), (ms) => {
        const since2000 = BigInt(ms - Date.parse('2000-01-01T00:00:00Z')) * 1000n;
        expect(cellOf((cells) => cells.instant(instantFromMs(ms))).readBigInt64BE()).toBe(since2000);
      }),
    );
  });

  it('writes whole numbers up to 64 bits, and refuses larger ones', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
        expect(cellOf((cells) => cells.bigint(value)).readBigInt64BE()).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(cellOf((cells) => cells.bigint(BigInt(value))).readBigInt64BE()).toBe(BigInt(value));
      }),
    );
    for (const value of [1n << 63n, -(1n << 63n) - 1n])
      expect(() => cellOf((cells) => cells.bigint(value))).toThrow(
        expect.objectContaining({ code: 'value_out_of_range', kind: 'invalid' }),
      );
  });

  it('writes smaller whole numbers, and refuses what does not fit', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(cellOf((cells) => cells.integer(value)).readInt32BE()).toBe(value);
        expect(cellOf((cells) => cells.smallint(value >> 16)).readInt16BE()).toBe(value >> 16);
        expect(cellOf((cells) => cells.xid(String(value >>> 0))).readUInt32BE()).toBe(value >>> 0);
      }),
    );
    for (const wrong of [2 ** 31, -(2 ** 31) - 1, 0.5, NaN])
      expect(() => cellOf((cells) => cells.integer(wrong))).toThrow(/integer/);
    expect(() => cellOf((cells) => cells.smallint(2 ** 15))).toThrow(/smallint/);
    expect(() => cellOf((cells) => cells.bigint(0.5))).toThrow(/bigint/);
  });

  it('writes places of rows, and refuses what is none', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 2 }), fc.integer({ min: 1, max: 2 ** 16 - 1 }), (block, number) => {
        const cell = cellOf((cells) => cells.tid(`(${block},${number})`));
        expect([cell.length, cell.readUInt32BE(0), cell.readUInt16BE(4)]).toEqual([6, block, number]);
      }),
    );
    for (const wrong of ['', '(1,0)', '(1)', '1,2', '(1.5,2)', '(a,1)', '(1,65536)', '(,)'])
      expect(() => cellOf((cells) => cells.tid(wrong))).toThrow(/tid/);
  });

  it('writes ids, and refuses what is none', () => {
    const id = newId();
    for (const same of [id.toUpperCase(), id.replaceAll('-', '')])
      expect(cellOf((cells) => cells.uuid(same)).toString('hex')).toBe(id.replaceAll('-', ''));
    expect(cellOf((cells) => cells.uuid(id)).toString('hex')).toBe(id.replaceAll('-', ''));
    for (const wrong of ['', id.slice(1), `${id.slice(0, 35)}g`, `中${id.slice(1)}`, `${id}0`, id.slice(4)])
      expect(() => cellOf((cells) => cells.uuid(wrong))).toThrow(/uuid/);
  });

  it('writes text of any length in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(cellOf((cells) => cells.text(text)).toString()).toBe(text);
        expect(cellOf((cells) => cells.text(text.repeat(20))).toString()).toBe(text.repeat(20));
        const json = cellOf((cells) => cells.jsonb(text));
        expect([json[0], json.subarray(1).toString()]).toEqual([1, text]);
      }),
    );
  });
});
