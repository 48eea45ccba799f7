import { faultSeeds, startOperator, UnreliableFeeds, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, usageCsv, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';
import { SessionNotificationWorker } from './session/notification/session-notification.worker';
import { SessionWorker } from './session/session.worker';
import { UsageFileWorker } from './usage/usage-file.worker';
import { passTimeOf } from './silent-session.fixture';

/** R4 of charging: jobs and events come several times and out of order. What becomes of jobs that are lost: lost-work.int.spec. */

const MB = 1_048_576;

/** A session that died with a reservation, one that ended with use, and a file that was handed in. */
async function leaveWork(operator: TestOperator, family: Family): Promise<{ dead: string; fileId: string }> {
  const network = new NetworkFunction(operator);
  const number = family.numberOf('main');
  const dead = await network.create(number, [{ requested: 10 * MB }]);
  const ended = await network.create(number, [{ requested: 10 * MB }]);
  await network.post(`${CHARGING_DATA}/${ended.reference}/release`, network.body(1, [{ used: 3 * MB }]));
  const csv = usageCsv(
    ['q1,voice,main,10086,2026-06-12T08:00:00+08:00,61,,', 'q2,sms,main,10086,2026-06-12T08:00:00+08:00,,,1'],
    family,
  );
  const sent = await operator.rest('POST', '/usage/files?source=mediation&name=queue.csv', csv, {
    headers: { 'content-type': 'text/csv' },
  });
  expect(sent.status).toBe(202);
  await passTimeOf(operator, dead.reference);
  await operator.sql(
    'insert into charging.credit_change select lane, account_id, now() from charging.account where account_id = $1',
    [family.account.accountId],
  );
  return { dead: dead.reference, fileId: (sent.body as { fileId: string }).fileId };
}

async function expectDoneOnce(operator: TestOperator, family: Family, dead: string, fileId: string) {
  const { accountId } = family.account;
  const sessions = await operator.sql('select state, reserved from charging.session where session_id = $1', [
    dead,
  ]);
  expect(sessions).toEqual([{ state: 'expired', reserved: '[]' }]);
  const file = (await operator.rest('GET', `/usage/files/${fileId}`)).body;
  expect(file).toMatchObject({ state: 'collected', rated: 2, suspended: 0 });
  const rated = await operator.sql<{ row: string }>(
    `select usage_class || ' ' || quantity as row from charging.rated_usage where account_id = $1 order by 1`,
    [accountId],
  );
  expect(rated.map(({ row }) => row)).toEqual(['data 3072', 'sms 1', 'voice 61']);
  const pending = await operator.sql(
    `select mark_id from charging.totals_mark
     union all select account_id from charging.credit_change`,
  );
  expect(pending).toEqual([]);
  const totals = await operator.sql<{ events: string }>(
    'select sum(event_count)::text as events from charging.usage_sum where account_id = $1',
    [accountId],
  );
  expect(totals).toEqual([{ events: '3' }]);
  expect(await auditDifferences(operator)).toEqual([]);
}

it.each(faultSeeds())(
  'R4: jobs three times at once, events repeated and reordered, seed %i',
  async (seed) => {
    const operator = await startOperator({
      domains: [chargingDomain],
      startsAt: '2026-06-11T00:00:00+08:00',
      feedWrapper: new UnreliableFeeds(seed),
    });
    try {
      await publishDocuments(operator);
      const family = await sellFamily(operator, ['main', 'broadband'], { online: ['main'] });
      await operator.settle();
      await operator.moveClock('2026-06-20T12:00:00+08:00');
      const { dead, fileId } = await leaveWork(operator, family);
      const worker = operator.get(SessionWorker);
      const files = operator.get(UsageFileWorker);
      const notifications = operator.get(SessionNotificationWorker);
      await Promise.all(
        [1, 2, 3].flatMap(() => [
          notifications.notify(),
          worker.publishTotals(),
          files.collectFile({ fileId }),
          worker.expireSessions(),
        ]),
      );
      await worker.expireSessions();
      await files.collectFile({ fileId });
      await operator.settle();
      await expectDoneOnce(operator, family, dead, fileId);
    } finally {
      await operator.stop();
    }
  },
);
