import {
  changed as changedIn,
  demonstration as files,
  problemsOf,
  tableOf,
} from '../test/document-files.adapter';
import { readDocuments, type DocumentFile } from './read-documents';

const changed = (path: string, from: string, to: string): DocumentFile[] => changedIn(files, path, from, to);

function lineOf(path: string, text: string): number {
  const file = files.find((candidate) => candidate.path === path);
  return (file?.text.slice(0, file.text.indexOf(text)).split('\n') ?? []).length;
}

const enjoy = 'catalog/mobile-5g-enjoy.yaml';
const bundle = 'catalog/convergent-199.yaml';

describe('the demonstration documents', () => {
  const { offers, policies } = readDocuments(files);
  const offer = (code: string) => offers.find((candidate) => candidate.code === code);

  it('are valid and complete', () => {
    expect(offers.map(({ code }) => code)).toEqual([
      'broadband-line',
      'broadband-second-line',
      'convergent-199',
      'data-pack-10',
      'family-cloud',
      'fixed-line',
      'home-1000',
      'home-1000-year',
      'home-300',
      'iptv-set',
      'mobile-5g-129',
      'mobile-5g-169',
      'mobile-5g-199',
      'mobile-5g-239',
      'prepaid-8',
      'sub-card',
      'welcome-data-7',
    ]);
    expect(policies.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'tax',
        'rounding',
        'billing',
        'ordering',
        'inventory',
        'usage-source',
        'provisioning',
      ]),
    );
    expect(policies.map(({ kind }) => kind)).toContain('balance');
  });

  it('keep prices as they were written, and resolve sizes', () => {
    expect(offer('mobile-5g-199')).toMatchObject({
      recurringPrices: [
        { code: 'monthly-fee', amount: '199.00', firstPeriod: 'prorate', lastPeriod: 'full' },
      ],
      allowances: [
        { code: 'data', quantity: String(60 * 1024 * 1024), wholeUnits: '1048576', unit: 'kb' },
        { code: 'voice', quantity: '1000', wholeUnits: '1', unit: 'minute', rollover: null },
      ],
      discounts: [
        { code: 'launch', percent: '20', periods: 6, startsAfterPeriods: 1, onlyOrderedAlone: true },
      ],
      resourceNeeds: ['mobile_number', 'sim'],
    });
    expect(offer('mobile-5g-199')?.usagePrices.find(({ code }) => code === 'data-out')).toMatchObject({
      model: {
        kind: 'repeating-step',
        price: { amount: '0.03', per: '1024' },
        blockUnits: '1048576',
        blockMaximum: '3.00',
      },
      counter: 'card-group',
      cap: { amount: '600.00', action: 'stop' },
    });
    expect(offer('sub-card')).toMatchObject({
      usagePricedBy: 'main',
      usagePrices: [],
      sale: { requires: [{ specification: 'mobile-main' }], atMost: { count: 2, per: 'card-group' } },
    });
    expect(offer('broadband-line')?.characteristics).toEqual({ downMbit: '500', upMbit: '30' });
  });

  it('are the same whatever the order of the files', () => {
    expect(readDocuments([...files].reverse())).toEqual({ offers, policies });
  });
});

/** File | what is there | what the author wrote instead | field | message. */
const mistakes = tableOf(`
  catalog/mobile-5g-enjoy.yaml |     fee: 129.00 |     fees: 129.00 | offers[0].fees | unknown field
  catalog/mobile-5g-enjoy.yaml | fee: 129.00 | fee: [129.00] | offers[0].fee | must be text
  catalog/mobile-5g-enjoy.yaml | fee: 129.00 | fee: 129,00 | offers[0].fee | must be a number such as 12.50
  catalog/mobile-5g-enjoy.yaml | data: 30 GB | data: 30GB | offers[0].allowances.data | must be a quantity
  catalog/mobile-5g-enjoy.yaml | data: 30 GB | data: 30 min | offers[0].allowances.data | must be in the unit of data
  catalog/mobile-5g-enjoy.yaml | from: 2026-01-01 | from: 2026-02-30 | offers[0].sale.from | must be a day
  catalog/mobile-5g-enjoy.yaml | usage: mobile-national | usage: mobile | offers[0].usage | unknown tariff mobile
  catalog/mobile-5g-enjoy.yaml | specification: mobile-main | specification: mobile | offers[0].specification | unknown specification mobile
  catalog/mobile-5g-enjoy.yaml | voice: 500 min | talk: 500 min | offers[0].allowances.talk | has no allowance talk
  catalog/usage-tariffs.yaml | taxClass: messaging | taxClass: post | tariffs[0].prices[1].taxClass | the tax policy has no class post
  catalog/usage-tariffs.yaml | chargeClass: SMS | chargeClass: fax | tariffs[0].prices[1].chargeClass | has no charge class fax
  catalog/mobile-5g-enjoy.yaml | from: 2026-01-01 | from: 2025-12-31 | offers[0].sale.from | no rate on 2025-12-31
  catalog/usage-tariffs.yaml | 60+60 s | 60+60 KB | tariffs[0].prices[0].counted | voice is not counted in this unit
  catalog/usage-tariffs.yaml | 0.10 per message | 0.10 per MB | tariffs[0].prices[1].price | sms is not priced
  catalog/convergent-199.yaml | offer: sub-card | offer: sub-cards | bundles[0].members[1].offer | unknown offer sub-cards
  catalog/convergent-199.yaml | broadband-line, count: 1 | broadband-line, count: 0-1 | bundles[0].holdsWhile[1] | broadband-line is optional
  catalog/convergent-199.yaml | fee: 159.00 | fee: 199.01 | bundles[0].prices[0].fee | is more than the fee
  catalog/convergent-199.yaml | - member: fixed-line | - member: fixed | bundles[0].allowances[1].member | fixed is not a member
  policy/tax.yaml | to: 2026-01-01 | to: 2025-12-01 | classes[1].rates[1].from | leaves a gap after 2025-12-01
  policy/tax.yaml | to: 2026-01-01 | to: 2026-02-01 | classes[1].rates[1].from | overlaps the rate before
  policy/inventory.yaml | kind: inventory | kind: stock | kind | must be tax, rounding
  policy/inventory.yaml | numberQuarantineDays: 90 |  | numberQuarantineDays | is missing
  policy/billing.yaml | dueDays: 30 | dueDays: 900 | dueDays | must be 1 to 90
  policy/usage-mediation.yaml | Asia/Shanghai | Asia/Shangri-La | zone | is not a time zone
  policy/provisioning-2.yaml | hlr/subscriptions/{productId} | hlr/subscriptions/{imsi} | decomposition[0].tasks[0].path | {imsi} is neither
`).map(
  ([path = '', from = '', to = '', field = '', message = '']) => [path, from, to, field, message] as const,
);

describe('a document with a mistake', () => {
  it.each(mistakes)('in %s, %s → %s: %s %s', (path, from, to, field, message) => {
    const problems = problemsOf(changed(path, from, to));
    expect(problems).toContainEqual(
      expect.objectContaining({ field, message: expect.stringContaining(message) as string }),
    );
  });

  it('points at the very line', () => {
    const [first] = problemsOf(changed(enjoy, '    fee: 169.00', '    fee: 169.00\n    colour: red'));
    expect(first).toEqual({
      file: enjoy,
      line: lineOf(enjoy, 'fee: 169.00') + 1,
      field: 'offers[1].colour',
      message: 'unknown field',
    });
  });

  it('points at a line inside a repeated part, where it was written', () => {
    const [first] = problemsOf(changed(enjoy, 'percent: 20', 'percent: 120'));
    expect(first).toMatchObject({
      line: lineOf(enjoy, 'percent: 20'),
      field: 'offers[0].discounts[0].percent',
    });
  });

  it('tells several mistakes in several files at once, in order', () => {
    const twice = changed(enjoy, 'fee: 129.00', 'fee: free').map((file) =>
      file.path === bundle ? { ...file, text: file.text.replace('count: 0-2', 'count: some') } : file,
    );
    expect(problemsOf(twice).map(({ file, field }) => [file, field])).toEqual([
      [bundle, 'bundles[0].members[1].count'],
      [enjoy, 'offers[0].fee'],
    ]);
  });

  it.each([
    ['no YAML', 'offers: [', 'Flow sequence'],
    ['a field twice', 'offers: []\noffers: []', 'Map keys must be unique'],
    ['a list', '- offers', 'must be fields'],
    ['an alias of nothing', 'offers: *nothing', 'nothing'],
  ])('refuses a file that is %s', (_, text, message) => {
    const problems = problemsOf([...files, { path: 'catalog/new.yaml', text }]);
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: 'catalog/new.yaml',
        message: expect.stringContaining(message) as string,
      }),
    );
  });
});

describe('versions of one offer', () => {
  const second = (from: string) => ({
    path: 'catalog/new-version.yaml',
    text: [
      'offers:',
      '  - code: family-cloud',
      '    version: 2',
      '    name: { en: Family cloud, zh-CN: 家庭云盘 }',
      '    specification: cloud-storage',
      `    sale: { from: ${from}, alone: no }`,
    ].join('\n'),
  });
  const ended = (to: string) =>
    changed('catalog/fixed-network.yaml', 'alone: no, atMost: 1', `to: ${to}, alone: no, atMost: 1`);

  it('follow each other, with a pause in the sale where it is wanted', () => {
    expect(problemsOf([...ended('2027-01-01'), second('2027-01-01')])).toEqual([]);
    expect(problemsOf([...ended('2027-01-01'), second('2027-03-01')])).toEqual([]);
  });

  it('may not overlap', () => {
    expect(problemsOf([...ended('2027-01-01'), second('2026-12-31')])[0]?.message).toMatch(
      /overlaps version 2/,
    );
    expect(problemsOf([...files, second('2027-01-01')])[0]?.message).toMatch(
      /has no end, but version 2 starts/,
    );
    expect(problemsOf([...ended('2027-01-01'), second('2026-01-01')])[0]?.message).toMatch(
      /must be after 2026-01-01/,
    );
  });

  it('are each there once', () => {
    const again = {
      path: 'catalog/again.yaml',
      text: second('2027-01-01').text.replace('version: 2', 'version: 1'),
    };
    expect(problemsOf([...files, again])[0]).toMatchObject({
      message: expect.stringContaining('is already in') as string,
    });
  });

  it('may mend an earlier one of the same specification', () => {
    const mending = (corrects: string) => {
      const { path, text } = second('2027-01-01');
      return { path, text: text.replace('version: 2', `version: 2\n    corrects: ${corrects}`) };
    };
    const withMending = (corrects: string) => [...ended('2027-01-01'), mending(corrects)];
    expect(problemsOf(withMending('1'))).toEqual([]);
    const mended = readDocuments(withMending('1')).offers.filter(({ code }) => code === 'family-cloud');
    expect(mended.map(({ version, corrects }) => [version, corrects])).toEqual([
      [1, undefined],
      [2, 1],
    ]);
    expect(problemsOf(withMending('2'))[0]?.message).toBe('must be lower than version 2');
    const later = withMending('2').map((file) => ({
      ...file,
      text: file.text.replace('version: 2\n', 'version: 3\n'),
    }));
    expect(problemsOf(later)[0]?.message).toBe('there is no version 2 of family-cloud');
  });

  it('of a zone plan may mend an earlier one', () => {
    const path = 'policy/zones-dialled-in-china.yaml';
    const of = (corrects: string) => changed(path, 'version: 1\n', `version: 1\ncorrects: ${corrects}\n`);
    expect(problemsOf(of('1'))[0]?.message).toBe('must be lower than version 1');
    const closed = changed(path, 'version: 1\n', 'version: 1\neffectiveTo: 2027-01-01\n');
    const text = files.find((file) => file.path === path)?.text ?? '';
    const next = (corrects: string) => ({
      path: 'policy/zones-2.yaml',
      text: text
        .replace('version: 1\n', `version: 2\ncorrects: ${corrects}\n`)
        .replace(/effectiveFrom: .*/, 'effectiveFrom: 2027-01-01'),
    });
    expect(problemsOf([...closed, next('1')])).toEqual([]);
  });

  it('of a policy leave no gap', () => {
    const inventory = files.find(({ path }) => path === 'policy/inventory.yaml')?.text ?? '';
    const closed = changed('policy/inventory.yaml', 'version: 1', 'version: 1\neffectiveTo: 2026-09-01');
    const next = (from: string) => ({
      path: 'policy/inventory-2.yaml',
      text: inventory.replace('version: 1', 'version: 2').replace('2020-01-01', from),
    });
    expect(problemsOf([...closed, next('2026-09-01')])).toEqual([]);
    expect(problemsOf([...closed, next('2026-10-01')])[0]?.message).toMatch(/leaves a gap/);
  });
});
