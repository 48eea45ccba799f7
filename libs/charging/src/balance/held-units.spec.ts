import fc from 'fast-check';
import { grantOf } from './balance.fixture';
import type { StoredBucket } from './group-period';
import { heldToJson, withHeld } from './held-units';

const units = fc.bigInt(0n, 10n ** 18n);
const codes = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 5 });

function bucket(code: string, held: Pick<StoredBucket, 'reserved' | 'memberReserved'>): StoredBucket {
  const { quantity, ...grant } = grantOf(code, 10n);
  return { ...grant, quantity, remaining: quantity, bucketId: `id of ${code}`, ...held };
}

it('gives each bucket what is held of it, and nothing to the others', () => {
  const held = fc.record({
    reserved: units,
    memberReserved: fc.option(fc.dictionary(fc.uuid(), units), { nil: null }),
  });
  fc.assert(
    fc.property(
      codes.chain((all) => fc.tuple(...all.map((code) => held.map((each) => bucket(code, each))))),
      (buckets) => {
        const bare = buckets.map((each) => ({ ...each, reserved: 0n, memberReserved: null }));
        expect(withHeld(bare, heldToJson(buckets))).toEqual(buckets);
      },
    ),
  );
});

it('keeps nothing where nothing is held', () => {
  const none = { reserved: 0n, memberReserved: null };
  expect(heldToJson([bucket('a', none), bucket('b', none)])).toBeNull();
  expect(heldToJson([])).toBeNull();
});
