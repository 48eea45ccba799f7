import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandInput, OfferDocument, ProductState } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { auditDifferences, publishDocuments, sellFamily, type Family } from '../family.fixture';
import { chargingDomain } from '../index';
import { plainBalancePolicy } from '../money/balance-policy';

/** A main card (30 yuan a month in advance) and a sub card with a fee of its own (5 yuan): neither is paid for August. */

let operator: TestOperator;
let placed: CommandInput<'ordering.placeOrder'>[];
let family: Family;
const at = instantFromIso('2026-08-03T00:00:00+08:00');

beforeEach(async () => {
  placed = [];
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-07-02T00:00:00+08:00',
    stubs: {
      commands: {
        'ordering.placeOrder': (input) => {
          placed.push(input);
          return { orderId: newId() };
        },
      },
    },
  });
  await publishDocuments(operator);
  await publishFee('mobile-5g-199', '30.00');
  await publishFee('sub-card', '5.00');
  const document = { ...plainBalancePolicy, version: 1, prepaidFee: { retryHours: 24, graceHours: 48 } };
  const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');
  await operator.publish('policy.published.v1', {
    aggregateId: 'balance',
    lane: laneOf('balance'),
    payload: { code: 'balance', version: 1, document, publishedAt },
  });
  const { account } = await sellFamily(operator, [], { account: { paymentMode: 'prepaid' } });
  await topUp(account.accountId, '35.00');
  const from = '2026-07-02T00:00:00+08:00';
  family = await sellFamily(operator, ['main', 'sub1'], { from, bundle: false, account });
  await operator.settle();
  await operator.moveClock('2026-08-03T00:00:00+08:00');
  expect(ordered()).toEqual(['suspend main', 'suspend sub1']);
  await tell('main', 'product.suspended.v1', true);
  await tell('sub1', 'product.suspended.v1', true);
  placed = [];
});
afterEach(async () => {
  const differences = await auditDifferences(operator);
  await operator.stop();
  expect(differences).toEqual([]);
});

async function publishFee(code: string, amount: string): Promise<void> {
  const file = join(__dirname, '../../../../testdata/charging/documents.json');
  const { offers } = JSON.parse(readFileSync(file, 'utf8')) as { offers: OfferDocument[] };
  const [price] = offers.find((offer) => offer.code === 'mobile-5g-199')?.recurringPrices ?? [];
  const offer = offers.find((each) => each.code === code);
  if (!offer || !price) throw new Error('no offer with a fee');
  const recurringPrices = [{ ...price, code: `${code}-fee`, amount, timing: 'advance' as const }];
  const document = { ...offer, recurringPrices, discounts: [] };
  await operator.publish('offering.published.v1', {
    aggregateId: code,
    lane: laneOf(code),
    version: offer.version,
    payload: {
      ...{ code, version: offer.version, document },
      publishedAt: instantFromIso('2026-01-01T00:00:00+08:00'),
    },
  });
}

async function topUp(accountId: string, amount: string): Promise<void> {
  await operator.settle();
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
  await operator.settle();
}

const cardOf = (productId: string | undefined): string =>
  Object.entries(family.products).find(([, product]) => product.productId === productId)?.[0] ?? '';

/** What was ordered, an order for each text. */
function ordered(): string[] {
  return placed
    .map(({ items }) => items.map(({ action, productId }) => `${action} ${cardOf(productId)}`).join(', '))
    .sort();
}

let version = 1;
async function tell(
  card: string,
  type: 'product.suspended.v1' | 'product.resumed.v1',
  isStopped: boolean,
): Promise<void> {
  const product = family.products[card] as ProductState;
  const blocks = [
    {
      kind: 'full-stop',
      reason: 'unpaid-fee',
      orderId: newId(),
      from: at,
      to: isStopped ? null : at,
    } as const,
  ];
  const { productId: aggregateId, lane } = product;
  version += 1;
  await operator.publish(type, { aggregateId, lane, version, payload: { ...product, blocks } });
  await operator.settle();
}

it("lets the main card go on alone while the sub card's own fee is unpaid", async () => {
  const { accountId } = family.account;
  await topUp(accountId, '30.00');
  expect(ordered()).toEqual(['resume main']);
  expect(placed[0]?.items).toMatchObject([{ isAlone: true }]);
  await tell('main', 'product.resumed.v1', false);
  expect(ordered()).toEqual(['resume main']);
  await topUp(accountId, '5.00');
  expect(ordered()).toEqual(['resume main', 'resume sub1']);
  await tell('sub1', 'product.resumed.v1', false);
});

it('keeps a sub card whose own fee is paid stopped with its main card, and lets both go on at once', async () => {
  const { accountId } = family.account;
  await topUp(accountId, '5.00');
  expect(ordered()).toEqual([]);
  await topUp(accountId, '30.00');
  expect(ordered()).toEqual(['resume main, resume sub1']);
  await tell('main', 'product.resumed.v1', false);
  await tell('sub1', 'product.resumed.v1', false);
  expect(ordered()).toEqual(['resume main, resume sub1']);
});
