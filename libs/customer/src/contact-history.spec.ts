import { DomainError, instantFromMs, type Instant } from '@ronghe/kernel';
import fc from 'fast-check';
import { amendContact, contactAt, FOREVER, type ContactVersion } from './contact-history';

const at = (day: number): Instant => instantFromMs(Date.UTC(2026, 0, 1) + day * 86_400_000);
let serial = 0;
const nextId = () => `v${(serial += 1)}`;
const first: ContactVersion = {
  id: 'first',
  phone: '+8613800000000',
  address: null,
  from: at(0),
  to: FOREVER,
};

function apply(current: readonly ContactVersion[], address: string, from: Instant): ContactVersion[] {
  const { supersede, insert } = amendContact(current, { phone: null, address }, from, nextId);
  return [...current.filter((row) => row.id !== supersede), ...insert].sort((a, b) =>
    a.from < b.from ? -1 : 1,
  );
}

describe('amendContact', () => {
  it('splits the row in force and leaves what lies outside alone', () => {
    const rows = apply([first], 'Nanjing', at(10));
    expect(rows.map((row) => [row.from, row.to, row.address])).toEqual([
      [at(0), at(10), null],
      [at(10), FOREVER, 'Nanjing'],
    ]);
  });

  it('a change from the same instant replaces the whole row', () => {
    expect(apply([first], 'Nanjing', at(0)).map((row) => row.address)).toEqual(['Nanjing']);
  });

  it('a correction of the past ends where the next known change begins', () => {
    const rows = apply(apply([first], 'Nanjing', at(20)), 'Suzhou', at(10));
    expect(contactAt(rows, at(15))?.address).toBe('Suzhou');
    expect(contactAt(rows, at(25))?.address).toBe('Nanjing');
  });

  it('refuses a start before the history, and no change at all', () => {
    expect(() => amendContact([first], { phone: null, address: 'x' }, at(-1), nextId)).toThrow(DomainError);
    expect(() => amendContact([first], { phone: first.phone, address: null }, at(1), nextId)).toThrow(
      DomainError,
    );
  });

  it('keeps time covered without gap or overlap, whatever is changed when', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { maxLength: 30 }), (days) => {
        let rows: ContactVersion[] = [first];
        days.forEach((day, index) => {
          const before = rows;
          rows = apply(rows, `address ${index}`, at(day));
          expect(contactAt(rows, at(day))?.address).toBe(`address ${index}`);
          if (day > 0)
            expect(contactAt(rows, at(day - 1))?.address).toBe(contactAt(before, at(day - 1))?.address);
        });
        expect(rows[0]?.from).toBe(at(0));
        expect(rows.at(-1)?.to).toBe(FOREVER);
        rows.slice(1).forEach((row, index) => expect(row.from).toBe(rows[index]?.to));
      }),
    );
  });
});
