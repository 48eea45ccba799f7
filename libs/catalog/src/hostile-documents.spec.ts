import { demonstration, problemsOf } from '../test/document-files.adapter';
import { FILE_TEXT_LIMIT } from './authored-file';
import { checkZonePlan } from './check-zone-plan';
import { ProblemList, type Located } from './authored-set';
import { AuthoredFile } from './authored-file';
import { FILE_LIMIT, readDocuments } from './read-documents';
import type { ZonePlanPolicy } from '@ronghe/contracts';

const path = 'catalog/hostile.yaml';
const messagesOf = (text: string) =>
  problemsOf([...demonstration, { path, text }])
    .filter(({ file }) => file === path)
    .map(({ message }) => message);

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
    (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`,
  ),
].join('\n');

describe('a hostile document', () => {
  it.each([
    ['a bomb of anchors', bomb, /alias/i],
    ['10 MB', 'a'.repeat(10_000_000), new RegExp(`is larger than ${FILE_TEXT_LIMIT} characters`)],
    ['a tower of brackets', '['.repeat(500_000), /nested more than/],
    ['a tower of braces', '{a: '.repeat(100_000), /nested more than/],
    ['a tower of dashes', '- '.repeat(100_000), /nested more than/],
    ['a tower of questions', '? '.repeat(100_000), /nested more than/],
    [
      'a tower of indentation',
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /nested more than/,
    ],
    ['an alias of itself', 'offers: &a [*a]', /must be|alias|recurs/i],
    ['a key twice', 'offers: []\ntariffs: []\noffers: []', /Map keys must be unique: offers/],
    ['a key that is a list', '? [offers]\n: []', /Map keys must be text/],
    ['two documents', 'offers: []\n---\noffers: []', /multiple documents/],
    ['a prototype', '__proto__: { offers: [] }', /__proto__ cannot be a field/],
    ['a constructor', 'constructor: { prototype: { polluted: yes } }', /unknown field/],
    ['a number', '42', /must be fields/],
    ['a list of nothing', 'offers: [~, null, "", 7]', /must be fields/],
    ['a control character', 'offers: [\u0000]', /./],
  ])('%s is refused with a sentence', (_, text, message) => {
    const messages = messagesOf(text);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.join('\n')).toMatch(message);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('has 100,000 keys, or 100,000 mistakes, and is answered all the same', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `key${index}: 1`).join('\n');
    expect(messagesOf(keys)[0]).toBe('unknown field');
    expect(messagesOf(`offers: [${'1,'.repeat(100_000)}1]`)[0]).toMatch(/must be|Too big/i);
  });

  it('has prototype names where codes are free', () => {
    const text = [
      'specifications:',
      '  - code: constructor',
      '    name: { en: A, zh-CN: 甲 }',
      '    lineOfBusiness: cloud',
      '    stock: []',
      '    characteristics: { constructor: fine, toString: 7 }',
      '    allowances: { __proto__: {} }',
      '    fee: { chargeClass: cloud fee, taxClass: value-added, timing: arrears, firstPeriod: full, lastPeriod: full, countDays: of the period }',
    ].join('\n');
    expect(messagesOf(text)).toEqual(['__proto__ cannot be a field']);
    expect(messagesOf(text.replace('    allowances: { __proto__: {} }', ''))).toEqual([]);
  });

  it('is one of too many', () => {
    const files = Array.from({ length: FILE_LIMIT + 1 }, (_, index) => ({
      path: `${index}.yaml`,
      text: 'offers: []',
    }));
    expect(() => readDocuments(files)).toThrow(`more than ${FILE_LIMIT} files`);
  });
});

describe('a zone plan of 50,000 prefixes', () => {
  const prefixes = (count: number) => Array.from({ length: count }, (_, index) => String(100_000 + index));

  it('is read', () => {
    const text = [
      'kind: zone-plan',
      'code: world',
      'version: 1',
      'effectiveFrom: 2026-01-01',
      'zones:',
      `  - { code: world, label: { en: world, zh-CN: 世界 }, prefixes: [${prefixes(50_000).join(', ')}] }`,
    ].join('\n');
    const plan = readDocuments([...demonstration, { path, text }]).policies.find(
      ({ code }) => code === 'world',
    );
    expect(plan?.kind === 'zone-plan' && plan.zones[0]?.prefixes.length).toBe(50_000);
  });

  it('is looked at once for each prefix', () => {
    const readsOf = (count: number): number => {
      let reads = 0;
      const counted = new Proxy(prefixes(count), {
        get(target, name, receiver) {
          if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
          return Reflect.get(target, name, receiver) as unknown;
        },
      });
      const value = { zones: [{ code: 'world', label: { en: 'w', 'zh-CN': '世' }, prefixes: counted }] };
      const at: Located<ZonePlanPolicy> = {
        value: {
          kind: 'zone-plan',
          code: 'world',
          version: 1,
          effectiveTo: null,
          ...value,
        } as unknown as ZonePlanPolicy,
        file: new AuthoredFile({ path, text: '' }),
        path: [],
      };
      checkZonePlan(at, new ProblemList());
      return reads;
    };
    expect(readsOf(50_000)).toBe(50_000);
  });
});
