import { instantFromIso } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { familyOf, usageTotalsOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';
import { RunStages } from './run-stages.service';

const families = Array.from({ length: 12 }, (_, index) => familyOf(index + 1));
const stranger = familyOf(99);
const [first = stranger] = families;
const { accountId } = first.account;

let operator: TestOperator;
const desk = new Desk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const family of families) await publishFamily(operator, family);
  // An offer version that the catalog has not published yet.
  await publishFamily(operator, {
    ...stranger,
    products: stranger.products.map((product) => ({ ...product, offeringVersion: 2 })),
  });
  await operator.settle();
});

afterAll(() => operator?.stop());

describe('a run', () => {
  it('bills every account once, however many workers carry it out at once', async () => {
    await operator.moveClock('2026-07-01T06:00:00+08:00');
    const { id } = await desk.latestRun('2026-06');
    await closeSource(operator, '2026-07-01T00:00:00+08:00');
    const work = async () => {
      for (let step = 0; step < 1000; step += 1) {
        await operator.get(RunStages).step(id);
        if ((await desk.run(id)).state === 'COMPLETED') return;
      }
    };
    await Promise.all([work(), work(), work()]);
    await operator.settle();
    const done = await desk.run(id);
    expect(done).toMatchObject({ state: 'COMPLETED', accounts: 13, added: 12, quarantined: 1 });
    const rows = await operator.sql<{ bills: string; accounts: string; highest: string }>(
      `select count(*) as bills, count(distinct account_id) as accounts, max(number) as highest from billing.bill`,
    );
    expect(rows).toEqual([{ bills: '12', accounts: '12', highest: 'B202606-00000012' }]);
  });

  it('put the group that it could not bill into quarantine, and a release bills it', async () => {
    const june = await desk.latestRun('2026-06');
    expect(june.quarantine).toEqual([{ code: 'offer_unknown' }]);
    await publishDocuments(operator, 2);
    await operator.settle();
    const release = `mutation ($run: ID!, $account: ID!) {
      releaseQuarantine(runId: $run, accountId: $account, idempotencyKey: "release") { state } }`;
    await desk.ask(release, { run: june.id, account: stranger.account.accountId }, 'billing');
    await operator.settle();
    expect(await desk.run(june.id)).toMatchObject({
      state: 'COMPLETED',
      accounts: 13,
      added: 13,
      quarantined: 0,
    });
    expect((await desk.bills(stranger.account.accountId)).map((bill) => bill.period)).toEqual(['2026-06']);
    const again = await operator.graphql(
      release.replace('"release"', '"again"'),
      { run: june.id, account: stranger.account.accountId },
      'billing',
    );
    expect(again.errors?.[0]?.extensions.code).toBe('not_quarantined');
  });
});

describe('a forced run', () => {
  it('waits for a person, and rejected it leaves the period to be billed', async () => {
    await operator.moveClock('2026-08-01T06:00:00+08:00');
    expect(await desk.latestRun('2026-07')).toMatchObject({ state: 'WAITING' });
    const request = { period: '2026-07', force: true, reason: 'mediation is down' };
    const id = (await desk.startRun(request, 'force')).data?.startBillRun.id ?? '';
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'AWAITING_CONFIRMATION', added: 13 });
    expect(await desk.bills(accountId)).toHaveLength(1);
    const other = await desk.startRun(request, 'while-it-waits');
    expect(other.errors?.[0]?.extensions.code).toBe('bill_run_in_progress');
    const reject = `mutation ($id: ID!) { rejectBillRun(id: $id, reason: "usage came", idempotencyKey: "reject") { id } }`;
    await desk.ask(reject, { id }, 'billing');
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'REJECTED' });
    await publishUsage(operator, first, {
      period: '2026-07',
      version: 1,
      totals: usageTotalsOf(first, '2026-07'),
    });
    await closeSource(operator, '2026-08-01T00:00:00+08:00');
    await operator.settle();
    const again = await desk.startRun({ period: '2026-07' }, 'after-reject');
    await operator.settle();
    const run = await desk.run(again.data?.startBillRun.id ?? '');
    expect(run).toMatchObject({ state: 'COMPLETED', added: 13 });
    expect((await desk.bills(accountId)).map((bill) => bill.period)).toEqual(['2026-07', '2026-06']);
  });

  it('is numbered and published when a person confirms it', async () => {
    await operator.moveClock('2026-09-01T06:00:00+08:00');
    const request = { period: '2026-08', force: true, reason: 'mediation is down' };
    const id = (await desk.startRun(request, 'force-august')).data?.startBillRun.id ?? '';
    await operator.settle();
    const confirm = `mutation ($id: ID!) { confirmBillRun(id: $id, idempotencyKey: "confirm") { id } }`;
    await desk.ask(confirm, { id }, 'billing');
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'COMPLETED', added: 13 });
    const twice = await operator.graphql(confirm.replace('"confirm"', '"twice"'), { id }, 'billing');
    expect(twice.errors?.[0]?.extensions.code).toBe('bill_run_state');
  });
});

describe('a product that turns out to have ended before its period was billed', () => {
  it('is credited on the next bill', async () => {
    const iptv = first.products.find((product) => product.card === 'iptv') ?? first.products[0]!;
    const effectiveTo = instantFromIso('2026-08-01T00:00:00+08:00');
    await operator.publish('product.terminated.v1', {
      aggregateId: iptv.productId,
      lane: first.lane,
      version: 2,
      payload: { ...iptv, effectiveTo },
    });
    await closeSource(operator, '2026-10-01T00:00:00+08:00');
    await operator.moveClock('2026-10-01T06:00:00+08:00');
    const [september] = await desk.bills(accountId);
    const lines = september?.lines.filter((line) => line.card === 'iptv').map((line) => line.net);
    expect([september?.period, lines]).toEqual(['2026-09', ['-10.00']]);
  });
});

describe('a charge that comes once', () => {
  const input = {
    accountId,
    chargeClass: 'card replacement',
    label: 'New SIM',
    amount: '20.00',
    taxClass: 'value-added',
    serviceDate: '2026-09-20',
  };

  it('comes on one bill', async () => {
    const { chargeId } = await operator.command('billing.chargeOnce', input, { key: 'sim' });
    expect(await operator.command('billing.chargeOnce', input, { key: 'sim' })).toEqual({ chargeId });
    for (const key of ['once-1', 'once-2']) {
      await desk.startRun({ period: '2026-09' }, key);
      await operator.settle();
    }
    const bills = (await desk.bills(accountId)).filter((bill) => bill.period === '2026-09');
    expect(bills.map((bill) => bill.total)).toEqual(['20.00', '169.00']);
  });

  it.each([
    [{ amount: '0.00' }, 'charge_amount_invalid'],
    [{ amount: '1.005' }, 'charge_amount_invalid'],
    [{ taxClass: 'gold' }, 'tax_rate_missing'],
    [{ serviceDate: '2026-02-30' }, 'invalid_local_date'],
    [{ accountId: '00000000-0000-7000-8000-000000000999' }, 'account_not_found'],
  ])('is refused: %j', async (change, code) => {
    const key = JSON.stringify(change);
    const command = operator.command('billing.chargeOnce', { ...input, ...change }, { key });
    await expect(command).rejects.toMatchObject({ code });
  });
});

describe('a bill that the database refuses', () => {
  it('puts its own group into quarantine and no other', async () => {
    const [, second = first] = families;
    const [sample] = usageTotalsOf(second, '2026-06');
    if (!sample) throw new Error('the family has no usage');
    const totals = [{ ...sample, period: '2026-10', productId: 'no product has this id' }];
    await publishUsage(operator, second, { period: '2026-10', version: 1, totals });
    await closeSource(operator, '2026-11-01T00:00:00+08:00');
    await operator.moveClock('2026-11-01T06:00:00+08:00');
    const october = await desk.latestRun('2026-10');
    expect(october).toMatchObject({ state: 'COMPLETED', accounts: 13, added: 12, quarantined: 1 });
    expect(october.quarantine).toEqual([{ code: 'draft_failed' }]);
    await publishUsage(operator, second, { period: '2026-10', version: 2, totals: [] });
    await operator.settle();
    const again = await desk.startRun({ period: '2026-10' }, 'october-again');
    await operator.settle();
    const run = await desk.run(again.data?.startBillRun.id ?? '');
    expect(run).toMatchObject({ state: 'COMPLETED', accounts: 13, added: 1, quarantined: 0 });
  });
});

it('passes its own audit after all that', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
