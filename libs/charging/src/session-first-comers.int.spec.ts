import { billPeriodAt, instantFromIso, newId, type BillCycle } from '@ronghe/kernel';
import { BusinessClock, Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { AccountBooks } from './balance/account-books.service';
import { groupPeriodId } from './balance/group-period';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  terminate,
  usageCsv,
  type Family,
} from './family.fixture';
import { FirstComers } from './session/first-comers.service';
import { knowGroups } from './session/group-lock.store';
import { findHolders } from './session/holder-read.store';
import { SessionBooks } from './session/session-books.service';
import { SessionMemory } from './session/session-memory.service';

/** What is read at once of who comes for the first time is what is read of him otherwise, table by table. */

const NOW = '2026-06-20T06:00:00+08:00';
const CARDS = ['main', 'sub1', 'broadband'];

let operator: TestOperator;
beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-01T00:00:00+08:00' });
  await publishDocuments(operator);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await operator?.stop();
});

const sell = (account: Partial<Family['account']> = {}, more: object = {}): Promise<Family> =>
  sellFamily(operator, CARDS, { from: '2026-06-03T00:00:00+08:00', online: ['main'], account, ...more });

/** A process that has read the one family, and so knows its offers, with how to read others and what it knows of a family. */
async function processThatKnows(family: Family) {
  // However slow the machine is: what was published was asked for a moment ago.
  jest.spyOn(performance, 'now').mockReturnValue(performance.now());
  const memory = new SessionMemory();
  const books = new SessionBooks(operator.get(AccountBooks));
  const comers = new FirstComers(operator.get(Transactions), books, memory, operator.get(BusinessClock));
  await comers.known([family.numberOf('main')]);
  const inOtherWays = jest.spyOn(books, 'open');
  const read = async (...numbers: string[]): Promise<boolean> => {
    inOtherWays.mockClear();
    await comers.known(numbers);
    return inOtherWays.mock.calls.length === 0;
  };
  return { memory, books, comers, read };
}

/** All that is remembered of a number whose holder has a card group of his own. */
function knownOf(memory: SessionMemory, number: string, { account, products }: Family) {
  const cardGroupId = products['main']?.cardGroupId ?? '';
  return {
    holders: { ...memory.holders.peek(number), reading: null },
    account: memory.accounts.peek(account.accountId),
    group: memory.groups.peek(groupPeriodId({ cardGroupId, period: periodOf(account) })),
  };
}

const periodOf = (cycle: BillCycle): string => billPeriodAt(instantFromIso(NOW), cycle).key;

/** The same from each table by itself. */
async function readByTable(number: string, family: Family) {
  const memory = new SessionMemory();
  const { lane, products } = { ...family.account, ...family };
  const cardGroupId = products['main']?.cardGroupId ?? '';
  await operator.get(Transactions).run(async (tx) => {
    await findHolders(tx, [number], memory);
    await knowGroups(tx, [{ lane, cardGroupId, period: periodOf(family.account) }], memory.groups);
  });
  return knownOf(memory, number, family);
}

it('reads holders, accounts and card groups as each table has them', async () => {
  const [first, late, last, prepaid, used] = [
    await sell(),
    await sell({ billDay: 25 }),
    await sell({ billDay: 31 }),
    await sell({ paymentMode: 'prepaid' }),
    await sell(),
  ];
  const left = await sell();
  await operator.settle();
  await terminate(operator, left, ['main'], instantFromIso('2026-06-10T00:00:00+08:00'));
  await operator.moveClock('2026-06-12T00:00:00+08:00');
  const number = left.numberOf('main');
  const followed = await sell({}, { number, from: '2026-06-12T00:00:00+08:00' });
  await operator.settle();
  await operator.moveClock(NOW);
  await deliver(operator, usageCsv(['u1,data,main,,2026-06-12T08:00:00+08:00,,900,'], used));
  const { memory, books, read } = await processThatKnows(first);
  const families = [late, last, prepaid, used, followed];
  const numbers = families.map((family) => family.numberOf('main'));
  expect(await read(...numbers)).toBe(true);
  for (const family of families) {
    const of = family.numberOf('main');
    const known = knownOf(memory, of, family);
    expect(known).toEqual(await readByTable(of, family));
    expect(known.group?.group.buckets.length).toBeGreaterThan(0);
    expect(
      known.account && books.find(known.account.account)?.holdingsOf(family.account.accountId),
    ).toHaveLength(3);
  }
  // One who held it before, and two cards that hold it now.
  expect(memory.holders.peek(number)?.holders).toHaveLength(3);
});

it('reads buckets out of the text in their group’s row, while it says what is in theirs', async () => {
  const [first, granted, used, rerated] = [await sell(), await sell(), await sell(), await sell()];
  await operator.settle();
  await operator.moveClock(NOW);
  const textOf = async ({ products }: Family): Promise<string | null | undefined> => {
    const [row] = await operator.sql<{ text: string | null }>(
      `select bucket_rows as text from charging.group_period where card_group_id = $1 and period = '2026-06'`,
      [products['main']?.cardGroupId],
    );
    return row?.text;
  };
  await deliver(operator, usageCsv(['u1,voice,main,,2026-06-12T08:00:00+08:00,60,,'], used), 'used.csv');
  await deliver(operator, usageCsv(['u3,voice,main,,2026-06-12T08:00:00+08:00,60,,'], rerated), 'more.csv');
  await operator.sql('update charging.group_period set needs_rerate = true where account_id = $1', [
    rerated.account.accountId,
  ]);
  await operator.settle();
  // Rated again: the text says what is left.
  expect(await textOf(rerated)).toContain('#');
  const text = await textOf(granted);
  await deliver(operator, usageCsv(['u2,sms,main,86138,2026-06-12T08:00:00+08:00,,,1'], granted), 'sms.csv');
  expect((await ratedByRecord(operator))['u2']).toMatch(/^[1-9]/);
  // What takes nothing from buckets leaves it as it is.
  expect(await textOf(granted)).toBe(text);
  expect(text).toContain('#');
  expect(await textOf(used)).toBeNull();
  const { memory, read } = await processThatKnows(first);
  // As nobody does it: who writes buckets writes their group's row too.
  await operator.sql(
    `update charging.bucket set granted = granted + 5, remaining = remaining + 5 where account_id = $1`,
    [granted.account.accountId],
  );
  const bucketsOf = async (family: Family) => {
    expect(await read(family.numberOf('main'))).toBe(true);
    return knownOf(memory, family.numberOf('main'), family).group?.group.buckets ?? [];
  };
  const byTable = async (family: Family) =>
    (await readByTable(family.numberOf('main'), family)).group?.group.buckets ?? [];
  const [fromText, fromRows] = [await bucketsOf(granted), await byTable(granted)];
  expect(fromText).toEqual(
    fromRows.map(({ quantity, remaining, ...more }) => ({
      ...more,
      quantity: quantity - 5n,
      remaining: remaining - 5n,
    })),
  );
  for (const family of [used, rerated]) {
    expect(await bucketsOf(family)).toEqual(await byTable(family));
    expect((await byTable(family)).some(({ quantity, remaining }) => remaining < quantity)).toBe(true);
  }
  const different = expect.objectContaining({ name: 'buckets-equal-texts' }) as unknown;
  expect(await auditDifferences(operator)).toContainEqual(different);
});

it('reads again what was forgotten of somebody whose number is remembered', async () => {
  const [first, other] = [await sell(), await sell()];
  await operator.settle();
  await operator.moveClock(NOW);
  const { memory, books, comers, read } = await processThatKnows(first);
  const number = other.numberOf('main');
  expect(await read(number)).toBe(true);
  const known = knownOf(memory, number, other);
  const account = known.account?.account;
  expect(comers.known([number])).toBeNull();
  const { cardGroupId = '' } = other.products['main'] ?? {};
  memory.groups.forget(groupPeriodId({ cardGroupId, period: periodOf(other.account) }));
  expect(await read(number)).toBe(true);
  expect(knownOf(memory, number, other)).toEqual(known);
  memory.accounts.forget(other.account.accountId);
  expect(await read(number)).toBe(true);
  expect(knownOf(memory, number, other)).toEqual(known);
  // Under what is published now its products have to be read, in another way.
  books.stamp = '';
  memory.accounts.forget(other.account.accountId);
  expect(await read(number)).toBe(false);
  expect(account && books.find(account)).toBeDefined();
  expect(comers.known([number])).toBeNull();
});

it('does not read again who once held a number', async () => {
  const [first, left] = [await sell(), await sell()];
  await operator.settle();
  await terminate(operator, left, ['main', 'sub1'], instantFromIso('2026-06-10T00:00:00+08:00'));
  // In a period that is not open for his card group, as he has nothing in it.
  await operator.moveClock('2026-07-05T00:00:00+08:00');
  const { comers, read } = await processThatKnows(first);
  expect(comers.known([left.numberOf('main')])).not.toBeNull();
  await read(left.numberOf('main'));
  expect(comers.known([left.numberOf('main')])).toBeNull();
});

it('reads rows where a text refers to terms that this process has not read', async () => {
  const [first, unknown] = [await sell(), await sell()];
  await operator.settle();
  await operator.moveClock(NOW);
  await operator.sql(
    `update charging.group_period set bucket_rows = regexp_replace(bucket_rows, '#.{20}', '#' || repeat('0', 20))
     where account_id = $1`,
    [unknown.account.accountId],
  );
  const { memory, read } = await processThatKnows(first);
  const number = unknown.numberOf('main');
  expect(await read(number)).toBe(false);
  expect(knownOf(memory, number, unknown)).toEqual(await readByTable(number, unknown));
  expect(knownOf(memory, number, unknown).group?.group.buckets.length).toBeGreaterThan(0);
});

it('leaves a period alone that has not begun, or is over, in the zone of the account', async () => {
  const [first, elsewhere] = [await sell(), await sell({ zone: 'America/New_York', billDay: 20 })];
  await operator.settle();
  await operator.moveClock(NOW);
  const { memory, read } = await processThatKnows(first);
  const number = elsewhere.numberOf('main');
  expect(await read(number)).toBe(true);
  const stored = await readByTable(number, elsewhere);
  expect(knownOf(memory, number, elsewhere)).toEqual({ ...stored, group: undefined });
  expect(memory.groups.size).toBe(1);
});

it('remembers nothing of a period that is not open, and that nobody holds a number', async () => {
  const [first, unopened] = [await sell(), await sell()];
  await operator.settle();
  await operator.moveClock(NOW);
  const { account } = unopened;
  await operator.sql('delete from charging.bucket where account_id = $1', [account.accountId]);
  await operator.sql('delete from charging.group_period where account_id = $1', [account.accountId]);
  const { memory, read } = await processThatKnows(first);
  expect(await read(unopened.numberOf('main'), 'nobody')).toBe(true);
  const known = knownOf(memory, unopened.numberOf('main'), unopened);
  expect(known).toEqual(await readByTable(unopened.numberOf('main'), unopened));
  expect(known).toMatchObject({ holders: { holders: [{}] }, group: undefined });
  expect(memory.holders.peek('nobody')?.holders).toEqual([]);
});

it('reads those otherwise who share, were given units, or have offers that it does not know', async () => {
  const [first, owner, given] = [await sell(), await sell(), await sell()];
  const other = await sellFamily(operator, ['main'], { bundle: false, online: ['main'] });
  const member = await sell(owner.account);
  await operator.settle();
  const ids = [owner, member].map(({ products }) => products['main']?.productId);
  await operator.graphql(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) { sharingId } }`,
    {
      input: { ownerProductId: ids[0], memberProductId: ids[1], caps: [], reason: 'family' },
      key: newId(),
    },
  );
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  await operator.command(
    'charging.grantUnits',
    {
      ...{ productId: given.products['main']?.productId ?? '', usageClasses: ['data'], unit: 'kb' },
      ...{ quantity: '100', reason: 'voucher', label: { en: 'Gift', 'zh-CN': '赠送' } },
    },
    { key: newId() },
  );
  await operator.settle();
  const { memory, read } = await processThatKnows(first);
  for (const family of [owner, member, given, other]) {
    expect(await read(family.numberOf('main'))).toBe(false);
    expect(memory.holders.peek(family.numberOf('main'))?.holders).toHaveLength(1);
  }
  const cardGroupId = owner.products['main']?.cardGroupId;
  expect(memory.holders.peek(member.numberOf('main'))?.holders).toMatchObject([{ cardGroupId }]);
});

it('remembers all numbers of an account that come together', async () => {
  const family = await sell();
  const other = await sell();
  await operator.settle();
  await operator.moveClock(NOW);
  await operator.settle();
  const { memory, books, read } = await processThatKnows(other);
  const numbers = [family.numberOf('sub1'), family.numberOf('main'), other.numberOf('sub1')];
  expect(await read(...numbers)).toBe(true);
  const account = memory.accounts.peek(family.account.accountId)?.account;
  const products = Object.values(family.products).map(({ productId }) => productId);
  const book = account && books.find(account);
  expect(products.map((productId) => book?.productOf(productId)?.productId)).toEqual(products);
  expect(numbers.map((number) => memory.holders.peek(number)?.holders.length)).toEqual([1, 1, 1]);
});
