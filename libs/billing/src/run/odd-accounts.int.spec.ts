import type { BlockKind, ProductBlock } from '@ronghe/contracts';
import {
  addDays,
  instantFromIso,
  moneyFromDecimal,
  parseLocalDate,
  startOfLocalDate,
  sumMoney,
} from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { cycle, offers } from '../../test/documents';
import { familyOf, usageTotalsOf, type Family } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { familiesInOneLane, publishRelation, relationOf } from '../../test/tied-accounts';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

/** Accounts that are odd again and again: none of them stays stuck, none is billed twice, and the others are billed. */

const LAST_MONTH = '2026-12-01T00:00:00+08:00';
const steady = familyOf(1);
const vanished = withVersion(familyOf(2), 2);
const broken = familyOf(3);
const blocked = alone(familyOf(4));
const circle = familiesInOneLane(5, 6);
const all = [steady, vanished, broken, blocked, ...circle];

let operator: TestOperator;
const desk = new Desk(() => operator);
const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
let next = 0;

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishDocuments(operator, 2);
  await publishPausing();
  for (const family of all) await publishFamily(operator, family);
  await closeSource(operator, LAST_MONTH);
  await operator.settle();
});
afterAll(() => operator?.stop());
afterEach(async () => {
  const audit = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(audit.checks.filter(({ left, right }) => left !== right)).toEqual([]);
});

/** Bills the month that follows. */
async function billMonth() {
  const period = months[next] ?? '';
  next += 1;
  await operator.moveClock(`${months[next] ?? '2026-11'}-01T06:00:00+08:00`);
  await operator.settle();
  return desk.latestRun(period);
}

async function release(runId: string, { account: { accountId } }: Family, key: string) {
  const mutation = `mutation ($run: ID!, $account: ID!, $key: String!) {
    releaseQuarantine(runId: $run, accountId: $account, idempotencyKey: $key) { state } }`;
  await desk.ask(mutation, { run: runId, account: accountId, key }, 'billing');
  await operator.settle();
  return desk.run(runId);
}

const reasons = ({ account }: Family) =>
  operator.sql<{ period: string; reason: string }>(
    `select run.period, claim.reason from billing.billing_claim as claim join billing.bill_run as run using (run_id)
     where claim.account_id = $1 and claim.outcome = 'quarantined' order by run.period`,
    [account.accountId],
  );
const periodsOf = async ({ account }: Family) =>
  (await desk.bills(account.accountId)).map(({ period }) => period).sort();

it('bills everybody while nothing is odd', async () => {
  expect(await billMonth()).toMatchObject({ state: 'COMPLETED', accounts: 6, quarantined: 0 });
});

describe('a price version that vanished', () => {
  it('puts those who hold it into quarantine, says which it is, and bills them once it is there again', async () => {
    await operator.sql('delete from billing.offer where version = 2');
    const run = await billMonth();
    expect(run).toMatchObject({ state: 'COMPLETED', accounts: 6, quarantined: 1 });
    expect(run.quarantine).toEqual([{ code: 'offer_unknown' }]);
    const said = [{ period: '2026-07', reason: 'offer plan version 2 is not known' }];
    expect(await reasons(vanished)).toEqual(said);
    expect(await release(run.id, vanished, 'too early')).toMatchObject({
      state: 'COMPLETED',
      quarantined: 1,
    });
    expect(await reasons(vanished)).toEqual(said);
    expect(await periodsOf(vanished)).toEqual(['2026-06']);
    await publishDocuments(operator, 2);
    await operator.settle();
    expect(await release(run.id, vanished, 'published again')).toMatchObject({
      state: 'COMPLETED',
      quarantined: 0,
    });
    expect(await periodsOf(vanished)).toEqual(['2026-06', '2026-07']);
    expect(await periodsOf(steady)).toEqual(['2026-06', '2026-07']);
  });
});

describe('a product that is stopped and goes on again and again', () => {
  const dayOf = (day: number) => startOfLocalDate(addDays(parseLocalDate('2026-08-01'), day - 1), cycle.zone);
  const stop = (day: number, days = 1, kind: BlockKind = 'full-stop'): ProductBlock => ({
    ...{ kind, reason: 'customer-wish', orderId: `00000000-0000-7000-8000-${String(day).padStart(12, '0')}` },
    ...{ from: dayOf(day), to: dayOf(day + days) },
  });
  const everySecondDay = Array.from({ length: 15 }, (_, at) => stop(2 * at + 2));
  let version = 1;

  async function tell(blocks: readonly ProductBlock[], type: 'product.suspended.v1' | 'product.resumed.v1') {
    const [product] = blocked.products;
    if (!product) throw new Error('no product');
    version += 1;
    const payload = { ...product, blocks: [...blocks] };
    await operator.publish(type, { aggregateId: product.productId, lane: blocked.lane, version, payload });
  }
  /** Net of August over all bills, in fen. */
  async function august(): Promise<bigint> {
    const rows = await operator.sql<{ net: string }>(
      `select net_fen as net from billing.bill_line where account_id = $1 and service_period = '2026-08'`,
      [blocked.account.accountId],
    );
    return rows.reduce((sum, { net }) => sum + BigInt(net), 0n);
  }

  it('pays for the days on which it was not stopped', async () => {
    for (const [at, block] of everySecondDay.entries()) {
      const before = everySecondDay.slice(0, at);
      await tell([...before, { ...block, to: null }], 'product.suspended.v1');
      await tell([...before, block], 'product.resumed.v1');
      // And within an hour there and back, which is no day.
      const blink = { ...block, from: block.to ?? block.from, to: block.to };
      await tell([...before, block, blink], 'product.resumed.v1');
    }
    await operator.settle();
    expect(await billMonth()).toMatchObject({ state: 'COMPLETED', quarantined: 0 });
    // 199.00 × 16 of 31 days
    expect(await august()).toBe(102_71n);
  });

  it('is repaired to and fro when that changes after the bill, and ends where it stands', async () => {
    const [first, ...others] = everySecondDay;
    if (!first) throw new Error('no stop');
    for (let round = 0; round < 5; round += 1) {
      await tell([stop(1), first, ...others], 'product.resumed.v1');
      await tell([first, ...others], 'product.resumed.v1');
    }
    await tell([stop(1), first, ...others], 'product.resumed.v1');
    await operator.settle();
    await billMonth();
    // 199.00 × 15 of 31 days
    expect(await august()).toBe(96_29n);
    await tell(everySecondDay, 'product.resumed.v1');
    await operator.settle();
    await billMonth();
    expect(await august()).toBe(102_71n);
    const bills = await desk.bills(blocked.account.accountId);
    const total = sumMoney(bills.map((bill) => moneyFromDecimal(bill.total)));
    // Of June 20 of 30 days; July, September and October in full.
    expect(total).toBe(132_67n + 3n * 199_00n + 102_71n);
  });
});

describe('an account that fails in each run', () => {
  it('is quarantined each time with its reason, however often it is released, until it is mended', async () => {
    const bad = async (period: string, version: number, isMended: boolean) => {
      const [sample] = usageTotalsOf(broken, '2026-06');
      if (!sample) throw new Error('the family has no usage');
      const totals = isMended ? [] : [{ ...sample, period, productId: 'no product has this id' }];
      await publishUsage(operator, broken, { period, version, totals });
    };
    await bad('2026-11', 1, false);
    months.push('2026-11');
    await operator.moveClock('2026-12-01T06:00:00+08:00');
    await operator.settle();
    const run = await desk.latestRun('2026-11');
    expect(run).toMatchObject({ state: 'COMPLETED', accounts: 6, quarantined: 1 });
    for (let round = 0; round < 3; round += 1)
      expect(await release(run.id, broken, `round ${round}`)).toMatchObject({
        state: 'COMPLETED',
        quarantined: 1,
      });
    expect(await reasons(broken)).toHaveLength(1);
    expect((await desk.run(run.id)).quarantine).toEqual([{ code: 'draft_failed' }]);
    await bad('2026-11', 2, true);
    await operator.settle();
    expect(await release(run.id, broken, 'mended')).toMatchObject({ state: 'COMPLETED', quarantined: 0 });
    expect(await periodsOf(broken)).toEqual(await periodsOf(steady));
  });
});

describe('accounts that pay for each other in a circle', () => {
  it('are put aside where customer has let such ties pass, and are billed once one of them is undone', async () => {
    const [a, b] = circle as [Family, Family];
    const parent = { kind: 'parent', memberPays: false } as const;
    await publishRelation(operator, relationOf(1, [a, b], parent, ['2026-12-01']));
    await publishRelation(operator, relationOf(2, [b, a], parent, ['2026-12-01']));
    await closeSource(operator, '2027-01-01T00:00:00+08:00');
    await operator.moveClock('2027-01-01T06:00:00+08:00');
    await operator.settle();
    const run = await desk.latestRun('2026-12');
    expect(run.state).toBe('COMPLETED');
    expect(run.quarantined).toBe(2);
    expect(await reasons(a)).toEqual([
      { period: '2026-12', reason: 'accounts pay for each other in a circle' },
    ]);
    expect(await reasons(b)).toEqual(await reasons(a));
    expect(await periodsOf(steady)).toContain('2026-12');
    await publishRelation(operator, relationOf(2, [b, a], parent, ['2026-12-01', '2026-12-01']), 2);
    await operator.settle();
    expect(await release(run.id, a, 'untied')).toMatchObject({ state: 'COMPLETED', quarantined: 0 });
    // One pays for both.
    expect(await periodsOf(a)).toContain('2026-12');
    expect(await periodsOf(b)).not.toContain('2026-12');
  });
});

/** The main card alone, on a plan whose fee pauses while the customer wishes a stop. */
function alone(family: Family): Family {
  const products = family.products.slice(0, 1).map((product) => ({
    ...product,
    ...{ offeringCode: 'pausing', bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null },
  }));
  return { ...family, products };
}

function withVersion(family: Family, offeringVersion: number): Family {
  return { ...family, products: family.products.map((product) => ({ ...product, offeringVersion })) };
}

async function publishPausing(): Promise<void> {
  const plan = offers.find(({ code }) => code === 'plan');
  if (!plan) throw new Error('no plan');
  const recurringPrices = plan.recurringPrices.map((price) => ({
    ...price,
    whileStopped: 'paused' as const,
  }));
  const document = { ...plan, code: 'pausing', recurringPrices };
  await operator.publish('offering.published.v1', {
    ...{ aggregateId: 'pausing/1', lane: 0 },
    payload: {
      code: 'pausing',
      version: 1,
      document,
      publishedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
    },
  });
}
