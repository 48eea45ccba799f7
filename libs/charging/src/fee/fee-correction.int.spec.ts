import type { OfferDocument } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { auditDifferences, publishDocuments, sellFamily, type Family } from '../family.fixture';
import { chargingDomain } from '../index';
import { offerOf, PLAN, publishOffer } from '../rerating/rerating.fixture';

/** A fee that was published wrong and debited, mended: prepaid accounts get back, or pay, what differs. */

let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-21T00:00:00+08:00',
    stubs: { commands: { 'ordering.placeOrder': () => ({ orderId: newId() }) } },
  });
  await publishDocuments(operator);
  await publishOffer(operator, plan(1, '30.00'));
  await operator.settle();
  family = await sell('200.00');
  await operator.moveClock('2026-07-05T00:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

/** The plan with a fee in advance; a later version mends the one before. No amount: without any fee. */
function plan(version: number, amount: string | null): OfferDocument {
  const document = offerOf(PLAN);
  const prices = document.recurringPrices.slice(0, 1);
  return {
    ...document,
    version,
    ...(version > 1 && { corrects: version - 1 }),
    discounts: [],
    recurringPrices:
      amount === null ? [] : prices.map((price) => ({ ...price, amount, timing: 'advance' as const })),
  };
}

async function sell(funds: string): Promise<Family> {
  const account = { paymentMode: 'prepaid' as const };
  const opened = await sellFamily(operator, [], { account });
  await operator.settle();
  const paymentId = newId();
  const { accountId } = opened.account;
  await operator.command('charging.topUp', { accountId, paymentId, amount: funds }, { key: paymentId });
  const sold = await sellFamily(operator, ['main'], {
    ...{ from: '2026-06-21T00:00:00+08:00', bundle: false, account: opened.account },
  });
  await operator.settle();
  return sold;
}

async function feesOf({ account }: Family): Promise<string[]> {
  const rows = await operator.sql<Record<string, string>>(
    `select period, paid, amount, state from charging.prepaid_fee where account_id = $1 order by period`,
    [account.accountId],
  );
  return rows.map((row) => `${row['period']} ${row['paid']}/${row['amount']} ${row['state']}`);
}

async function moneyOf({ account }: Family): Promise<string | undefined> {
  const [row] = await operator.sql<{ remaining: string }>(
    'select remaining from charging.money_bucket where account_id = $1',
    [account.accountId],
  );
  return row?.remaining;
}

/** What billing was last told of each period's fee. */
async function toldOf({ account }: Family): Promise<string[]> {
  const rows = await operator.sql<{ told: string }>(
    `select distinct on (aggregate_id) payload->>'period' || ' ' || (payload->>'amount') as told from charging.outbox
     where type = 'prepaid-fee.debited.v1' and payload->>'accountId' = $1 order by aggregate_id, version desc`,
    [account.accountId],
  );
  return rows.map(({ told }) => told);
}

it('is debited as it was published', async () => {
  expect(await feesOf(family)).toEqual(['2026-06 10000000/10000000 paid', '2026-07 30000000/30000000 paid']);
  expect(await moneyOf(family)).toBe('160000000');
});

it('that was too high is given back for every period, and billing is told', async () => {
  await publishOffer(operator, plan(2, '24.00'));
  expect(await feesOf(family)).toEqual(['2026-06 8000000/8000000 paid', '2026-07 24000000/24000000 paid']);
  expect(await moneyOf(family)).toBe('168000000');
  expect(await toldOf(family)).toEqual(['2026-06 8.00', '2026-07 24.00']);
});

it('that was too low is debited for the difference, and the same correction again does nothing', async () => {
  await publishOffer(operator, plan(3, '36.00'));
  await publishOffer(operator, plan(3, '36.00'));
  expect(await feesOf(family)).toEqual(['2026-06 12000000/12000000 paid', '2026-07 36000000/36000000 paid']);
  expect(await moneyOf(family)).toBe('152000000');
  expect(await toldOf(family)).toEqual(['2026-06 12.00', '2026-07 36.00']);
});

it('waits for money where there is not enough, and takes it from the next top-up', async () => {
  const poor = await sell('48.00');
  expect(await feesOf(poor)).toEqual(['2026-06 12000000/12000000 paid', '2026-07 36000000/36000000 paid']);
  await publishOffer(operator, plan(4, '39.00'));
  expect(await feesOf(poor)).toEqual(['2026-06 12000000/13000000 due', '2026-07 36000000/39000000 due']);
  const paymentId = newId();
  const { accountId } = poor.account;
  await operator.command('charging.topUp', { accountId, paymentId, amount: '4.00' }, { key: paymentId });
  await operator.settle();
  expect(await feesOf(poor)).toEqual(['2026-06 13000000/13000000 paid', '2026-07 39000000/39000000 paid']);
  expect(await moneyOf(poor)).toBe('0');
});

it('that should not have been is given back whole', async () => {
  await publishOffer(operator, plan(5, null));
  expect(await feesOf(family)).toEqual(['2026-06 0/0 void', '2026-07 0/0 void']);
  expect(await moneyOf(family)).toBe('200000000');
  expect(await toldOf(family)).toEqual(['2026-06 0.00', '2026-07 0.00']);
});

it('has gone through every lane', async () => {
  const rows = await operator.sql<{ version: number }>(
    `select version from charging.fee_correction where finished_at is not null order by version`,
  );
  expect(rows).toEqual([2, 3, 4, 5].map((version) => ({ version })));
});
