import fc from 'fast-check';
import { grantOf } from './balance.fixture';
import { storedBucket, type StoredBucket } from './group-period';
import { movesToJson, withMoves } from './online-moves';

const units = fc.bigInt(0n, 10n ** 18n);
const members = fc.dictionary(fc.uuid(), units);
const inherited = fc.constantFrom('__proto__', 'constructor', 'toString');
const codes = fc.uniqueArray(fc.oneof(fc.string({ minLength: 1 }), inherited), { maxLength: 5 });
const moved = fc.record({
  remaining: units,
  isMoved: fc.boolean(),
  memberUsed: members,
  reserved: units,
  memberReserved: fc.option(members, { nil: null }),
});

function bucket(code: string, more: Partial<StoredBucket> = {}): StoredBucket {
  const grant = grantOf(code, 10n ** 18n);
  const { quantity } = grant;
  const still = {
    remaining: quantity,
    isMoved: false,
    memberUsed: {},
    reserved: 0n,
    memberReserved: null,
  };
  return storedBucket({ ...grant, remaining: quantity, bucketId: `id of ${code}` }, { ...still, ...more });
}

it('gives each bucket what was moved of it, and nothing to the others', () => {
  fc.assert(
    fc.property(
      codes.chain((all) => fc.tuple(...all.map((code) => moved.map((each) => bucket(code, each))))),
      (buckets) => {
        const rows = buckets.map((each): StoredBucket => {
          const row = { ...each, isMoved: false, reserved: 0n, memberReserved: null };
          return each.isMoved ? { ...row, remaining: 1n, memberUsed: { somebody: 1n } } : row;
        });
        expect(withMoves(rows, movesToJson(buckets))).toEqual(buckets);
      },
    ),
  );
});

it('keeps nothing where nothing was moved', () => {
  expect(movesToJson([bucket('a'), bucket('b')])).toBeNull();
  expect(movesToJson([])).toBeNull();
});

it('keeps no balance that cannot be', () => {
  for (const wrong of [{ remaining: -1n }, { remaining: 10n ** 18n + 1n }, { reserved: -1n }])
    expect(() => movesToJson([bucket('a', wrong)])).toThrow('bucket a would hold');
});
