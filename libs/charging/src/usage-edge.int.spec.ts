import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  usageHeader,
  type Family,
} from './family.fixture';
import { UsageBatches } from './usage/usage-batches.service';

/** Usage files, sources and rated usage through the public APIs. */

let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'broadband']);
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

describe('the edge of usage files', () => {
  const csv = { headers: { 'content-type': 'text/csv' } };
  const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

  it('refuses an unknown source, an empty file, a missing name, a wrong role, nobody', async () => {
    const post = (query: string, body: string, more: object = {}) =>
      operator.rest('POST', `/usage/files${query}`, body, { ...csv, ...more });
    expect(codeOf(await post('?source=nobody&name=a', 'x'))).toBe('usage_source_unknown');
    expect(codeOf(await post('?source=mediation&name=a', ''))).toBe('usage_file_empty');
    expect(codeOf(await post('?source=mediation', 'x'))).toBe('usage_file_name_invalid');
    expect((await post('?source=mediation&name=a', 'x', { role: 'counter' })).status).toBe(403);
    expect((await post('?source=mediation&name=a', 'x', { role: null })).status).toBe(401);
    expect((await operator.rest('GET', '/usage/files/nothing')).status).toBe(404);
  });

  it('takes the same key with the same content once, and with other content not at all', async () => {
    const post = (body: string) =>
      operator.rest('POST', '/usage/files?source=mediation&name=keyed', body, { ...csv, key: 'file key' });
    const first = await post(`${usageHeader}\n`);
    expect(await post(`${usageHeader}\n`)).toMatchObject({ status: 202, body: first.body });
    expect((await post(`${usageHeader}\nother`)).status).toBe(422);
    await operator.settle();
  });

  it('takes a multipart form', async () => {
    const form = new FormData();
    form.append(
      'file',
      new Blob([usageCsv(['f1,sms,main,,2026-06-16T08:00:00+08:00,,,1'], family)]),
      'form.csv',
    );
    const response = await fetch(`${operator.url}/usage/files?source=mediation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await operator.token('operations')}` },
      body: form,
    });
    const { fileId } = (await response.json()) as { fileId: string };
    await operator.settle();
    expect((await operator.rest('GET', `/usage/files/${fileId}`)).body).toMatchObject({
      fileName: 'form.csv',
      rated: 1,
    });
  });

  it('refuses an event with a number that JSON rounds, and takes one that differs only there as a text', async () => {
    const post = (id: unknown) =>
      operator.rest('POST', '/tmf-api/usageManagement/v4/usage', {
        usageDate: '2026-06-16T08:00:00+08:00',
        usageType: 'sms',
        usageSpecification: { id: 'mediation' },
        usageCharacteristic: [
          { name: 'record_id', value: id },
          { name: 'number', value: family.numberOf('main') },
          { name: 'messages', value: 1 },
        ],
      });
    const refused = await post(9_007_199_254_740_992);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'usage_number_inexact']);
    for (const id of ['9007199254740992', '9007199254740993'])
      expect(await post(id)).toMatchObject({ status: 201, body: { status: 'rated' } });
  });

  it('sets a line aside that is longer than what is kept, in a file of one batch and of more', async () => {
    const line = (id: string, at: number, bytes: number) => {
      const [head, tail] = [
        `${id}${at},sms,${family.numberOf('main')},`,
        ',2026-06-16T08:00:00+08:00,,,123456',
      ];
      return `${head}${'1'.repeat(bytes - head.length - tail.length)}${tail}`;
    };
    const batches = operator.get(UsageBatches);
    const { limits } = batches;
    for (const id of ['long', 'longer']) {
      const lines = [1, 2, 3].map((at) => line(id, at, 16_384 + (at === 2 ? 4 : 0)));
      const file = await deliver(operator, [usageHeader, ...lines, ''].join('\n'));
      expect(file).toMatchObject({ read: 3, rated: 2, suspended: 1 });
      const detail = 'longer than 16384 bytes';
      expect(
        await operator.sql(
          `select line_number, detail, cells->>'messages' as messages from charging.suspended_usage where file_id = $1`,
          [file.fileId],
        ),
      ).toEqual([{ line_number: 3, detail, messages: '12\u2026' }]);
      batches.limits = { ...limits, lines: 1 };
    }
    batches.limits = limits;
  });

  it('sets lines aside that begin alike and are cut, each of them, and once however often the file comes', async () => {
    const long = (tail: string) => `cut,sms,${family.numberOf('main')},${'1'.repeat(16_400)}${tail}`;
    const text = [usageHeader, long('2'), long('2'), long('3,4'), ''].join('\n');
    expect(await deliver(operator, text)).toMatchObject({ read: 3, suspended: 3, duplicates: 0 });
    expect(await deliver(operator, text)).toMatchObject({ read: 3, suspended: 0, duplicates: 3 });
  });

  it('closes a source, not into the future and not twice', async () => {
    const close = (through: string, source = 'mediation') =>
      operator.rest('POST', `/usage/sources/${source}/close`, { through });
    expect(codeOf(await close('2026-07-01T00:00:00+08:00'))).toBe('close_in_future');
    expect(codeOf(await close('soon'))).toBe('input_invalid');
    expect(codeOf(await close('2026-06-01T00:00:00+08:00', 'nobody'))).toBe('usage_source_unknown');
    const closed = { source: 'mediation', through: '2026-05-31T16:00:00.000Z' };
    expect((await close('2026-06-01T00:00:00+08:00')).body).toEqual(closed);
    expect((await close('2026-05-01T00:00:00+08:00')).body).toEqual(closed);
    expect(await operator.ask('charging.listSources', {})).toEqual([closed]);
    const events = await operator.sql(`select 1 from charging.outbox where type = 'usage-source.closed.v1'`);
    expect(events).toHaveLength(1);
  });
});

describe('what people see', () => {
  it('shows usage by page, and why it came to its amount', async () => {
    const { account, products } = family;
    await deliver(
      operator,
      usageCsv(
        [
          'g1,voice,main,,2026-06-12T08:00:00+08:00,61,,',
          'g2,sms,main,,2026-06-12T09:00:00+08:00,,,1',
          'g3,sms,main,,2026-06-13T09:00:00+08:00,,,1',
        ],
        family,
      ),
    );
    const { data, errors } = await operator.graphql<{
      usage: { edges: { node: { usageId: string; recordId: string } }[]; pageInfo: { hasNextPage: boolean } };
    }>(
      `query ($account: ID!) {
        usage(accountId: $account, period: "2026-06", first: 2) {
          edges { node { usageId recordId amount takes { bucket units } } } pageInfo { hasNextPage endCursor } }
        usageTotals(accountId: $account, period: "2026-06") { chargeCode card amount eventCount unit }
        usageSources { source through }
      }`,
      { account: account.accountId },
      'billing',
    );
    expect(errors).toBeUndefined();
    expect(data?.usage.edges.map(({ node }) => node.recordId)).toEqual(['g1', 'g2']);
    expect(data?.usage.pageInfo.hasNextPage).toBe(true);
    const usageId = data?.usage.edges[0]?.node.usageId;
    const explained = await operator.graphql(
      `query ($account: ID!, $usage: ID!) { explainUsage(accountId: $account, usageId: $usage) {
         matches recomputed text zh: text(language: "zh-CN") steps { op result text } usage { amount } } }`,
      { account: account.accountId, usage: usageId },
    );
    expect(explained).toMatchObject({ data: { explainUsage: { matches: true, usage: { amount: '0.00' } } } });
    expect(JSON.stringify(explained.data)).toMatch(/minutes/);

    const missing = await operator.graphql(
      `query ($account: ID!) { explainUsage(accountId: $account, usageId: "nothing") { text } }`,
      { account: account.accountId },
    );
    expect(missing.errors?.[0]?.extensions.code).toBe('usage_not_found');

    const total = await operator.ask('charging.explainTotal', {
      accountId: account.accountId,
      productId: products['main']?.productId ?? '',
      period: '2026-06',
      chargeCode: 'sms',
      limit: 2,
    });
    expect(total.events).toHaveLength(2);
    expect(total.eventCount).toBeGreaterThan(2);
  });

  it('shows what a product and an account may use', async () => {
    const { account, products } = family;
    const answer = await operator.rest(
      'POST',
      '/internal/graphql/charging',
      {
        query: `query ($of: [_Any!]!) { _entities(representations: $of) {
          ... on Product { buckets { code granted used unit origin rollsOver } }
          ... on Account { buckets(period: "2026-06") { code } usage(period: "2026-06", first: 1) { edges { node { card } } } } } }`,
        variables: {
          of: [
            { __typename: 'Product', productId: products['sub1']?.productId },
            { __typename: 'Product', productId: products['broadband']?.productId },
            { __typename: 'Account', accountId: account.accountId },
          ],
        },
      },
      {
        headers: {
          'x-ronghe-internal': 'internal-token-of-a-test',
          'x-ronghe-actor': encodeURIComponent(JSON.stringify({ id: 'clerk', roles: ['counter'] })),
        },
      },
    );
    const data = {
      code: 'convergent-199/data',
      granted: '41943040',
      used: '0',
      unit: 'KB',
      origin: 'BASE',
      rollsOver: true,
    };
    const voice = {
      code: 'convergent-199/voice',
      granted: '1334',
      used: '2',
      unit: 'MINUTE',
      origin: 'BASE',
      rollsOver: false,
    };
    expect(answer.body).toEqual({
      data: {
        _entities: [
          { buckets: [data, voice] },
          { buckets: [] },
          {
            buckets: [{ code: data.code }, { code: voice.code }],
            usage: { edges: [{ node: { card: 'main' } }] },
          },
        ],
      },
    });
  });
});
