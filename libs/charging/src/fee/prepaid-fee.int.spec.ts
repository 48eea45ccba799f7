import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfferDocument, ProductBlock } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { auditDifferences, publishDocuments, sellFamily, terminate, type Family } from '../family.fixture';
import { chargingDomain } from '../index';
import { TellMoneyAgain1700000000181 } from '../migrations/1700000000181-tell-money-again';
import { plainBalancePolicy } from '../money/balance-policy';
import { NetworkFunction } from '../session/network-function.fixture';

let operator: TestOperator;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-21T00:00:00+08:00',
    stubs: { commands: { 'ordering.placeOrder': () => ({ orderId: newId() }) } },
  });
  network = new NetworkFunction(operator);
  await publishDocuments(operator);
  await publishAdvanceFee('30.00');
  const document = {
    ...plainBalancePolicy,
    version: 1,
    prepaidFee: { retryHours: 24, graceHours: 48 },
  };
  const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');
  await operator.publish('policy.published.v1', {
    aggregateId: 'balance',
    lane: laneOf('balance'),
    version: 1,
    payload: { code: 'balance', version: 1, document, publishedAt },
  });
  await operator.settle();
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

/** The main card's offer, with a fee in advance that pauses while the customer wishes a stop. */
async function publishAdvanceFee(amount: string): Promise<void> {
  const file = join(__dirname, '../../../../testdata/charging/documents.json');
  const { offers } = JSON.parse(readFileSync(file, 'utf8')) as { offers: OfferDocument[] };
  const offer = offers.find(({ code }) => code === 'mobile-5g-199');
  if (!offer) throw new Error('no offer');
  const [price] = offer.recurringPrices;
  if (!price) throw new Error('no price');
  const document = {
    ...offer,
    recurringPrices: [
      {
        ...price,
        amount,
        timing: 'advance' as const,
        lastPeriod: 'prorate' as const,
        whileStopped: 'paused' as const,
      },
    ],
    discounts: [],
  };
  const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
  const { code, version } = offer;
  await operator.publish('offering.published.v1', {
    aggregateId: code,
    lane: laneOf(code),
    version,
    payload: { code, version, document, publishedAt },
  });
}

async function sell(from: string, funds: string | null): Promise<Family> {
  const family = await sellFamily(operator, [], { account: { paymentMode: 'prepaid' } });
  await operator.settle();
  if (funds !== null) await topUp(family, funds);
  const sold = await sellFamily(operator, ['main'], {
    from,
    bundle: false,
    online: ['main'],
    account: family.account,
  });
  await operator.settle();
  return sold;
}

async function topUp({ account: { accountId } }: Family, amount: string): Promise<void> {
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
  await operator.settle();
}

const feesOf = async ({ account }: Family) => {
  const rows = await operator.sql<Record<string, string>>(
    `select period, amount, paid, state, is_blocked from charging.prepaid_fee where account_id = $1 order by period`,
    [account.accountId],
  );
  return rows.map(
    (row) =>
      `${row['period']} ${row['paid']}/${row['amount']} ${row['state']}${row['is_blocked'] ? ' blocked' : ''}`,
  );
};

const moneyOf = async ({ account }: Family): Promise<string | undefined> => {
  const [row] = await operator.sql<{ remaining: string }>(
    'select remaining from charging.money_bucket where account_id = $1',
    [account.accountId],
  );
  return row?.remaining;
};

const noticesOf = async ({ account }: Family) => {
  const rows = await operator.sql<{ kind: string }>(
    'select kind from charging.balance_notice where account_id = $1 order by notice_id',
    [account.accountId],
  );
  return rows.map((row) => row.kind);
};

it('debits a fee at activation for the part of the period, and whole when the next one begins', async () => {
  const family = await sell('2026-06-21T00:00:00+08:00', '100.00');
  expect(await feesOf(family)).toEqual(['2026-06 10000000/10000000 paid']);
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  expect(await feesOf(family)).toEqual(['2026-06 10000000/10000000 paid', '2026-07 30000000/30000000 paid']);
  expect(await moneyOf(family)).toBe('60000000');
  const entries = await operator.sql(
    `select kind, delta, tax_class, local_day::text from charging.money_entry where account_id = $1 and kind = 'fee' order by entry_id`,
    [family.account.accountId],
  );
  expect(entries).toMatchObject([
    { kind: 'fee', delta: '-10000000', tax_class: 'mobile-plan', local_day: '2026-06-21' },
    { kind: 'fee', delta: '-30000000', tax_class: 'mobile-plan', local_day: '2026-07-01' },
  ]);
  await tellsAgain(family);
  await end(family, '2026-07-01T00:00:00+08:00');
});

it('that cannot be paid is told once, blocks the product after its grace, and is paid by the next top-up', async () => {
  const family = await sell('2026-07-02T00:00:00+08:00', '30.00');
  await operator.moveClock('2026-08-01T00:00:00+08:00');
  expect((await feesOf(family)).at(-1)).toBe('2026-08 0/30000000 due');
  expect((await network.create(family.numberOf('main'), [{ requested: 1024 }])).status).toBe(201);
  await operator.moveClock('2026-08-03T00:00:00+08:00');
  expect((await feesOf(family)).at(-1)).toBe('2026-08 0/30000000 due blocked');
  expect(await noticesOf(family)).toEqual(['fee-unpaid', 'product-blocked']);
  const refused = await network.create(family.numberOf('main'), [{ requested: 1024 }]);
  expect([refused.status, (refused.body as { cause: string }).cause]).toEqual([
    403,
    'END_USER_REQUEST_DENIED',
  ]);
  await topUp(family, '10.00');
  expect((await feesOf(family)).at(-1)).toBe('2026-08 0/30000000 due blocked');
  await topUp(family, '20.00');
  expect((await feesOf(family)).at(-1)).toBe('2026-08 30000000/30000000 paid');
  expect((await network.create(family.numberOf('main'), [{ requested: 1024 }])).status).toBe(201);
  await end(family, '2026-08-03T00:00:00+08:00');
});

it('that was paid for days after the product ended is given back', async () => {
  const family = await sell('2026-08-03T00:00:00+08:00', '100.00');
  await operator.moveClock('2026-09-01T00:00:00+08:00');
  const before = BigInt((await moneyOf(family)) ?? 0);
  await operator.moveClock('2026-09-10T12:00:00+08:00');
  await terminate(operator, family, ['main'], instantFromIso('2026-09-11T00:00:00+08:00'));
  await operator.settle();
  expect((await feesOf(family)).at(-1)).toBe('2026-09 10000000/10000000 paid');
  expect(BigInt((await moneyOf(family)) ?? 0)).toBe(before + 20_000_000n);
  await operator.moveClock('2026-10-01T00:00:00+08:00');
  expect(await feesOf(family)).toHaveLength(2);
});

it('of five accounts at one period start is debited once each', async () => {
  const families: Family[] = [];
  for (let at = 0; at < 5; at += 1) families.push(await sell('2026-10-01T00:00:00+08:00', '61.00'));
  await operator.moveClock('2026-11-01T00:00:00+08:00');
  const left = await Promise.all(families.map(moneyOf));
  expect(new Set(left)).toEqual(new Set(['1000000']));
  for (const family of families) await end(family, '2026-11-01T00:00:00+08:00');
});

it('that pauses is given back for the days of a stop once its length is known, and charged again after it', async () => {
  const family = await sell('2026-11-01T00:00:00+08:00', '100.00');
  await operator.moveClock('2026-12-11T00:00:00+08:00');
  const decemberOf = async () => (await feesOf(family)).find((fee) => fee.startsWith('2026-12'));
  const first = block('2026-12-11T00:00:00+08:00', null);
  await tell(family, 2, 'product.suspended.v1', [first]);
  expect(await decemberOf()).toBe('2026-12 30000000/30000000 paid');
  await operator.moveClock('2026-12-21T00:00:00+08:00');
  const ended = block('2026-12-11T00:00:00+08:00', '2026-12-21T00:00:00+08:00');
  await tell(family, 3, 'product.resumed.v1', [ended]);
  // 21 of 31 days.
  expect(await decemberOf()).toBe('2026-12 20322581/20322581 paid');
  await operator.moveClock('2026-12-26T00:00:00+08:00');
  await tell(family, 4, 'product.suspended.v1', [ended, block('2026-12-26T00:00:00+08:00', null)]);
  expect(await decemberOf()).toBe('2026-12 20322581/20322581 paid');
  await operator.moveClock('2027-01-01T00:00:00+08:00');
  // The period is over: 15 of 31 days. Of the next one nothing is due while the stop lasts.
  expect((await feesOf(family)).at(-1)).toBe('2026-12 14516129/14516129 paid');
  await operator.moveClock('2027-01-11T00:00:00+08:00');
  const second = block('2026-12-26T00:00:00+08:00', '2027-01-11T00:00:00+08:00');
  await tell(family, 5, 'product.resumed.v1', [ended, second]);
  expect((await feesOf(family)).at(-1)).toBe('2027-01 20322581/20322581 paid');
});

function block(from: string, to: string | null): ProductBlock {
  return {
    kind: 'full-stop',
    reason: 'customer-wish',
    orderId: newId(),
    from: instantFromIso(from),
    to: to === null ? null : instantFromIso(to),
  };
}

/** As after an upgrade from a release that told billing nothing of fees, and of days without their period. */
async function tellsAgain({ account: { accountId } }: Family): Promise<void> {
  await operator.sql('update charging.prepaid_fee set told = 0 where account_id = $1', [accountId]);
  await operator.sql('drop index charging.prepaid_fee_untold');
  await new TellMoneyAgain1700000000181().up({ query: (text: string) => operator.sql(text) } as never);
  const told = () =>
    operator.sql<{ fact: string }>(
      `select type || ' ' || count(*) as fact from charging.outbox
       where payload->>'accountId' = $1 and type in ('prepaid-fee.debited.v1', 'consumption.posted.v1')
       group by type order by type`,
      [accountId],
    );
  await operator.settle();
  await operator.moveClock('2026-07-01T00:01:00+08:00');
  // Two fees and the 21st of June twice each; the 1st of July is not over.
  expect((await told()).map(({ fact }) => fact)).toEqual([
    'consumption.posted.v1 2',
    'prepaid-fee.debited.v1 4',
  ]);
}

/** Nobody pays its fees any more: each would be tried again day by day while the clock goes on. */
async function end(family: Family, at: string): Promise<void> {
  await terminate(operator, family, ['main'], instantFromIso(at));
  await operator.settle();
}

/** What ordering says of the main card's blocks. */
async function tell(
  family: Family,
  version: number,
  type: 'product.suspended.v1' | 'product.resumed.v1',
  blocks: ProductBlock[],
): Promise<void> {
  const product = family.products['main'];
  if (!product) throw new Error('no main card');
  const payload = { ...product, blocks };
  const { productId: aggregateId, lane } = product;
  await operator.publish(type, { aggregateId, lane, version, payload });
  await operator.settle();
}
