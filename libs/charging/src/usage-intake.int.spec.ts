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

let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'broadband', 'iptv', 'fixed'], { online: ['sub1'] });
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

interface Suspended {
  suspenseId: string;
  lineNumber: number;
  recordId: string | null;
  reason: string;
  detail: string;
  state: string;
}

async function suspended(fileId: string): Promise<Suspended[]> {
  const { data, errors } = await operator.graphql<{
    suspendedUsage: { edges: { node: Suspended & { fileId: string } }[] };
  }>(
    `{ suspendedUsage(first: 100) { edges { node { suspenseId fileId lineNumber recordId reason detail state } } } }`,
    {},
    'operations',
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return (data?.suspendedUsage.edges ?? []).map(({ node }) => node).filter((node) => node.fileId === fileId);
}

describe('a usage file with everything that can be wrong', () => {
  it('rates what it can and sets the rest aside with its reason and line', async () => {
    const file = await deliver(
      operator,
      usageCsv(
        [
          'b1,voice,main,10086,2026-06-12T08:00:00+08:00,61,,',
          'b2,voice,main,10086,2026-06-12T09:00:00+08:00,sixty,,',
          'b3,voice,8613000000000,10086,2026-06-12T09:00:00+08:00,60,,',
          'b4,voice,main,10086,2026-06-21T08:00:00+08:00,60,,',
          'b5,voice,main,10086,2026-06-10T23:59:59+08:00,60,,',
          'b1,voice,main,10086,2026-06-12T08:00:00+08:00,62,,',
          'b1,voice,main,10086,2026-06-12T08:00:00+08:00,61,,',
          'b6,data,fixed,,2026-06-12T10:00:00+08:00,,1024,',
          'torn line',
          '',
          'b7,data,sub1,,2026-06-12T11:00:00+08:00,,2048,',
          'b8,sms,main,10086,2026-06-12T12:00:00+08:00,,,1',
        ],
        family,
      ),
    );
    expect(file).toMatchObject({
      state: 'collected',
      read: 11,
      rated: 2,
      duplicates: 1,
      suspended: 7,
      reconciled: 1,
    });
    expect(
      (await suspended(file.fileId)).map(({ lineNumber, recordId, reason }) => [
        lineNumber,
        recordId,
        reason,
      ]),
    ).toEqual([
      [3, 'b2', 'MALFORMED'],
      [4, 'b3', 'UNKNOWN_SUBSCRIBER'],
      [5, 'b4', 'IN_FUTURE'],
      [6, 'b5', 'UNKNOWN_SUBSCRIBER'],
      [7, 'b1', 'CONTENT_DIFFERS'],
      [9, 'b6', 'NO_PRICE'],
      [10, null, 'MALFORMED'],
    ]);
  });

  it('compares the record of the class that is charged online with its sessions', async () => {
    const { data, errors } = await operator.graphql<{ usageReconciliation: object[] }>(
      `query ($account: ID!) { usageReconciliation(accountId: $account, period: "2026-06") {
         productId usageClass records recordQuantity sessions sessionQuantity difference } }`,
      { account: family.account.accountId },
      'operations',
    );
    expect(errors).toBeUndefined();
    expect(data?.usageReconciliation).toEqual([
      {
        productId: family.products['sub1']?.productId,
        usageClass: 'DATA',
        records: 1,
        recordQuantity: '2048',
        sessions: 0,
        sessionQuantity: '0',
        difference: '2048',
      },
    ]);
  });

  it('adds nothing when it comes again', async () => {
    const [before] = await operator.sql('select count(*) as rated, sum(amount) from charging.rated_usage');
    const csv = usageCsv(
      [
        'b1,voice,main,10086,2026-06-12T08:00:00+08:00,61,,',
        'b2,voice,main,10086,2026-06-12T09:00:00+08:00,sixty,,',
        'b1,voice,main,10086,2026-06-12T08:00:00+08:00,62,,',
        'b3,voice,8613000000000,10086,2026-06-12T09:00:00+08:00,60,,',
        'b7,data,sub1,,2026-06-12T11:00:00+08:00,,2048,',
        'torn line',
      ],
      family,
    );
    expect(await deliver(operator, csv)).toMatchObject({
      read: 6,
      duplicates: 6,
      rated: 0,
      suspended: 0,
      reconciled: 0,
    });
    expect(
      (await operator.sql('select count(*) as rated, sum(amount) from charging.rated_usage'))[0],
    ).toEqual(before);
  });

  it('fails as a whole, with its reason, where the header lacks a column', async () => {
    const file = await deliver(operator, 'record_id,type,start\nx,voice,2026-06-12T08:00:00Z\n');
    expect(file).toMatchObject({ state: 'failed', read: 0 });
    expect(file.reason).toContain('number');
  });

  it('takes a file without a final line feed, with a byte order mark and Windows line ends', async () => {
    const csv = `\uFEFF${usageHeader}\r\nw1,sms,${family.numberOf('main')},10086,2026-06-13T08:00:00+08:00,,,1`;
    expect(await deliver(operator, csv)).toMatchObject({ read: 1, rated: 1 });
  });
});

describe('work on what was set aside', () => {
  async function mutate(
    text: string,
    variables: object,
  ): Promise<{ data: unknown; code: string | undefined }> {
    const { data, errors } = await operator.graphql<Record<string, unknown>>(text, variables, 'operations');
    return { data: data && Object.values(data)[0], code: errors?.[0]?.extensions.code };
  }
  const recycle = (suspenseIds: string[], key: string) =>
    mutate(
      `mutation ($ids: [ID!]!, $key: String!) { recycleUsage(suspenseIds: $ids, idempotencyKey: $key) { recordId state reason } }`,
      { ids: suspenseIds, key },
    );
  const correct = (suspenseId: string, cells: { column: string; value: string }[], key: string) =>
    mutate(
      `mutation ($input: CorrectUsageInput!, $key: String!) {
         correctUsage(input: $input, idempotencyKey: $key) { recordId state cells { column value } } }`,
      { input: { suspenseId, cells }, key },
    );

  it('corrects a record and rates it, once', async () => {
    const file = await deliver(
      operator,
      usageCsv(
        ['c1,voice,main,,2026-06-14T08:00:00+08:00,x,,', 'c2,sms,main,,2026-06-20T13:00:00+08:00,,,1'],
        family,
      ),
    );
    const [malformed, future] = await suspended(file.fileId);
    const ids = [malformed?.suspenseId ?? '', future?.suspenseId ?? ''];

    expect(await recycle(ids, 'recycle 1')).toMatchObject({
      data: [
        { recordId: 'c1', state: 'OPEN', reason: 'MALFORMED' },
        { recordId: 'c2', state: 'OPEN', reason: 'IN_FUTURE' },
      ],
    });
    expect((await correct(ids[0] ?? '', [{ column: 'colour', value: 'red' }], 'correct 0')).code).toBe(
      'suspense_column_unknown',
    );
    await correct(ids[0] ?? '', [{ column: 'duration_s', value: '120' }], 'correct 1');
    await operator.moveClock('2026-06-20T14:00:00+08:00');
    const done = await recycle(ids, 'recycle 2');
    expect(done).toMatchObject({
      data: [
        { recordId: 'c1', state: 'RATED' },
        { recordId: 'c2', state: 'RATED' },
      ],
    });
    expect(await recycle(ids, 'recycle 2')).toEqual(done);
    expect((await recycle(ids, 'recycle 3')).code).toBe('suspense_not_open');

    const after = (await operator.rest('GET', `/usage/files/${file.fileId}`)).body;
    expect(after).toMatchObject({ read: 2, rated: 2, suspended: 0 });
    expect(
      await deliver(operator, usageCsv(['c1,voice,main,,2026-06-14T08:00:00+08:00,120,,'], family)),
    ).toMatchObject({
      duplicates: 1,
      rated: 0,
    });
  });

  it('keeps a corrected record aside when its id was taken meanwhile with other content', async () => {
    const file = await deliver(operator, usageCsv(['d1,voice,main,,2026-06-15T08:00:00+08:00,,,'], family));
    const [malformed] = await suspended(file.fileId);
    const id = malformed?.suspenseId ?? '';
    await deliver(operator, usageCsv(['d1,voice,main,,2026-06-15T08:00:00+08:00,60,,'], family));
    await correct(id, [{ column: 'duration_s', value: '61' }], 'correct d1');
    expect(await recycle([id], 'recycle d1')).toMatchObject({
      data: [{ state: 'OPEN', reason: 'CONTENT_DIFFERS' }],
    });
    await correct(id, [{ column: 'duration_s', value: '60' }], 'correct d1 again');
    expect(await recycle([id], 'recycle d1 again')).toMatchObject({ data: [{ state: 'DUPLICATE' }] });
  });

  it('gives a record up; unknown records and roles are refused', async () => {
    const file = await deliver(
      operator,
      usageCsv(['e1,voice,8613000000001,,2026-06-15T08:00:00+08:00,60,,']),
    );
    const [unknown] = await suspended(file.fileId);
    const discard = `mutation ($ids: [ID!]!, $key: String!) {
      discardUsage(suspenseIds: $ids, reason: "test number", idempotencyKey: $key) { state detail } }`;
    expect(await mutate(discard, { ids: [unknown?.suspenseId], key: 'discard e1' })).toMatchObject({
      data: [{ state: 'DISCARDED', detail: expect.stringContaining('test number') as string }],
    });
    expect((await mutate(discard, { ids: ['nothing'], key: 'discard nothing' })).code).toBe(
      'suspense_not_found',
    );
    const asCounter = await operator.graphql(discard, { ids: ['x'], key: 'k' }, 'counter');
    expect(asCounter.errors?.[0]?.extensions.code).toBe('role_missing');
  });
});
