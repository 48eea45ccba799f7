import type { ProductState } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { at, block, DunningWorld, Neighbours } from './dunning-world.fixture';

let world: DunningWorld;
beforeAll(async () => {
  world = await DunningWorld.start('2026-02-03T00:00:00+08:00');
});
afterAll(() => world?.operator.stop());
beforeEach(() => {
  world.neighbours = new Neighbours();
});

describe('a mobile bill that nobody pays', () => {
  it('is reminded of, stopped, stopped wholly, and goes on within the moment of its payment', async () => {
    const one = await world.customer('mobile-plan');
    const [product] = one.products as [ProductState];
    await world.bill(one, '131.67');
    await world.moveTo('2026-03-06T23:59:59+08:00');
    expect(await world.steps(one)).toEqual(['03-03 notice reminder', '03-05 notice warning']);
    expect(world.ordered(one)).toEqual([]);
    await world.moveTo('2026-03-07T00:00:00+08:00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing']);
    await world.tell(product, 'product.suspended.v1', { blocks: [block('barred-outgoing', '2026-03-07')] });
    await world.moveTo('2026-03-22T00:00:00+08:00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing', 'suspend full-stop']);
    await world.tell(product, 'product.suspended.v1', { blocks: [block('full-stop', '2026-03-22')] });
    await world.pay(one, '131.67');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing', 'suspend full-stop', 'resume']);
    await world.tell(product, 'product.resumed.v1', {
      blocks: [block('full-stop', '2026-03-22', '2026-03-22')],
    });
    expect((await world.steps(one)).slice(2)).toEqual([
      '03-07 stop outgoing-stop',
      '03-22 stop full-stop',
      '03-22 resume',
      '03-22 closed',
    ]);
    // 131.67 × 3‰ × 19 days, the last of them the 21st.
    expect(world.charges(one)).toEqual([['7.51', 'voice', '2026-03-21', 'late fee']]);
    await world.moveTo('2026-04-02T00:00:00+08:00');
    expect([world.ordered(one).length, world.charges(one).length]).toEqual([3, 1]);
  });

  it('is asked for again after a refusal, each time with another key', async () => {
    const one = await world.customer('mobile-plan');
    await world.bill(one, '50.00', { dueAt: at('2026-04-03') });
    world.neighbours.refusal = 'product_in_order';
    await world.moveTo('2026-04-07T00:00:00+08:00');
    world.neighbours.refusal = null;
    await world.moveTo('2026-04-07T00:00:30+08:00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing']);
    const [order] = world.neighbours.orders;
    const { lane, customerId } = one;
    const orderId = order?.orderId ?? '';
    const payload = { orderId, customerId, reason: 'service_order_failed' };
    await world.operator.publish('order.failed.v1', { aggregateId: orderId, lane, payload });
    await world.moveTo('2026-04-07T00:10:30+08:00');
    expect(new Set(world.neighbours.orders.map(({ key }) => key)).size).toBe(2);
  });

  it('loses and doubles nothing where the answers of ordering and billing are lost', async () => {
    const one = await world.customer('mobile-plan');
    await world.bill(one, '50.00', { dueAt: at('2026-04-13') });
    world.neighbours.lostAnswers = 1;
    await world.moveTo('2026-04-17T00:00:00+08:00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing']);
    // Asked again half a minute later, by the same key: there is one order.
    await world.moveTo('2026-04-17T00:00:30+08:00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing']);
    world.neighbours.lostAnswers = 1;
    await world.tell(one.products[0] as ProductState, 'product.suspended.v1', {
      blocks: [block('barred-outgoing', '2026-04-17')],
    });
    world.neighbours.lostAnswers = 2;
    await world.pay(one, '50.00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing', 'resume']);
    // 50.00 × 3‰ × 4 days
    expect(world.charges(one).map(([amount]) => amount)).toEqual(['0.60']);
    expect(world.neighbours.lostAnswers).toBe(0);
  });

  it('goes on below the amount of the stop, and never stops an exempt account', async () => {
    const [one, exempt] = [await world.customer('mobile-plan'), await world.customer('mobile-plan')];
    await world.bill(one, '10.00', { dueAt: at('2026-05-03') });
    await world.act('setDunningTerms', 'DunningTermsInput', {
      ...{ accountId: exempt.accountId, customerClass: 'standard', exempt: true, bearsLateFee: false },
      reason: 'fire brigade',
    });
    await world.bill(exempt, '10.00', { dueAt: at('2026-05-03') });
    await world.moveTo('2026-05-07T00:00:00+08:00');
    await world.tell(one.products[0] as ProductState, 'product.suspended.v1', {
      blocks: [block('barred-outgoing', '2026-05-07')],
    });
    await world.pay(one, '9.00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing']);
    await world.pay(one, '0.01');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing', 'resume']);
    await world.moveTo('2026-06-03T00:00:00+08:00');
    expect([await world.steps(exempt), world.ordered(exempt), world.charges(exempt)]).toEqual([[], [], []]);
  });
});

it('ends a broadband line not before 30 days overdue and 60 days stopped', async () => {
  const one = await world.customer('line');
  const [product] = one.products as [ProductState];
  await world.bill(one, '99.00', { dueAt: at('2026-06-03') });
  await world.moveTo('2026-07-02T23:59:59+08:00');
  expect(world.ordered(one)).toEqual([]);
  await world.moveTo('2026-07-03T00:00:00+08:00');
  expect(world.ordered(one)).toEqual(['suspend full-stop']);
  // Ordering is slow: the 60 days begin when the line is stopped, not when it was decided.
  await world.moveTo('2026-07-05T00:00:00+08:00');
  await world.tell(product, 'product.suspended.v1', { blocks: [block('full-stop', '2026-07-05')] });
  await world.moveTo('2026-09-02T23:59:59+08:00');
  expect(world.ordered(one).filter((each) => each !== 'suspend full-stop')).toEqual([]);
  await world.moveTo('2026-09-03T00:00:00+08:00');
  expect(world.ordered(one).at(-1)).toBe('delete');
  await world.tell(product, 'product.terminated.v1', { effectiveTo: at('2026-09-03'), blocks: [] });
  // What is ended is not resumed.
  expect((await world.steps(one)).slice(-2)).toEqual(['09-03 stop termination', '09-03 closed']);
  // On the first of each month what the month before has brought: 99.00 × 3‰ × 28, 31 and 31 days.
  expect(world.charges(one)).toEqual([
    ['8.32', 'voice', '2026-06-30', 'late fee'],
    ['9.20', 'voice', '2026-07-31', 'late fee'],
    ['9.21', 'voice', '2026-08-31', 'late fee'],
  ]);
});

it('tells the counter where an account stands and what comes next', async () => {
  const one = await world.customer('mobile-plan', 'line');
  const { billId } = await world.bill(one, '131.67', { dueAt: at('2026-09-05') });
  await world.moveTo('2026-09-08T10:00:00+08:00');
  const { data } = await world.operator.graphql<{ openDispute: { account: object } }>(
    `mutation ($input: OpenDisputeInput!, $key: String!) { openDispute(input: $input, idempotencyKey: $key) {
       account { lateFees { lateFrom accrued toCharge spans { from to days principal } }
         dunning { customerClass overdue overdueDays overdueBills
           cases { service stop steps { no kind state name(language: "zh-CN") overdue overdueDays } }
           next { service kind state stop at } } } } }`,
    { input: { accountId: one.accountId, billId, amount: '31.67', reason: 'part of it' }, key: newId() },
  );
  expect(data?.openDispute.account).toEqual({
    lateFees: [
      {
        ...{ lateFrom: '2026-09-05', accrued: '1.19', toCharge: '1.19' },
        spans: [{ from: '2026-09-05', to: '2026-09-08', days: 3, principal: '131.67' }],
      },
    ],
    dunning: {
      ...{ customerClass: 'standard', overdue: '100.00', overdueDays: 3, overdueBills: 1 },
      cases: [
        {
          ...{ service: 'BROADBAND', stop: 'NONE' },
          steps: [
            { no: 1, kind: 'NOTICE', state: 'reminder', name: '缴费提醒', overdue: '131.67', overdueDays: 0 },
          ],
        },
        {
          ...{ service: 'MOBILE', stop: 'NONE' },
          steps: [
            { no: 1, kind: 'NOTICE', state: 'reminder', name: '缴费提醒', overdue: '131.67', overdueDays: 0 },
            { no: 2, kind: 'NOTICE', state: 'warning', name: '停机预警', overdue: '131.67', overdueDays: 2 },
          ],
        },
      ],
      next: [
        {
          service: 'MOBILE',
          kind: 'STOP',
          state: 'outgoing-stop',
          stop: 'BARRED_OUTGOING',
          at: '2026-09-08T16:00:00.000Z',
        },
        {
          service: 'BROADBAND',
          kind: 'NOTICE',
          state: 'warning',
          stop: 'NONE',
          at: '2026-09-27T16:00:00.000Z',
        },
      ],
    },
  });
});
