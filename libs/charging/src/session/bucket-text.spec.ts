import { BUCKETS_TEXT, bucketsFromText } from './bucket-text';

const own = ['data/b', 'id', '', '10', '4', '{"m": "6"}', ''];
const terms = [
  ...['base', '{"en": "Data", "zh-CN": "流量"}', '{voice,data}', 'kb', '2026-05-31 16:00:00+00'],
  ...['2026-06-30 16:00:00+00', '7', '', 'add-on', '["near"]', '', '6', '2', 't', 'offer', '3', ''],
];
const textOf = (values: readonly string[]): string => `${values.join('\x1f')}\x1e${terms.join('\x1f')}`;

it('reads what each bucket has of its own, and what it shares with others', () => {
  const [bucket, other] = bucketsFromText(
    [textOf(own), textOf(['data/c', 'other', 'p', '10', '10', '{}', 'o'])].join('\x1d'),
  );
  expect(bucket).toEqual({
    code: 'data/b',
    bucketId: 'id',
    productId: null,
    quantity: 10n,
    remaining: 4n,
    memberUsed: { m: 6n },
    ownerProductId: null,
    origin: 'base',
    label: { en: 'Data', 'zh-CN': '流量' },
    usageClasses: ['voice', 'data'],
    unit: 'kb',
    validFrom: '2026-05-31T16:00:00.000Z',
    validTo: '2026-06-30T16:00:00.000Z',
    priority: 7,
    rollover: null,
    rank: 'add-on',
    zones: ['near'],
    bands: null,
    memberCap: 6n,
    increment: 2n,
    isBlocker: true,
    offeringCode: 'offer',
    offeringVersion: 3,
    users: null,
  });
  const { quantity, productId, ownerProductId, memberUsed, label } = other ?? {};
  expect([quantity, productId, ownerProductId, memberUsed]).toEqual([10n, 'p', 'o', {}]);
  expect(label).toBe(bucket?.label);
});

it('has no buckets where there is no text', () => {
  expect(bucketsFromText(null)).toEqual([]);
});

it.each(['\x1d', '\x1e', '\x1f'])(
  'does not read a value with a character that stands between values',
  (character) => {
    const text = textOf([`data${character}b`, ...own.slice(1)]);
    expect(() => bucketsFromText(text)).toThrow('cannot be told apart');
  },
);

it('asks for every column that it reads', () => {
  expect(BUCKETS_TEXT.match(/b\.\w+/g)).toHaveLength(own.length + terms.length + 1);
});
