import { BinaryRows } from './binary-rows';

const SIGNATURE_LENGTH = 19;

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
