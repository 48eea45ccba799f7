import type { UsageSourcePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family, type FileBody } from './family.fixture';
import { UsageBatches } from './usage/usage-batches.service';

/** The document of a source changes while a file of it is half collected. */

const down = { name: 'down', path: ['down'] };
const up = { name: 'up', path: ['up'] };
const packets: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'packets',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  zone: 'Asia/Shanghai',
  lateAfterPeriods: 2,
  source: 'packets',
  format: 'json-lines',
  json: [
    { name: 'id', path: ['id'] },
    { name: 'kind', path: ['kind'] },
    { name: 'number', path: ['number'] },
    { name: 'start', path: ['start'] },
    up,
    down,
  ],
  columns: { recordId: 'id', type: 'kind', subscriber: 'number', peer: null, start: 'start' },
  subscriberBy: 'number',
  types: [{ value: 'd', usageClass: 'data', quantity: 'down', unit: 'kb' }],
};

let operator: TestOperator;
let family: Family;
let version = 0;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main']);
  operator.get(UsageBatches).limits = { lines: 5, bytes: 1_000_000 };
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

async function publish(changes: Partial<UsageSourcePolicy>): Promise<void> {
  version += 1;
  const document = { ...packets, ...changes, version };
  const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
  const payload = { code: 'packets', version, document, publishedAt };
  const lane = laneOf('packets');
  await operator.publish('policy.published.v1', { aggregateId: 'packets', lane, version, payload });
}

async function until(condition: string, values: readonly unknown[]): Promise<void> {
  for (;;) {
    if ((await operator.sql(condition, [...values])).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Delivers twenty records of 10 KB, of which the second half can only be stored once `meanwhile` has happened. */
async function deliverAround(
  prefix: string,
  meanwhile: (fileId: string) => Promise<void>,
): Promise<FileBody> {
  const lines = Array.from({ length: 20 }, (_, at) =>
    JSON.stringify({
      id: `${prefix}${at}`,
      kind: 'd',
      number: family.numberOf('main'),
      start: `2026-06-16T08:00:${10 + at}+08:00`,
      up: 1,
      down: 10,
    }),
  );
  await operator.sql(
    `alter table charging.rated_usage add constraint refused check (record_id not in ('${prefix}10', '${prefix}11'))`,
  );
  const answer = await operator.rest('POST', '/usage/files?source=packets&name=half', lines.join('\n'), {
    headers: { 'content-type': 'text/csv' },
  });
  const { fileId } = answer.body as FileBody;
  await until('select 1 from charging.usage_file where file_id = $1 and read = 10', [fileId]);
  await meanwhile(fileId);
  await operator.sql('alter table charging.rated_usage drop constraint refused');
  await operator.settle();
  return (await operator.rest('GET', `/usage/files/${fileId}`)).body as FileBody;
}

const quantities = (prefix: string) =>
  operator.sql(
    `select quantity::integer as kb, count(*)::integer as count from charging.rated_usage where record_id like $1
     group by 1`,
    [`${prefix}%`],
  );
const swapped = [...(packets.json ?? []).slice(0, 4), down, up];
const published = () =>
  until('select 1 from charging.policy where code = $1 and version = $2', ['packets', version]);

it('reads the rest of the file as it was begun', async () => {
  await publish({});
  await published();
  const file = await deliverAround('a', async () => {
    await publish({
      json: swapped,
      types: [{ value: 'd', usageClass: 'data', quantity: 'down', unit: 'mb' }],
    });
    await published();
  });
  expect(file).toMatchObject({ state: 'collected', read: 20, rated: 20 });
  expect(await quantities('a')).toEqual([{ kb: 10, count: 20 }]);
});

it('reads the rest by the columns of the new layout where nobody noted how it was begun', async () => {
  await publish({});
  await published();
  await deliverAround('b', async (fileId) => {
    await operator.sql(
      'update charging.usage_file set mapping_code = null, mapping_version = null where file_id = $1',
      [fileId],
    );
    await publish({ json: swapped });
    await published();
  });
  expect(await quantities('b')).toEqual([{ kb: 10, count: 20 }]);
});
