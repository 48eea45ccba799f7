import type { Instant } from '@ronghe/kernel';
import { groupPeriodId } from '../balance/group-period';
import type { SessionRequest } from './batch-state';
import type { KnownGroup } from './group-lock.store';
import type { KnownHolders } from './holder-read.store';
import type { KnownAccount, OnlineAccount, OnlineHolder } from './online-account';
import { RecalledRows, type Remembered } from './recalled-rows.service';

/** Which numbers a batch compares itself, and for which the row of an account speaks. */

const NOW = '2026-06-20T04:00:00.000Z' as Instant;
const KEYS = ['8613900000001', '13900000001'];

const accountOf = (accountId: string): OnlineAccount => ({
  accountId,
  lane: 7,
  zone: 'Asia/Shanghai',
  billDay: 1,
  paymentMode: 'postpaid',
  productsVersion: 3,
  sharesMoney: false,
  capsSpending: false,
  balanceGroupId: 'group',
});

const holderOf = (accountId: string, validFrom: string, validTo: string | null): OnlineHolder => ({
  number: KEYS[0] ?? '',
  productId: `product of ${accountId}`,
  accountId,
  lane: 7,
  validFrom: validFrom as Instant,
  validTo: validTo as Instant | null,
  isBlocked: false,
  cardGroupId: `group of ${accountId}`,
  account: accountOf(accountId),
});

const now = holderOf('now', '2026-06-01T00:00:00.000Z', null);
const former = holderOf('before', '2026-01-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z');

/** A number as it is remembered, read by a statement. */
const known = (reading: number, ...holders: OnlineHolder[]): KnownHolders => ({
  holders,
  rowVersions: holders.map(() => '100'),
  from: NOW,
  until: null,
  reading,
});

/** The numbers that a create has compared, where its forms are remembered so. */
function comparedOf(...forms: KnownHolders[]): string[] {
  const group = { version: '200' } as KnownGroup;
  const account: KnownAccount = { account: accountOf('now'), version: '300', place: '(0,1)' };
  const remembered = {
    holders: { find: (key: string) => forms[KEYS.indexOf(key)] },
    accounts: { find: (id: string) => (id === 'now' ? account : undefined) },
    groups: {
      find: (id: string) =>
        id === groupPeriodId({ cardGroupId: 'group of now', period: '2026-06' }) ? group : undefined,
    },
    sessions: { find: () => undefined },
    books: { find: () => ({}) },
  } as unknown as Remembered;
  const rows = new RecalledRows(remembered, NOW);
  expect(rows.add({ kind: 'create', keys: KEYS } as unknown as SessionRequest)).toBe(true);
  return [...rows.holders.keys()];
}

it('compares no number that only products of the account ever held', () => {
  expect(comparedOf(known(1, now), known(1))).toEqual([]);
});

it('compares all forms of a number that somebody else held before', () => {
  expect(comparedOf(known(1, former, now), known(1))).toEqual(KEYS);
  expect(comparedOf(known(1, now), known(1, former))).toEqual(KEYS);
});

it('compares all forms where they were read one after the other', () => {
  expect(comparedOf(known(2, now), known(1))).toEqual(KEYS);
});
