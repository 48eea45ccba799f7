import { newId } from '@ronghe/kernel';
import { startOperator, type RestAnswer, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, causeOf, granted, NetworkFunction } from './session/network-function.fixture';

/** A card without money that may use 1000 MB of another card's data, in several sessions at once. */

const MB = 1_048_576;
const OWN_MB = 100 * 1024;

let operator: TestOperator;
let network: NetworkFunction;
let member: Family;

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  network = new NetworkFunction(operator);
  await publishDocuments(operator);
  const options = { bundle: false, account: { paymentMode: 'prepaid' } } as const;
  const owner = await sellFamily(operator, ['main'], { ...options, online: ['main'] });
  member = await sellFamily(operator, ['main'], { ...options, online: ['main'], account: owner.account });
  await operator.settle();
  const { errors } = await operator.graphql(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) { sharingId } }`,
    {
      input: {
        ownerProductId: owner.products['main']?.productId,
        memberProductId: member.products['main']?.productId,
        caps: [{ usageClass: 'DATA', units: String(1000 * 1024) }],
        reason: 'family',
      },
      key: newId(),
    },
  );
  expect(errors).toBeUndefined();
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  const own = await network.create(member.numberOf('main'), [{ requested: OWN_MB * MB }]);
  await report(own.reference, 'release', [{ used: OWN_MB * MB }]);
});
afterEach(async () => {
  const differences = await auditDifferences(operator);
  await operator.stop();
  expect(differences).toEqual([]);
});

let sequence = 0;
function report(
  reference: string,
  kind: 'update' | 'release',
  units: Parameters<NetworkFunction['body']>[1],
): Promise<RestAnswer> {
  sequence += 1;
  return network.post(`${CHARGING_DATA}/${reference}/${kind}`, network.body(sequence, units));
}

const create = (megabytes: number, more: { requested: number; group: number }[] = []) =>
  network.create(member.numberOf('main'), [{ requested: megabytes * MB }, ...more]);

const megabytesOf = (answer: RestAnswer): number[] =>
  granted(answer).map(({ grantedUnit }) => (grantedUnit?.totalVolume ?? 0) / MB);

it('grants sessions of a capped member no more together than its cap, and again what one gives back', async () => {
  const first = await create(600);
  expect(megabytesOf(first)).toEqual([600]);
  const second = await create(600);
  expect(megabytesOf(second)).toEqual([400]);
  expect(granted(second)[0]).toHaveProperty('finalUnitIndication');
  const third = await create(1);
  expect([third.status, causeOf(third)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
  await report(first.reference, 'release', [{ used: 100 * MB }]);
  expect(megabytesOf(await create(600))).toEqual([500]);
});

it('grants the rating groups of one session no more together than the cap, whatever was asked before', async () => {
  const asked = await create(700, [{ requested: 700 * MB, group: 7 }]);
  expect(megabytesOf(asked)).toEqual([700, 300]);
  // A new request for a rating group replaces the old one.
  expect(megabytesOf(await report(asked.reference, 'update', [{ requested: 100 * MB }]))).toEqual([100]);
  const again = await report(asked.reference, 'update', [{ requested: 900 * MB, used: 50 * MB, group: 7 }]);
  expect(megabytesOf(again)).toEqual([850]);
  const held = await operator.sql<{ reserved: Record<string, string> }>(
    'select member_reserved as reserved from charging.bucket_balance where member_reserved is not null',
  );
  expect(held.map(({ reserved }) => Object.values(reserved))).toEqual([[String(950 * 1024)]]);
  await report(asked.reference, 'release', []);
  expect(await operator.sql('select from charging.bucket_balance where member_reserved is not null')).toEqual(
    [],
  );
});
