import fc from 'fast-check';
import { instantFromMs, newId } from '@ronghe/kernel';
import { BinaryRows } from './binary-rows';

const SIGNATURE_LENGTH = 19;

/** The bytes of one cell behind its length. */
function cellOf(write: (rows: BinaryRows) => void): Buffer {
  const head = BinaryRows.headOf(1, write);
  expect(head.readInt16BE(0)).toBe(1);
  expect(head.readInt32BE(2)).toBe(head.length - 6);
  return head.subarray(6);
}

describe('cells as PostgreSQL takes them', () => {
  it('writes instants as microseconds since 2000', () => {
    const span = { min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59.999Z') };
    fc.assert(
      fc.property(fc.integer(span), (ms) => {
        const since2000 = BigInt(ms - Date.parse('2000-01-01T00:00:00Z')) * 1000n;
        expect(cellOf((rows) => rows.instant(instantFromMs(ms))).readBigInt64BE()).toBe(since2000);
      }),
    );
  });

  it('writes whole numbers up to 64 bits, and refuses larger ones', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
        expect(cellOf((rows) => rows.bigint(value)).readBigInt64BE()).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(cellOf((rows) => rows.bigint(BigInt(value))).readBigInt64BE()).toBe(BigInt(value));
      }),
    );
    for (const value of [1n << 63n, -(1n << 63n) - 1n])
      expect(() => cellOf((rows) => rows.bigint(value))).toThrow(
        expect.objectContaining({ code: 'value_out_of_range', kind: 'invalid' }),
      );
  });

  it('writes ids, and refuses what is none', () => {
    const id = newId();
    expect(cellOf((rows) => rows.uuid(id)).toString('hex')).toBe(id.replaceAll('-', ''));
    for (const wrong of ['', id.slice(1), `${id.slice(0, 35)}g`, `中${id.slice(1)}`])
      expect(() => cellOf((rows) => rows.uuid(wrong))).toThrow(/uuid/);
  });

  it('writes text of any length in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(cellOf((rows) => rows.text(text)).toString()).toBe(text);
        expect(cellOf((rows) => rows.text(text.repeat(20))).toString()).toBe(text.repeat(20));
        const json = cellOf((rows) => rows.jsonb(text));
        expect([json[0], json.subarray(1).toString()]).toEqual([1, text]);
      }),
    );
  });
});

it('keeps all rows behind the signature, however many they are, and begins anew', () => {
  const rows = new BinaryRows();
  const head = BinaryRows.headOf(2, (cells) => cells.smallint(-7));
  const count = 20_000;
  for (const pass of [1, 2]) {
    rows.clear();
    expect(rows.isEmpty).toBe(true);
    for (let at = 0; at < count; at += 1) {
      rows.begin(head);
      rows.integer(at * pass);
    }
    const all = rows.all();
    expect(all.toString('latin1', 0, 11)).toBe('PGCOPY\n\xff\r\n\0');
    expect(all.length).toBe(SIGNATURE_LENGTH + count * (2 + 6 + 8) + 2);
    expect(all.readInt32BE(all.length - 6)).toBe((count - 1) * pass);
    expect(all.readInt16BE(all.length - 2)).toBe(-1);
  }
});
