import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { publishDocuments, ratedByRecord, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** What sessions leave behind in the state of their card group. */

const GB = 1_073_741_824;

let operator: TestOperator;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  await operator.moveClock('2026-06-12T12:00:00+08:00');
});
afterAll(() => operator?.stop());

const report = (reference: string, sequence: number, used: number) =>
  network.post(`${CHARGING_DATA}/${reference}/update`, network.body(sequence, [{ used, requested: GB }]));

async function stateOf(
  family: Family,
): Promise<{ counters: Record<string, string[]>; needs_rerate: boolean }> {
  const [row] = await operator.sql<{ counters: Record<string, string[]>; needs_rerate: boolean }>(
    `select counters, needs_rerate from charging.group_period where card_group_id = $1 and period = '2026-06'`,
    [family.products['main']?.cardGroupId],
  );
  return row ?? { counters: {}, needs_rerate: false };
}

it('counts every report of a session, not only its first', async () => {
  const family = await sellFamily(operator, ['main', 'broadband'], {
    online: ['main'],
    from: '2026-06-11T00:00:00+08:00',
  });
  await operator.settle();
  const { reference } = await network.create(family.numberOf('main'), [{ requested: GB }]);
  expect((await report(reference, 1, 41 * GB)).status).toBe(200);
  expect((await report(reference, 2, GB)).status).toBe(200);
  const second = await stateOf(family);
  const units = Object.values(second.counters).map(([counted]) => counted);
  expect(units).toEqual([String(2 * 1_048_576)]);
});

it('marks the group when an earlier session reports after a later one', async () => {
  const family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['main', 'sub1'] });
  await operator.settle();
  const earlier = await network.create(family.numberOf('main'), [{ requested: GB }]);
  await operator.moveClock('2026-06-13T12:00:00+08:00');
  const later = await network.create(family.numberOf('sub1'), [{ requested: GB }], 5);
  await report(later.reference, 6, 39 * GB);
  await report(earlier.reference, 1, 2 * GB);
  await operator.settle();
  const rated = await ratedByRecord(operator);
  expect([rated[earlier.reference], rated[later.reference]]).toEqual([
    '0 convergent-199/data:2097152',
    '3000000 convergent-199/data:39845888',
  ]);
});
