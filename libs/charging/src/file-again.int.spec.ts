import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, parseLocalDate } from '@ronghe/kernel';
import { PlatformConfig } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family, type FileBody } from './family.fixture';
import { UsageBatches } from './usage/usage-batches.service';

/** Files that failed and come again, once what they failed for is mended. */

const wrong: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'again',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  zone: 'Asia/Shanghai',
  lateAfterPeriods: 2,
  source: 'again',
  format: 'csv',
  columns: { recordId: 'id', type: 'type', subscriber: 'msisdn', peer: null, start: 'start' },
  subscriberBy: 'number',
  types: [{ value: 'v', usageClass: 'voice', quantity: 'seconds', unit: 'second' }],
};

let operator: TestOperator;
let family: Family;
let version = 0;
const inbox = mkdtempSync(join(tmpdir(), 'ronghe-inbox-'));
beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    environment: { RONGHE_USAGE_INBOX: inbox },
  });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main']);
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(async () => {
  await operator?.stop();
  rmSync(inbox, { recursive: true, force: true });
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

async function publish(subscriber: string): Promise<void> {
  version += 1;
  const document = { ...wrong, version, columns: { ...wrong.columns, subscriber } };
  const publishedAt = instantFromIso('2026-01-01T00:00:00Z');
  const payload = { code: 'again', version, document, publishedAt };
  await operator.publish('policy.published.v1', {
    aggregateId: 'again',
    lane: laneOf('again'),
    version,
    payload,
  });
  await operator.settle();
}

const csvOf = (id: string, header = 'id,type,number,start,seconds', count = 1) =>
  [
    header,
    ...Array.from(
      { length: count },
      (_, at) => `${id}${at},v,${family.numberOf('main')},2026-06-16T08:00:${10 + at}+08:00,61`,
    ),
    '',
  ].join('\n');

async function lay(name: string, content: string): Promise<void> {
  mkdirSync(join(inbox, 'again'), { recursive: true });
  const path = join(inbox, 'again', name);
  writeFileSync(path, content);
  utimesSync(path, new Date(0), new Date(0));
  await operator.settle();
}

async function filesNamed(name: string): Promise<FileBody[]> {
  const rows = await operator.sql<{ file_id: string }>(
    'select file_id from charging.usage_file where file_name = $1',
    [name],
  );
  const answers = await Promise.all(rows.map((row) => operator.rest('GET', `/usage/files/${row.file_id}`)));
  return answers.map(({ body }) => body as FileBody);
}

async function upload(csv: string, key: string): Promise<FileBody> {
  const answer = await operator.rest('POST', `/usage/files?source=again&name=${key}`, csv, {
    headers: { 'content-type': 'text/csv' },
    key,
  });
  await operator.settle();
  const { fileId } = answer.body as FileBody;
  return (await operator.rest('GET', `/usage/files/${fileId}`)).body as FileBody;
}

describe('a file that failed', () => {
  it('is collected anew when it comes again after its document was mended', async () => {
    await publish('msisdn');
    await lay('calls', csvOf('a'));
    const failed = {
      state: 'failed',
      read: 0,
      reason: expect.stringMatching(/; missing: msisdn$/) as string,
    };
    expect(await filesNamed('calls')).toMatchObject([failed]);
    expect(await upload(csvOf('b'), 'sent')).toMatchObject(failed);
    // Nothing was mended.
    expect(await upload(csvOf('b'), 'sent')).toMatchObject(failed);
    await publish('number');
    await lay('calls', csvOf('a'));
    const [file, ...others] = await filesNamed('calls');
    expect(file).toMatchObject({ state: 'collected', reason: null, read: 1, rated: 1 });
    expect(others).toEqual([]);
    expect(readdirSync(join(inbox, 'again', 'done', file?.fileId ?? ''))).toEqual(['calls']);
    expect(existsSync(join(inbox, 'again', 'calls'))).toBe(false);
    expect(await upload(csvOf('b'), 'sent')).toMatchObject({ state: 'collected', read: 1, rated: 1 });
    // What is collected stays as it is.
    expect(await upload(csvOf('b'), 'sent')).toMatchObject({ state: 'collected', read: 1, rated: 1 });
  });

  it('goes on where it was when only its bytes were gone', async () => {
    operator.get(UsageBatches).limits = { lines: 3, bytes: 1_000_000 };
    const csv = csvOf('c', undefined, 12);
    await operator.sql(
      `alter table charging.rated_usage add constraint refused check (record_id not in ('c7', 'c8'))`,
    );
    const path = '/usage/files?source=again&name=gone';
    const sent = { headers: { 'content-type': 'text/csv' }, key: 'gone' };
    const { fileId } = (await operator.rest('POST', path, csv, sent)).body as FileBody;
    const look = async () => (await operator.rest('GET', `/usage/files/${fileId}`)).body as FileBody;
    while ((await look()).read < 6) await new Promise((resolve) => setTimeout(resolve, 20));
    const [{ hash } = { hash: '' }] = await operator.sql<{ hash: string }>(
      'select content_hash as hash from charging.usage_file where file_id = $1',
      [fileId],
    );
    rmSync(join(operator.get(PlatformConfig).dataDirectory, 'spool', hash));
    // A try that has opened the file already is still refused.
    while ((await look()).state !== 'failed') await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await look()).toMatchObject({ state: 'failed', read: 6 });
    await operator.sql('alter table charging.rated_usage drop constraint refused');
    await operator.rest('POST', path, csv, sent);
    await operator.settle();
    const rated = await operator.sql(`select 1 from charging.rated_usage where record_id like 'c%'`);
    expect(rated).toHaveLength(12);
    expect(await look()).toMatchObject({
      ...{ state: 'collected', reason: null },
      ...{ read: 12, rated: 12, duplicates: 0 },
    });
    expect(await operator.sql('select 1 from charging.usage_window where file_id = $1', [fileId])).toEqual(
      [],
    );
  });
});

describe('a header', () => {
  it('may have columns twice, or without a name, that nobody reads', async () => {
    const csv = csvOf('d', 'id,type,number,start,seconds,,,x,x').replace(/,61\n/, ',61,,,1,2\n');
    expect(await upload(csv, 'unnamed')).toMatchObject({ state: 'collected', read: 1, rated: 1 });
  });

  it('names the columns that come twice and are read', async () => {
    expect(await upload(csvOf('e', 'id,type,number,start,seconds,id'), 'twice')).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/; doubled: id$/) as string,
    });
  });
});
