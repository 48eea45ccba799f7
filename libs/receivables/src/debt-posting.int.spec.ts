import type { BillPublished } from '@ronghe/contracts';
import { instantFromIso, laneOf, moneyFromMinor, moneyToDecimal, newId } from '@ronghe/kernel';
import { includedTax } from '@ronghe/rating';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { ReceivablesAudit } from './audit.service';
import { BalanceService } from './balance.service';
import { receivablesDomain } from './index';
import { PostingService } from './posting.service';

/** Bills that are posted together come to what they come to one by one. */

const balanceGroupId = newId();
const lane = laneOf(balanceGroupId);

let operator: TestOperator;
let numbers = 0;

beforeAll(async () => {
  operator = await startOperator({ domains: [receivablesDomain] });
});
afterAll(() => operator?.stop());

async function openAccounts(count: number, group = balanceGroupId): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (const accountId of ids)
    await operator.publish('account.opened.v1', {
      ...{ aggregateId: accountId, lane: laneOf(group) },
      payload: {
        ...{
          accountId,
          customerId: newId(),
          balanceGroupId: group,
          lane: laneOf(group),
          zone: 'Asia/Shanghai',
          billDay: 1,
        },
        ...{ paymentMode: 'postpaid', openedAt: instantFromIso('2026-06-01T00:00:00+08:00') },
      },
    });
  await operator.settle();
  return ids;
}

function billOf(accountId: string, fen: bigint): BillPublished {
  numbers += 1;
  const gross = moneyToDecimal(moneyFromMinor(fen));
  return {
    ...{ billId: newId(), number: `D-${numbers}`, customerId: newId(), accountId, lane, period: '2026-06' },
    total: gross,
    taxes: [{ percent: '9', gross, tax: moneyToDecimal(includedTax(moneyFromMinor(fen), '9')) }],
    issuedAt: instantFromIso('2026-07-01T02:00:00+08:00'),
    dueAt: instantFromIso('2026-07-31T00:00:00+08:00'),
  };
}

async function post(bills: readonly BillPublished[]): Promise<void> {
  await operator.get(Transactions).run((tx) => operator.get(PostingService).postBills(tx, bills));
}

async function standing(accountIds: readonly string[]): Promise<unknown[]> {
  const balances = operator.get(BalanceService);
  const ledgers = await balances.balances(accountIds);
  const items = await balances.openItems(accountIds);
  const watched = await operator.sql<{ account_id: string; next_review_at: Date; fees: number }>(
    `select account_id, next_review_at, (select count(*)::integer from receivables.late_fee
       where late_fee.lane = a.lane and late_fee.account_id = a.account_id) as fees
     from receivables.dunning_account as a where account_id = any($1::uuid[])`,
    [accountIds],
  );
  return accountIds.map((accountId, index) => ({
    receivable: ledgers[index]?.receivable,
    credit: ledgers[index]?.credit,
    items: (items[index] ?? []).map(({ amount, open, dueAt }) => [amount, open, dueAt]),
    watched: watched
      .filter((row) => row.account_id === accountId)
      .map(({ next_review_at, fees }) => [next_review_at, fees]),
  }));
}

it('posts bills together as one by one: debts, two of one account, credit notes, credit, nothing', async () => {
  const totals = [
    [10_000n],
    [20_001n, 3n],
    [5000n, -2000n],
    [-4000n],
    [700n],
    [0n],
    [99n, -150n, 60n],
    [13_167n],
  ];
  const [together, single] = [await openAccounts(totals.length), await openAccounts(totals.length)];
  const creditOf = (ids: readonly string[]) => billOf(ids[4] ?? '', -1000n);
  await post([creditOf(together)]);
  await post([creditOf(single)]);
  const billsOf = (ids: readonly string[]) =>
    totals.flatMap((all, index) => all.map((fen) => billOf(ids[index] ?? '', fen)));
  const all = billsOf(together);
  await post(all);
  for (const bill of billsOf(single)) await post([bill]);
  const stands = await standing(together);
  expect(stands).toEqual(await standing(single));
  expect(stands[0]).toMatchObject({ receivable: 10_000n, watched: [[expect.any(Date), 1]] });
  await post(all);
  await post([...all].reverse());
  expect(await standing(together)).toEqual(stands);
  const { checks } = await operator.get(Transactions).read((tx) => operator.get(ReceivablesAudit).audit(tx));
  expect(checks.filter(({ left, right }) => left !== right)).toEqual([]);
});

it('posts none of them where one is of an account that is not known yet', async () => {
  const [known = ''] = await openAccounts(1);
  const bills = [billOf(known, 100n), billOf(newId(), 100n)];
  await expect(post(bills)).rejects.toMatchObject({ code: 'projection_behind' });
  expect(await standing([known])).toMatchObject([{ items: [] }]);
});

it('posts facts of many lanes together, each once', async () => {
  const groups = Array.from({ length: 12 }, () => newId());
  const bills: BillPublished[] = [];
  for (const group of groups) {
    const [owing = '', withCredit = ''] = await openAccounts(2, group);
    const own = { lane: laneOf(group) };
    bills.push(
      { ...billOf(withCredit, -300n), ...own },
      { ...billOf(owing, 10_000n), ...own },
      { ...billOf(withCredit, 500n), ...own },
    );
  }
  for (const bill of bills)
    await operator.publish('bill.published.v1', {
      ...{ aggregateId: bill.billId, lane: bill.lane },
      payload: bill,
    });
  await operator.settle();
  const accountIds = [...new Set(bills.map(({ accountId }) => accountId))];
  const receivables = (await standing(accountIds)).map((each) => (each as { receivable: bigint }).receivable);
  expect(receivables).toEqual(groups.flatMap(() => [200n, 10_000n]));
  const { checks } = await operator.get(Transactions).read((tx) => operator.get(ReceivablesAudit).audit(tx));
  expect(checks.filter(({ left, right }) => left !== right)).toEqual([]);
});
