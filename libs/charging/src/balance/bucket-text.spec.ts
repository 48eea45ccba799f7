import { createHash } from 'node:crypto';
import { BUCKETS_TEXT, bucketsFromText, SHORT_BUCKETS_TEXT } from './bucket-text';

const times = ['2026-05-31 16:00:00+00', '2026-06-30 16:00:00+00'];
const own = ['data/b', 'id', '', '10', '4', '{"m": "6"}', '', ...times];
const terms = [
  ...['base', '{"en": "Data", "zh-CN": "流量"}', '{voice,data}', 'kb', '7', '', 'add-on'],
  ...['["near"]', '', '6', '2', 't', 'offer', '3', ''],
];
const textOf = (values: readonly string[], said = terms.join('\x1f')): string =>
  `${values.join('\x1f')}\x1e${said}`;
const hashOf = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 20);

it('reads what each bucket has of its own, and what it shares with others', () => {
  const [bucket, other] =
    bucketsFromText(
      [textOf(own), textOf(['data/c', 'other', 'p', '10', '10', '{}', 'o', ...times])].join('\x1d'),
    ) ?? [];
  expect(bucket).toEqual({
    code: 'data/b',
    bucketId: 'id',
    productId: null,
    quantity: 10n,
    remaining: 4n,
    isMoved: false,
    reserved: 0n,
    memberReserved: null,
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

it('reads the short form as the long one, once it has read what is said of the buckets', () => {
  const said = terms.with(4, '8').join('\x1f');
  const long = [
    textOf(['data/b', 'b', 'p', '10', '10', '{}', '', ...times], said),
    textOf(['data/c', 'c', 'p', '12', '11', '{"m": "1"}', 'o', ...times], said),
    textOf(['data/d', 'd', '', '12', '12', '{}', '', times[1] ?? '', times[1] ?? ''], said),
    textOf(['data/e', 'e', '', '0', '0', '{}', '', times[1] ?? '', times[1] ?? ''], said),
  ].join('\x1d');
  const short = [
    textOf(['data/b', 'b', 'p', '10', '', '', '', ...times], `#${hashOf(said)}`),
    textOf(['data/c', 'c', '"', '12', '11', '{"m": "1"}', 'o', '"', '"'], `#${hashOf(said)}`),
    textOf(['data/d', 'd', '', '12', '', '', '', times[1] ?? '', '"'], `#${hashOf(said)}`),
    textOf(['data/e', 'e', '"', '0', '', '', '', '"', '"'], `#${hashOf(said)}`),
  ].join('\x1d');
  expect(bucketsFromText(short)).toBeUndefined();
  const buckets = bucketsFromText(long);
  expect(buckets).toHaveLength(4);
  expect(bucketsFromText(short)).toEqual(buckets);
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

it('asks for every column that it reads, in either form', () => {
  const asked = (text: string): Set<string> => new Set(text.match(/\bb\.\w+/g));
  expect(asked(BUCKETS_TEXT).size).toBe(own.length + terms.length);
  const places = ['b.lane', 'b.card_group_id', 'b.period'];
  expect(asked(SHORT_BUCKETS_TEXT)).toEqual(new Set([...asked(BUCKETS_TEXT), ...places]));
});
