import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { catalogDomain } from './index';

const documents = demonstrationDocuments();
const APPLY = `mutation ($files: [CatalogFileInput!]!, $key: String!) {
  applyCatalogDocuments(files: $files, idempotencyKey: $key) { published unchanged }
}`;

let operator: TestOperator;
let serial = 0;
const nextKey = () => `key-${(serial += 1)}`;

beforeAll(async () => {
  operator = await startOperator({ domains: [catalogDomain] });
});
afterAll(() => operator?.stop());

interface File {
  path: string;
  text: string;
}
interface Applied {
  applyCatalogDocuments: { published: string[]; unchanged: string[] };
}
const apply = (files: File[], key = nextKey(), role: 'operations' | 'counter' = 'operations') =>
  operator.graphql<Applied>(APPLY, { files, key }, role);
const errorOf = (answer: { errors?: { extensions: { code: string; kind?: string; details?: object } }[] }) =>
  answer.errors?.[0]?.extensions;
const events = () =>
  operator.sql<{ type: string; aggregate_id: string; version: number; payload: { version: number } }>(
    'select type, aggregate_id, version, payload from catalog.outbox order by id',
  );

/** A version of the inventory policy as a file of its own. */
const inventory = (version: number, from: string, days: number, to: string | null = null): File => ({
  path: `policy/inventory-${version}.yaml`,
  text: [
    'kind: inventory',
    'code: inventory',
    `version: ${version}`,
    `effectiveFrom: ${from}`,
    ...(to === null ? [] : [`effectiveTo: ${to}`]),
    `numberQuarantineDays: ${days}`,
    '',
  ].join('\n'),
});

it('publishes every document once and tells the others all of it', async () => {
  const first = await apply(documents, 'first');
  expect(first.errors).toBeUndefined();
  const published = first.data?.applyCatalogDocuments.published ?? [];
  expect(published).toEqual(expect.arrayContaining(['mobile-5g-199@1', 'convergent-199@1', 'tax@1']));
  expect(first.data?.applyCatalogDocuments.unchanged).toEqual([]);
  const told = await events();
  expect(told.map((event) => `${event.aggregate_id}@${event.payload.version}`).sort()).toEqual(published);
  expect((await apply(documents, 'first')).data).toEqual(first.data);
  expect((await apply(documents)).data?.applyCatalogDocuments).toEqual({
    published: [],
    unchanged: published,
  });
  expect(await events()).toHaveLength(told.length);
});

it('takes the command as well, and answers one key once', async () => {
  const answer = await operator.command('catalog.applyDocuments', { files: documents }, { key: 'command' });
  expect(answer.published).toEqual([]);
  expect(await operator.command('catalog.applyDocuments', { files: documents }, { key: 'command' })).toEqual(
    answer,
  );
});

describe('refusals', () => {
  const plans = () => {
    const file = documents.find(({ path }) => path === 'catalog/mobile-5g-enjoy.yaml');
    if (!file) throw new Error('the demonstration catalog has no mobile plans');
    return file;
  };

  it('a published version keeps its content; nothing else of the files goes live either', async () => {
    const before = await events();
    const changed = { ...plans(), text: plans().text.replace('fee: 129.00', 'fee: 119.00') };
    const ended = { path: 'policy/inventory.yaml', text: inventory(1, '2020-01-01', 90, '2030-01-01').text };
    const added = inventory(2, '2030-01-01', 60);
    expect(changed.text).not.toBe(plans().text);
    expect(errorOf(await apply([changed, ended, added]))).toMatchObject({
      code: 'version_immutable',
      kind: 'conflict',
      details: { versions: [{ code: 'mobile-5g-129', version: 1 }] },
    });
    expect(await events()).toEqual(before);
    expect((await apply(documents)).data?.applyCatalogDocuments.published).toEqual([]);
  });

  it('an unknown field names file, line and field', async () => {
    const wrong = { ...plans(), text: plans().text.replace('fee: 129.00', 'fee: 129.00\n    feee: 1.00') };
    const error = errorOf(await apply([wrong]));
    expect(error).toMatchObject({ code: 'document_invalid', kind: 'invalid' });
    const line = wrong.text.split('\n').findIndex((text) => text.includes('feee')) + 1;
    expect((error?.details as { errors: object[] }).errors[0]).toMatchObject({
      file: 'catalog/mobile-5g-enjoy.yaml',
      line,
      field: expect.stringContaining('feee'),
    });
  });

  it('files are read together with those that are live: without its tariff a plan is refused', async () => {
    const alone = await startOperator({ domains: [catalogDomain] });
    try {
      const answer = await alone.graphql(APPLY, { files: [plans()], key: 'alone' }, 'operations');
      expect(errorOf(answer)?.code).toBe('document_invalid');
    } finally {
      await alone.stop();
    }
    expect((await apply([plans()])).errors).toBeUndefined();
  });

  it.each(['counter', 'billing', 'partner'] as const)('%s may not apply', async (role) => {
    expect(errorOf(await operator.graphql(APPLY, { files: documents, key: nextKey() }, role))?.code).toBe(
      'role_missing',
    );
  });

  it.each([[[]], [[{ path: '', text: 'x' }]]])('files %j are no files', async (files) => {
    expect(errorOf(await apply(files))?.code).toBe('input_invalid');
  });
});

describe('versions', () => {
  const inForce = async (on?: string) => {
    const query = 'query ($on: Date) { policies(on: $on) { edges { node { code version } } } }';
    type Page = { policies: { edges: { node: { code: string; version: number } }[] } };
    const { data } = await operator.graphql<Page>(query, { on }, 'operations');
    return data?.policies.edges.find(({ node }) => node.code === 'inventory')?.node.version;
  };

  const first = (to: string | null = null): File => ({
    path: 'policy/inventory.yaml',
    text: inventory(1, '2020-01-01', 90, to).text,
  });

  it('is refused while the version before has no end', async () => {
    expect(errorOf(await apply([inventory(2, '2026-07-01', 60)]))?.code).toBe('document_invalid');
  });

  it('begins where the version before, which stays as it was, ends; the others hear of both', async () => {
    const { data, errors } = await apply([first('2026-07-01'), inventory(2, '2026-07-01', 60)]);
    expect(errors).toBeUndefined();
    expect(data?.applyCatalogDocuments.published).toEqual(['inventory@1', 'inventory@2']);
    expect([await inForce(), await inForce('2026-06-30'), await inForce('2026-07-01')]).toEqual([1, 1, 2]);
    const rows = await operator.sql(
      `select sequence, version, effective_to::text as to, superseded_at is not null as superseded
       from catalog.policy_version where code = 'inventory' order by sequence`,
    );
    expect(rows).toEqual([
      { sequence: 1, version: 1, to: null, superseded: true },
      { sequence: 2, version: 1, to: '2026-07-01', superseded: false },
      { sequence: 3, version: 2, to: null, superseded: false },
    ]);
    const told = (await events()).filter((event) => event.aggregate_id === 'inventory');
    expect(told.map((event) => [event.version, event.payload.version])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    expect(told[1]?.payload).toMatchObject({
      document: { effectiveTo: '2026-07-01', numberQuarantineDays: 90 },
    });
  });

  it('is in force by business time', async () => {
    await operator.moveClock('2026-06-30T23:59:59+08:00');
    expect(await inForce()).toBe(1);
    await operator.moveClock('2026-07-01T00:00:00+08:00');
    expect(await inForce()).toBe(2);
  });

  it('stays live when its file goes, and nothing takes its place', async () => {
    expect((await apply([{ path: 'policy/inventory-2.yaml', text: '' }])).errors).toBeUndefined();
    expect(await inForce()).toBe(2);
    expect(errorOf(await apply([inventory(2, '2026-07-01', 5)]))?.code).toBe('version_immutable');
    const later = [{ path: 'policy/inventory.yaml', text: '' }, inventory(3, '2027-01-01', 30)];
    expect(errorOf(await apply(later))).toMatchObject({
      code: 'versions_overlap',
      details: { versions: [{ code: 'inventory', version: 3 }] },
    });
  });

  it('is published once by two applications at once', async () => {
    const files = [inventory(2, '2026-07-01', 60, '2029-01-01'), inventory(3, '2029-01-01', 45)];
    const answers = await Promise.all([1, 2, 3, 4].map(() => apply(files)));
    const published = answers.flatMap(({ data }) => data?.applyCatalogDocuments.published ?? []);
    expect(published).toEqual(['inventory@2', 'inventory@3']);
  });

  it('cannot be put below one that is live', async () => {
    const gone = ['policy/inventory.yaml', 'policy/inventory-2.yaml', 'policy/inventory-3.yaml'];
    await operator.sql(
      `update catalog.policy_version set version = 9, document = jsonb_set(document, '{version}', '9')
       where code = 'inventory' and version = 3`,
    );
    const files = [...gone.map((path) => ({ path, text: '' })), inventory(4, '2030-01-01', 1)];
    expect(errorOf(await apply(files))?.code).toBe('version_out_of_order');
  });
});

it('audits clean', async () => {
  expect((await operator.rest('POST', '/audit', {})).body).toMatchObject({ differences: [] });
});
