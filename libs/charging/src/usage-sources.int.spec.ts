import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  imsiOf,
  publishDocuments,
  sellFamily,
  type Family,
  type FileBody,
} from './family.fixture';

/** Sources of every layout, through the watched folder and uploads. */

const head = {
  kind: 'usage-source' as const,
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  zone: 'Asia/Shanghai',
  lateAfterPeriods: 2,
};
const switchFile: UsageSourcePolicy = {
  ...head,
  code: 'msc',
  source: 'msc',
  format: 'fixed-width',
  fixedWidth: [
    { name: 'id', start: 1, length: 6 },
    { name: 'number', start: 7, length: 13 },
    { name: 'begin', start: 20, length: 14 },
    { name: 'seconds', start: 34, length: 6 },
    { name: 'call', start: 40, length: 6 },
    { name: 'part', start: 46, length: 2 },
    { name: 'end', start: 48, length: 1 },
  ],
  derived: [
    { column: 'type', is: { text: 'V' } },
    {
      column: 'number of part',
      is: {
        call: 'if',
        of: [
          { call: 'equals', of: [{ column: 'part' }, { text: '' }] },
          { text: '' },
          { call: 'add', of: [{ column: 'part' }, { text: '0' }] },
        ],
      },
    },
  ],
  startFormat: 'compact',
  columns: {
    recordId: 'id',
    type: 'type',
    subscriber: 'number',
    peer: null,
    start: 'begin',
    parts: { callId: 'call', number: 'number of part', last: 'end' },
  },
  subscriberBy: 'number',
  types: [{ value: 'V', usageClass: 'voice', quantity: 'seconds', unit: 'second' }],
};
const packetFile: UsageSourcePolicy = {
  ...head,
  code: 'pgw',
  source: 'pgw',
  format: 'json-lines',
  json: [
    { name: 'id', path: ['id'] },
    { name: 'imsi', path: ['sub', 'imsi'] },
    { name: 'kind', path: ['kind'] },
    { name: 'start', path: ['start'] },
    { name: 'amount', path: ['amount'] },
    { name: 'note', path: ['note'] },
  ],
  startFormat: 'epoch-seconds',
  columns: { recordId: 'id', type: 'kind', subscriber: 'imsi', peer: 'note', start: 'start' },
  subscriberBy: 'imsi',
  types: [
    { value: 'd', usageClass: 'data', quantity: 'amount', unit: 'octet' },
    { value: 's', usageClass: 'sms', quantity: 'amount', unit: 'message' },
  ],
};

let operator: TestOperator;
let family: Family;
const inbox = mkdtempSync(join(tmpdir(), 'ronghe-inbox-'));
beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    environment: { RONGHE_USAGE_INBOX: inbox },
  });
  await publishDocuments(operator);
  for (const document of [switchFile, packetFile]) {
    const { code, version } = document;
    const payload = { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00Z') };
    await operator.publish('policy.published.v1', {
      aggregateId: code,
      lane: laneOf(code),
      version,
      payload,
    });
  }
  family = await sellFamily(operator, ['main', 'sub1']);
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

const fixedLine = (
  id: string,
  begin: string,
  seconds: number,
  part: [call: string, number: number, end: '0' | '1'] | null,
) =>
  `${id.padEnd(6)}${family.numberOf('main')}${begin}${String(seconds).padStart(6)}${(part?.[0] ?? '').padEnd(6)}` +
  `${String(part?.[1] ?? '').padStart(2)}${part?.[2] ?? ' '}`;

/** Lays a file into the folder of its source, as if it had been there for a while; waits until it is collected. */
async function lay(source: string, name: string, content: string | Buffer): Promise<void> {
  mkdirSync(join(inbox, source), { recursive: true });
  const path = join(inbox, source, name);
  writeFileSync(path, content);
  utimesSync(path, new Date(0), new Date(0));
  await operator.settle();
}

async function fileNamed(name: string): Promise<FileBody & { waiting: number; combined: number }> {
  const [row] = await operator.sql<{ file_id: string }>(
    `select file_id from charging.usage_file where file_name = '${name}' order by received_at desc limit 1`,
  );
  return (await operator.rest('GET', `/usage/files/${row?.file_id}`)).body as FileBody & {
    waiting: number;
    combined: number;
  };
}

async function reasons(): Promise<string[]> {
  const rows = await operator.sql<{ text: string }>(
    `select record_id || ' ' || reason || ' ' || state as text from charging.suspended_usage order by record_id`,
  );
  return rows.map(({ text }) => text);
}

describe('a watched folder', () => {
  it('takes files in, also compressed ones, and moves them to done', async () => {
    await lay('msc', 'a.txt.gz', gzipSync(`${fixedLine('p1', '20260612080000', 61, null)}\n`));
    expect(await fileNamed('a.txt.gz')).toMatchObject({ state: 'collected', read: 1, rated: 1 });
    const [delivery = ''] = readdirSync(join(inbox, 'msc', 'done'));
    expect(readdirSync(join(inbox, 'msc', 'done', delivery))).toEqual(['a.txt.gz']);
  });

  it('moves what it cannot take to failed, with the reason, and follows no link', async () => {
    await lay('nobody', 'b.txt', 'x\n');
    const [place = ''] = readdirSync(join(inbox, 'nobody', 'failed'));
    expect(readFileSync(join(inbox, 'nobody', 'failed', place, 'reason.txt'), 'utf8')).toMatch(
      /^usage_source_unknown/,
    );
    await lay('msc', 'damaged.gz', 'not compressed');
    expect(readdirSync(join(inbox, 'msc', 'failed'))).toHaveLength(1);
    symlinkSync('/etc/hostname', join(inbox, 'msc', 'link'));
    await operator.settle();
    expect(readdirSync(join(inbox, 'msc'))).toContain('link');
  });

  it('moves a file whose name is not UTF-8 under the bytes of its name, however long', async () => {
    const before = readdirSync(join(inbox, 'msc', 'failed'));
    const name = Buffer.alloc(250, Buffer.of(0xd6, 0xd0));
    const path = Buffer.concat([Buffer.from(`${join(inbox, 'msc')}/`), name]);
    writeFileSync(path, 'x\n');
    utimesSync(path, new Date(0), new Date(0));
    await operator.settle();
    await operator.settle();
    const [place = '', ...others] = readdirSync(join(inbox, 'msc', 'failed')).filter(
      (id) => !before.includes(id),
    );
    expect(others).toEqual([]);
    const folder = join(inbox, 'msc', 'failed', place);
    expect(readFileSync(join(folder, 'reason.txt'), 'utf8')).toBe(
      'usage_file_name_invalid: the name of a file is UTF-8\n',
    );
    expect(readdirSync(folder, { encoding: 'buffer' })).toContainEqual(name);
    expect(readdirSync(join(inbox, 'msc'), { encoding: 'buffer' })).not.toContainEqual(name);
  });

  it('keeps a file that has the name of its reason', async () => {
    await lay('nobody', 'reason.txt', 'y\n');
    const kept = readdirSync(join(inbox, 'nobody', 'failed')).map((id) =>
      readFileSync(join(inbox, 'nobody', 'failed', id, 'reason.txt'), 'utf8'),
    );
    expect(kept).toContain('y\n');
  });
});

describe('parts of a call', () => {
  it('become one event whichever files bring them, and a late one completes a flagged call', async () => {
    await lay(
      'msc',
      'parts-1',
      [
        fixedLine('q2', '20260613080500', 61, ['c1', 2, '1']),
        fixedLine('q3', '20260613090000', 60, ['c2', 1, '0']),
        fixedLine('q4', '20260613091000', 60, ['c2', 3, '1']),
        '',
      ].join('\n'),
    );
    expect(await fileNamed('parts-1')).toMatchObject({ read: 3, rated: 0, waiting: 3 });
    await lay('msc', 'parts-2', `${fixedLine('q1', '20260613080000', 300, ['c1', 1, '0'])}\n`);
    expect(await fileNamed('parts-1')).toMatchObject({ read: 3, waiting: 2, combined: 1 });
    expect(await fileNamed('parts-2')).toMatchObject({ read: 1, rated: 1, waiting: 0 });
    const [call] = await operator.sql(
      `select record_id, quantity from charging.rated_usage where record_id = 'q1'`,
    );
    expect(call).toEqual({ record_id: 'q1', quantity: '361' });

    await operator.rest('POST', '/usage/sources/msc/close', { through: '2026-06-20T00:00:00+08:00' });
    await operator.settle();
    expect(await reasons()).toEqual(['q3 part_missing open', 'q4 part_missing open']);
    await lay('msc', 'parts-3', `${fixedLine('q5', '20260613090500', 60, ['c2', 2, '0'])}\n`);
    expect(await reasons()).toEqual(['q3 part_missing rated', 'q4 part_missing combined']);
    await lay('msc', 'parts-4', `${fixedLine('q6', '20260613090600', 60, ['c2', 2, '0'])}\n`);
    expect(await reasons()).toContain('q6 part_conflict open');
  });
});

describe('JSON lines', () => {
  const line = (more: object) =>
    JSON.stringify({
      id: 'j1',
      kind: 'd',
      sub: { imsi: imsiOf(family.numberOf('main')) },
      start: 1_781_308_800,
      amount: 1,
      ...more,
    });

  it('never stop the file, whatever they hold', async () => {
    const huge = Array.from({ length: 40 }, (_, at) => line({ id: `h${at}`, kind: 's', amount: 999_999 }));
    await lay(
      'pgw',
      'odd.jsonl',
      [
        // Behind a byte order mark.
        `\ufeff${line({ id: 'j0' })}`,
        line({ id: 'j1', note: 'a\u0000b\ud800' }),
        line({ id: 'j2', amount: 1_000_000_000_000_000 }),
        line({ id: 'j3', amount: -1 }),
        line({ id: 'j4', amount: 1e30 }),
        line({ id: 'j5', amount: 0 }),
        line({ id: 'j6\u0000', kind: '\ud800' }),
        '{"id": ',
        ...huge,
        '',
      ].join('\n'),
    );
    expect(await fileNamed('odd.jsonl')).toMatchObject({
      state: 'collected',
      read: 48,
      rated: 44,
      suspended: 4,
    });
    const [big] = await operator.sql(`select quantity from charging.rated_usage where record_id = 'j2'`);
    expect(big).toEqual({ quantity: '976562500000' });
  });
});
