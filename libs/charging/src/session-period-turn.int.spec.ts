import { newId } from '@ronghe/kernel';
import { inRounds, Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { PeriodOpening } from './balance/period-opening.service';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { BatchRun } from './session/batch-run.service';
import type { ChargingRequest } from './session/charging-data';
import { granted, NetworkFunction } from './session/network-function.fixture';
import { keysOfIdentifier } from './usage/subscriber-keys';

/** Sessions that begin before the period of their accounts was opened: as a period turns, many at once do. */

const GB = 1_073_741_824;
const FAMILIES = 6;

let operator: TestOperator;
let families: Family[];
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  families = await Promise.all(
    Array.from({ length: FAMILIES }, () =>
      sellFamily(operator, ['main', 'sub1'], { online: ['main', 'sub1'] }),
    ),
  );
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(() => jest.restoreAllMocks());

/** As if the schedule had not come to it yet. */
async function close(): Promise<void> {
  const july = `where period = '2026-07'`;
  await operator.sql(
    `delete from charging.bucket_entry where bucket_id in (select bucket_id from charging.bucket ${july})`,
  );
  await operator.sql(`delete from charging.bucket ${july}`);
  await operator.sql(`delete from charging.group_period ${july}`);
}

const openPeriods = async () =>
  (
    await operator.sql<{ id: string }>(
      `select card_group_id as id from charging.group_period where period = '2026-07' order by 1`,
    )
  ).map(({ id }) => id);

it('opens the periods of all that begin together at once, with all that is in them', async () => {
  const before = await operator.sql(
    `select card_group_id, code, granted from charging.bucket where period = '2026-07' order by 1, 2`,
  );
  await close();
  const ensure = jest.spyOn(operator.get(PeriodOpening), 'ensure');
  const requests = families.flatMap((family) =>
    ['main', 'sub1'].map((card) => ({
      kind: 'create' as const,
      requestKey: newId(),
      keys: keysOfIdentifier(`msisdn-${family.numberOf(card)}`),
      request: {} as ChargingRequest,
    })),
  );
  const run = operator.get(BatchRun);
  await operator.get(Transactions).run((tx) => inRounds(tx, () => run.read(tx, requests, false)));
  expect(ensure).toHaveBeenCalledTimes(1);
  expect(await openPeriods()).toHaveLength(FAMILIES);
  expect(
    await operator.sql(
      `select card_group_id, code, granted from charging.bucket where period = '2026-07' order by 1, 2`,
    ),
  ).toEqual(before);
});

it('grants all of them what the new period gives', async () => {
  await close();
  const network = new NetworkFunction(operator);
  const answers = await Promise.all(
    families.flatMap((family, at) =>
      ['main', 'sub1'].map((card, each) =>
        network.create(family.numberOf(card), [{ requested: GB }], 2 * at + each),
      ),
    ),
  );
  expect(answers.map((answer) => [answer.status, granted(answer)[0]?.grantedUnit?.totalVolume])).toEqual(
    answers.map(() => [201, GB]),
  );
  expect(await openPeriods()).toHaveLength(FAMILIES);
  expect(await auditDifferences(operator)).toEqual([]);
});
