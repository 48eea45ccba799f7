import type { BalancePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { auditDifferences, openAccount } from '../family.fixture';
import { chargingDomain } from '../index';
import { plainBalancePolicy } from './balance-policy';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-10T10:00:00+08:00' });
  await publishPolicy({
    topUp: {
      minimum: '1.00',
      maximum: '500.00',
      validDays: 60,
      bonuses: [
        {
          code: 'hundred',
          label: { en: 'Bonus', 'zh-CN': '赠送' },
          from: '100.00',
          amount: '5.00',
          validDays: 10,
          priority: 50,
        },
      ],
    },
  });
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

async function publishPolicy(more: Partial<BalancePolicy>): Promise<void> {
  const document: BalancePolicy = { ...plainBalancePolicy, version: 1, ...more };
  const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');
  const payload = { code: 'balance', version: 1, document, publishedAt };
  await operator.publish('policy.published.v1', {
    aggregateId: 'balance',
    lane: laneOf('balance'),
    version: 1,
    payload,
  });
  await operator.settle();
}

async function prepaid(amount: string | null = null): Promise<string> {
  const { accountId } = await openAccount(operator, { paymentMode: 'prepaid' });
  await operator.settle();
  if (amount !== null) await topUp(accountId, amount);
  return accountId;
}

const topUp = (accountId: string, amount: string, paymentId = newId()) =>
  operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });

const money = async (accountId: string) => {
  const rows = await operator.sql<{ kind: string; remaining: string }>(
    'select kind, remaining from charging.money_bucket where account_id = $1 order by kind desc, bucket_id',
    [accountId],
  );
  return rows.map((row) => `${row.kind} ${row.remaining}`);
};

const entries = async (accountId: string) => {
  const rows = await operator.sql<{ kind: string; delta: string }>(
    'select kind, delta from charging.money_entry where account_id = $1 order by entry_id',
    [accountId],
  );
  return rows.map((row) => `${row.kind} ${row.delta}`);
};

const mutate = (name: string, type: string, input: object, key: string, role: 'counter' | 'billing') =>
  operator.graphql<Record<string, Record<string, string>>>(
    `mutation ($input: ${type}!, $key: String!) { ${name}(input: $input, idempotencyKey: $key) {
       ${name === 'transferMoney' ? 'transferId state amount' : name === 'adjustMoney' ? 'amount free' : 'creditLimit'} } }`,
    { input, key },
    role,
  );
const transfer = (fromAccountId: string, toAccountId: string, amount: string, key: string = newId()) =>
  mutate('transferMoney', 'TransferMoneyInput', { fromAccountId, toAccountId, amount }, key, 'counter');

describe('a top-up', () => {
  it('is granted once for its payment, with its bonus', async () => {
    const accountId = await prepaid();
    const paymentId = newId();
    const [first, second] = [
      await topUp(accountId, '100.00', paymentId),
      await topUp(accountId, '100.00', paymentId),
    ];
    expect(second).toEqual(first);
    expect(first).toEqual({ repaidOverrun: '0.00', bonus: '5.00', validTo: '2026-08-09T16:00:00.000Z' });
    expect(await money(accountId)).toEqual(['main 100000000', 'bonus 5000000']);
    await expect(topUp(accountId, '99.00', paymentId)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('does not make money good again that has ended, though nobody has taken it away yet', async () => {
    const accountId = await prepaid('20.00');
    await operator.sql(
      `update charging.money_bucket set valid_to = '2026-06-01' where account_id = $1 and kind = 'main'`,
      [accountId],
    );
    await topUp(accountId, '10.00');
    expect(await entries(accountId)).toEqual(['top-up 20000000', 'expire -20000000', 'top-up 10000000']);
    expect(await money(accountId)).toEqual(['main 10000000']);
  });

  it('waits for its account', async () => {
    await expect(topUp(newId(), '1.00')).rejects.toMatchObject({
      code: 'projection_behind',
      kind: 'unavailable',
    });
  });

  it('of twenty at once loses none', async () => {
    const accountId = await prepaid();
    await Promise.all(Array.from({ length: 20 }, () => topUp(accountId, '3.21')));
    expect(await money(accountId)).toEqual(['main 64200000']);
  });
});

describe('a transfer', () => {
  it('leaves one account and reaches the other, once for its key', async () => {
    const [from, to] = [await prepaid('30.00'), await prepaid()];
    const first = await transfer(from, to, '12.50', 'k1');
    expect(first.data?.['transferMoney']).toMatchObject({ state: 'GIVEN', amount: '12.50' });
    expect(await transfer(from, to, '12.50', 'k1')).toEqual(first);
    expect((await transfer(from, to, '13.00', 'k1')).errors?.[0]?.extensions.code).toBe(
      'idempotency_key_reused',
    );
    expect([await money(from), await money(to)]).toEqual([['main 17500000'], ['main 12500000']]);
    expect(await entries(to)).toEqual(['transfer-in 12500000']);
  });

  it('moves what is the account’s own and no more, also of many at once', async () => {
    const [from, to] = [await prepaid('100.00'), await prepaid()];
    const answers = await Promise.all(Array.from({ length: 12 }, () => transfer(from, to, '30.00')));
    const refused = answers.flatMap((answer) => answer.errors ?? []).map((error) => error.extensions.code);
    expect(refused).toEqual(Array.from({ length: 9 }, () => 'money_not_enough'));
    expect([await money(from), await money(to)]).toEqual([
      ['main 10000000', 'bonus 5000000'],
      ['main 90000000'],
    ]);
  });

  it('between two accounts both ways at once does not get stuck', async () => {
    const [a, b] = [await prepaid('20.00'), await prepaid('20.00')];
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => transfer(at % 2 ? a : b, at % 2 ? b : a, '1.00')),
    );
    expect([await money(a), await money(b)]).toEqual([['main 20000000'], ['main 20000000']]);
  });

  it('that was taken and not given is found again', async () => {
    const [from, to] = [await prepaid('10.00'), await prepaid()];
    await transfer(from, to, '4.00', 'crash');
    await operator.sql(`delete from charging.money_entry where account_id = $1`, [to]);
    await operator.sql(`update charging.money_bucket set remaining = 0 where account_id = $1`, [to]);
    await operator.sql(`update charging.money_transfer set state = 'taken' where to_account_id = $1`, [to]);
    expect(await auditDifferences(operator)).toEqual([]);
    await operator.settle();
    expect(await money(to)).toEqual(['main 4000000']);
  });

  it.each([
    ['nothing', '0', 'amount_invalid'],
    ['less than nothing', '-1', 'amount_invalid'],
    ['a seventh decimal', '1.0000001', 'amount_invalid'],
  ])('of %s is refused', async (_, amount, code) => {
    const { errors } = await transfer(await prepaid(), await prepaid(), amount);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('to itself, to a postpaid account or to nobody is refused', async () => {
    const accountId = await prepaid('5.00');
    const postpaid = (await openAccount(operator)).accountId;
    await operator.settle();
    const codes = [accountId, postpaid, newId()].map(async (to) => {
      const { errors } = await transfer(accountId, to, '1.00');
      return errors?.[0]?.extensions.code;
    });
    expect(await Promise.all(codes)).toEqual([
      'transfer_to_itself',
      'account_not_prepaid',
      'account_not_found',
    ]);
  });
});

describe('staff', () => {
  it('adjust money for a reason, and never take more than there is', async () => {
    const accountId = await prepaid('5.00');
    const adjust = (amount: string) =>
      mutate(
        'adjustMoney',
        'AdjustMoneyInput',
        { accountId, amount, reason: 'goodwill' },
        newId(),
        'billing',
      );
    expect((await adjust('2.50')).data?.['adjustMoney']).toEqual({ amount: '2.50', free: '7.50' });
    expect((await adjust('-7.51')).errors?.[0]?.extensions.code).toBe('money_not_enough');
    expect((await adjust('-7.50')).data?.['adjustMoney']).toEqual({ amount: '-7.50', free: '0.00' });
    expect(await entries(accountId)).toEqual(['top-up 5000000', 'adjust 2500000', 'adjust -7500000']);
  });

  it('take from own money and its credit alone: a bonus that would go first stays', async () => {
    const accountId = await prepaid('100.00');
    const adjust = (amount: string) =>
      mutate(
        'adjustMoney',
        'AdjustMoneyInput',
        { accountId, amount, reason: 'paid twice' },
        newId(),
        'billing',
      );
    expect((await adjust('-3.00')).errors).toBeUndefined();
    expect(await money(accountId)).toEqual(['main 97000000', 'bonus 5000000']);
    expect(await entries(accountId)).toEqual(['top-up 100000000', 'grant 5000000', 'adjust -3000000']);
    expect((await adjust('-98.00')).errors?.[0]?.extensions).toMatchObject({
      code: 'money_not_enough',
      details: { free: '97.00' },
    });
    const input = { accountId, creditLimit: '20' };
    await mutate('setCreditLimit', 'SetCreditLimitInput', input, newId(), 'billing');
    expect((await adjust('-98.00')).data?.['adjustMoney']).toEqual({ amount: '-98.00', free: '24.00' });
    expect(await money(accountId)).toEqual(['main -1000000', 'bonus 5000000']);
  });

  it('set a credit limit, which is never less than what has been used of it', async () => {
    const accountId = await prepaid();
    const limit = (creditLimit: string) =>
      mutate('setCreditLimit', 'SetCreditLimitInput', { accountId, creditLimit }, newId(), 'billing');
    expect((await limit('20')).data?.['setCreditLimit']).toEqual({ creditLimit: '20.00' });
    const input = { accountId, amount: '-15', reason: 'a fee' };
    await mutate('adjustMoney', 'AdjustMoneyInput', input, newId(), 'billing');
    expect((await limit('0')).data?.['setCreditLimit']).toEqual({ creditLimit: '15.00' });
  });

  it('see the purse and its movements, page by page', async () => {
    const accountId = await prepaid('100.00');
    const { data: moved } = await transfer(accountId, await prepaid(), '40.00');
    const query = `query ($id: ID!, $after: String) { moneyTransfer(transferId: $id) { from {
      money { free overrun buckets { kind remaining } }
      moneyEntries(first: 2, after: $after) { edges { node { kind amount } } pageInfo { hasNextPage endCursor } } } } }`;
    interface Page {
      moneyTransfer: {
        from: { money: object; moneyEntries: { edges: object; pageInfo: { endCursor: string } } };
      };
    }
    const page = async (after: string | null) => {
      const id = moved?.['transferMoney']?.['transferId'];
      return (await operator.graphql<Page>(query, { id, after })).data?.moneyTransfer.from;
    };
    const first = await page(null);
    expect(first?.money).toEqual({
      free: '65.00',
      overrun: '0.00',
      buckets: [
        { kind: 'BONUS', remaining: '5.00' },
        { kind: 'MAIN', remaining: '60.00' },
      ],
    });
    const second = await page(first?.moneyEntries.pageInfo.endCursor ?? '');
    expect([first?.moneyEntries, second?.moneyEntries]).toMatchObject([
      {
        edges: [
          { node: { kind: 'TRANSFER_OUT', amount: '-40.00' } },
          { node: { kind: 'GRANT', amount: '5.00' } },
        ],
        pageInfo: { hasNextPage: true },
      },
      { edges: [{ node: { kind: 'TOP_UP', amount: '100.00' } }], pageInfo: { hasNextPage: false } },
    ]);
  });
});

it('ends money when its time comes: the bonus after ten days, the rest after sixty', async () => {
  const accountId = await prepaid('100.00');
  const later = await prepaid('20.00');
  await operator.moveClock('2026-06-20T23:59:59+08:00');
  expect(await money(accountId)).toEqual(['main 100000000', 'bonus 5000000']);
  await operator.moveClock('2026-06-21T00:00:00+08:00');
  expect(await money(accountId)).toEqual(['main 100000000', 'bonus 0']);
  await topUp(later, '1.00');
  await operator.moveClock('2026-08-10T00:00:00+08:00');
  expect(await money(accountId)).toEqual(['main 0', 'bonus 0']);
  expect(await money(later)).toEqual(['main 21000000']);
  expect((await entries(accountId)).slice(-2)).toEqual(['expire -5000000', 'expire -100000000']);
  await topUp(accountId, '3.00');
  expect(await money(accountId)).toEqual(['main 3000000', 'bonus 0']);
});
