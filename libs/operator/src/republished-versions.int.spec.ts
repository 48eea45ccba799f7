import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { allDomains } from './index';

const END = '2031-01-01';

/** Where each consumer keeps the versions of offers and policies that it has heard of. */
const projections = [
  'ordering.offer_version',
  'ordering.policy_version',
  'charging.offer',
  'charging.policy',
  'billing.offer',
  'billing.policy',
  'inventory.policy',
  'provisioning.policy',
  'receivables.policy',
];

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: allDomains });
  const files = demonstrationDocuments();
  await operator.command('catalog.applyDocuments', { files }, { key: 'open' });
  await operator.settle();
  const closed = files.map(({ path, text }) => ({
    path,
    // Versions that have an end keep it.
    text: (/^effectiveTo:/m.test(text)
      ? text
      : text.replace(/^effectiveFrom:.*$/m, `$&\neffectiveTo: ${END}`)
    ).replaceAll(/(sale:.*\{ from: [0-9-]+)/g, `$1, to: ${END}`),
  }));
  await operator.command('catalog.applyDocuments', { files: closed }, { key: 'closed' });
  await operator.settle();
});
afterAll(() => operator?.stop());

describe('a version that is published again because it got an end', () => {
  it.each(projections)('ends in %s too', async (table) => {
    const rows = await operator.sql<{ end: string | null }>(
      `select distinct document->>'effectiveTo' as end from ${table}
       where coalesce(document->>'effectiveTo', '${END}') >= '2030'`,
    );
    expect(rows).toEqual([{ end: END }]);
  });

  it('is no longer in force where its days are columns of their own', async () => {
    const rows = await operator.sql<{ end: string | null }>(
      `select distinct effective_to::text as end from (
         select effective_to from charging.policy union all select effective_to from ordering.policy_version) as kept
       where coalesce(effective_to, '${END}') >= '2030-01-01'`,
    );
    expect(rows).toEqual([{ end: END }]);
  });
});
