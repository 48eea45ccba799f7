import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { catalogDomain } from './index';

const documents = demonstrationDocuments();

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [catalogDomain] });
  await operator.command('catalog.applyDocuments', { files: documents }, { key: 'demonstration' });
});
afterAll(() => operator?.stop());

const plans = () => {
  const file = documents.find(({ path }) => path === 'catalog/mobile-5g-enjoy.yaml');
  if (!file) throw new Error('the demonstration catalog has no mobile plans');
  return file;
};

const family = (version: number, from: string) => ({
  path: 'catalog/draft.yaml',
  text: [
    'offers:',
    '  - code: student-cloud',
    `    version: ${version}`,
    '    name: { en: Student cloud, zh-CN: 学生云盘 }',
    '    specification: cloud-storage',
    `    sale: { from: ${from}, alone: yes }`,
    '    fee: 3.00',
  ].join('\n'),
});

const tables = () =>
  operator.sql(
    `select (select count(*) from catalog.offer_version) as offers, (select count(*) from catalog.policy_version) as policies,
       (select count(*) from catalog.document_source) as sources, (select application from catalog.live_state) as application`,
  );

describe('a draft', () => {
  it('is resolved together with what is live, and written nowhere', async () => {
    const before = await tables();
    const draft = await operator.ask('catalog.resolveDraft', { files: [family(1, '2026-03-01')] });
    expect(draft).toMatchObject({ problems: [], conflicts: [], drafted: ['student-cloud@1'] });
    expect(draft.offers.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['student-cloud', 'mobile-5g-199', 'convergent-199']),
    );
    expect(draft.policies.map(({ code }) => code)).toEqual(expect.arrayContaining(['tax', 'billing']));
    expect(await tables()).toEqual(before);
  });

  it('may try another price under a published version, and says that it cannot be applied so', async () => {
    const cheaper = { ...plans(), text: plans().text.replace('fee: 129.00', 'fee: 119.00') };
    const draft = await operator.ask('catalog.resolveDraft', { files: [cheaper] });
    const [plan] = draft.offers.filter(({ code }) => code === 'mobile-5g-129');
    expect(plan?.recurringPrices.map(({ amount }) => amount)).toEqual(['119.00']);
    expect(draft.drafted).toEqual(['mobile-5g-129@1']);
    expect(draft.conflicts).toEqual([
      'published versions cannot change (mobile-5g-129 version 1): publish a new version',
    ]);
  });

  it('with mistakes names each file, line and field, and comes to nothing', async () => {
    const wrong = { ...plans(), text: plans().text.replace('fee: 129.00', 'fee: cheap') };
    const line = wrong.text.split('\n').findIndex((text) => text.includes('cheap')) + 1;
    const draft = await operator.ask('catalog.resolveDraft', {
      files: [wrong, { path: 'catalog/z.yaml', text: 'offers: [' }],
    });
    expect(draft.problems[0]).toBe(
      `catalog/mobile-5g-enjoy.yaml:${line} offers[0].fee: must be a number such as 12.50`,
    );
    expect(draft.problems[1]).toMatch(/^catalog\/z\.yaml:1 /);
    expect(draft).toMatchObject({ offers: [], policies: [], drafted: [] });
  });
});
