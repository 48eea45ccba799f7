import type { ProductState } from '@ronghe/contracts';
import { at, block, DunningWorld, Neighbours, type Customer } from './dunning-world.fixture';

let world: DunningWorld;
beforeAll(async () => {
  world = await DunningWorld.start('2026-09-20T00:00:00+08:00');
});
afterAll(() => world?.operator.stop());
beforeEach(() => {
  world.neighbours = new Neighbours();
});

describe('what a clerk agrees', () => {
  it('a promise keeps dunning still through its day, and a released one lets service go on', async () => {
    const [kept, released] = [await world.customer('mobile-plan'), await world.customer('mobile-plan')];
    for (const one of [kept, released]) await world.bill(one, '20.00', { dueAt: at('2026-10-03') });
    await world.moveTo('2026-10-07T00:00:00+08:00');
    const blocks = [block('barred-outgoing', '2026-10-07')];
    for (const one of [kept, released]) {
      await world.tell(one.products[0] as ProductState, 'product.suspended.v1', { blocks });
      const { code } = await world.act(
        'promisePayment',
        'PromisePaymentInput',
        {
          ...{ accountId: one.accountId, until: '2026-10-25', releases: one === released },
          reason: 'wages come on the 25th',
        },
        'counter',
      );
      expect(code).toBeUndefined();
    }
    await world.tell(released.products[0] as ProductState, 'product.resumed.v1', { blocks: [] });
    await world.moveTo('2026-10-25T23:59:59+08:00');
    expect(world.ordered(kept)).toEqual(['suspend barred-outgoing']);
    expect(world.ordered(released)).toEqual(['suspend barred-outgoing', 'resume']);
    await world.moveTo('2026-10-26T00:00:00+08:00');
    expect(world.ordered(kept)).toEqual(['suspend barred-outgoing', 'suspend full-stop']);
    expect(world.ordered(released)).toEqual(['suspend barred-outgoing', 'resume', 'suspend full-stop']);
    const input = { accountId: kept.accountId, until: '2026-10-25', releases: false, reason: 'again' };
    expect((await world.act('promisePayment', 'PromisePaymentInput', input)).code).toBe(
      'promise_date_invalid',
    );
  });

  it('a waiver takes back what was charged, by the should-minus-has of the bill', async () => {
    const one = await world.customer();
    const { billId } = await world.bill(one, '100.00', { dueAt: at('2026-10-28') });
    await world.moveTo('2026-11-01T00:00:00+08:00');
    expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.20']);
    await world.moveTo('2026-11-03T00:00:00+08:00');
    const input = { accountId: one.accountId, billId, reason: 'goodwill' };
    expect((await world.act('waiveLateFee', 'WaiveLateFeeInput', { ...input, amount: '1.81' })).code).toBe(
      'late_fee_not_there',
    );
    expect((await world.act('waiveLateFee', 'WaiveLateFeeInput', { ...input, reason: ' ' })).code).toBe(
      'reason_missing',
    );
    expect((await world.act('waiveLateFee', 'WaiveLateFeeInput', input)).code).toBeUndefined();
    expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.20', '-1.20']);
    await world.pay(one, '100.00');
    // 6 days of 0.30 are waived.
    expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.20', '-1.20']);
  });
});

describe('a disputed sum', () => {
  it('is not late while it is disputed, and late again without those days once it is lost', async () => {
    const one = await world.customer('mobile-plan');
    const { billId } = await world.bill(one, '100.00', { dueAt: at('2026-12-03') });
    await world.moveTo('2026-12-05T10:00:00+08:00');
    const input = { accountId: one.accountId, billId, reason: 'calls that I did not make' };
    expect(
      (await world.act('openDispute', 'OpenDisputeInput', { ...input, amount: '100.01' }, 'counter')).code,
    ).toBe('dispute_exceeds_open');
    const { answer } = await world.act(
      'openDispute',
      'OpenDisputeInput',
      { ...input, amount: '100.00' },
      'counter',
    );
    expect(answer?.state).toBe('OPEN');
    await world.moveTo('2026-12-15T10:00:00+08:00');
    expect([world.ordered(one), world.charges(one)]).toEqual([[], []]);
    const decision = {
      disputeId: answer?.disputeId,
      accepted: false,
      reason: 'the numbers are in the phone book',
    };
    expect((await world.act('resolveDispute', 'ResolveDisputeInput', decision)).answer?.state).toBe(
      'REJECTED',
    );
    expect((await world.act('resolveDispute', 'ResolveDisputeInput', decision)).code).toBe(
      'dispute_not_open',
    );
    await world.moveTo('2026-12-16T23:59:59+08:00');
    expect(world.ordered(one)).toEqual([]);
    await world.moveTo('2026-12-17T00:00:00+08:00');
    expect(world.ordered(one)).toEqual(['suspend barred-outgoing']);
    await world.pay(one, '100.00');
    // The 3rd, 4th, 15th and 16th.
    expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.20']);
  });

  it('that is accepted stays held until its credit note comes', async () => {
    const one = await world.customer('mobile-plan');
    const { billId } = await world.bill(one, '100.00', { dueAt: at('2027-01-03') });
    const input = { accountId: one.accountId, billId, amount: '40.00', reason: 'never ordered' };
    const { answer } = await world.act('openDispute', 'OpenDisputeInput', input);
    await world.act('resolveDispute', 'ResolveDisputeInput', {
      ...{ disputeId: answer?.disputeId, accepted: true, reason: 'true' },
    });
    const item = () =>
      world.operator.sql(
        `select i.open_fen, i.disputed_fen, d.state from receivables.open_item i
         join receivables.dispute d on d.lane = i.lane and d.bill_id = i.bill_id where i.bill_id = $1`,
        [billId],
      );
    expect(await item()).toEqual([{ open_fen: '10000', disputed_fen: '4000', state: 'accepted' }]);
    // What a run takes back is of no bill in particular, and a note for another bill is for that one.
    const { billId: other } = await world.bill(one, '10.00', { dueAt: at('2027-02-03') });
    await world.bill(one, '-10.00', { creditsBillId: other, creditsLines: [1] });
    expect(await item()).toEqual([{ open_fen: '10000', disputed_fen: '4000', state: 'accepted' }]);
    await world.bill(one, '-40.00', { creditsBillId: billId, creditsLines: [2] });
    expect(await item()).toEqual([{ open_fen: '6000', disputed_fen: '0', state: 'credited' }]);
    await world.moveTo('2027-01-13T00:00:00+08:00');
    await world.pay(one, '60.00');
    expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.80']);
  });
});

describe('a disputed line', () => {
  const dispute = async (one: Customer, billId: string, lineNo: number | null, amount: string) => {
    const input = { accountId: one.accountId, billId, lineNo, amount, reason: 'not mine' };
    return world.act('openDispute', 'OpenDisputeInput', input);
  };

  it('is disputed for what it comes to, each fen once', async () => {
    const one = await world.customer('mobile-plan');
    const { billId } = await world.bill(one, '100.00');
    expect((await dispute(one, billId, 3, '1.00')).code).toBe('line_not_found');
    expect((await dispute(one, billId, 2, '40.01')).code).toBe('dispute_exceeds_line');
    expect((await dispute(one, billId, 2, '30.00')).answer?.state).toBe('OPEN');
    expect((await dispute(one, billId, 2, '10.01')).code).toBe('dispute_exceeds_line');
    expect((await dispute(one, billId, 2, '10.00')).answer?.state).toBe('OPEN');
  });

  it('is done with by the credit note of that line, and of the whole bill by one of another line', async () => {
    const one = await world.customer('mobile-plan');
    const { billId } = await world.bill(one, '100.00');
    for (const [lineNo, amount] of [
      [1, '20.00'],
      [2, '40.00'],
      [null, '5.00'],
    ] as const) {
      const { answer } = await dispute(one, billId, lineNo, amount);
      const decision = { disputeId: answer?.disputeId, accepted: true, reason: 'true' };
      await world.act('resolveDispute', 'ResolveDisputeInput', decision);
    }
    const held = async () => {
      const [item] = await world.operator.sql<{ fen: string; states: string }>(
        `select i.disputed_fen as fen, (select string_agg(coalesce(d.line_no::text, '-') || ' ' || d.state, ', ' order by d.line_no)
           from receivables.dispute d where d.lane = i.lane and d.bill_id = i.bill_id) as states
         from receivables.open_item i where i.bill_id = $1`,
        [billId],
      );
      return [item?.fen, item?.states];
    };
    expect(await held()).toEqual(['6500', '1 accepted, 2 accepted, - accepted']);
    await world.bill(one, '-40.00', { creditsBillId: billId, creditsLines: [2] });
    expect(await held()).toEqual(['2500', '1 accepted, 2 credited, - accepted']);
    await world.bill(one, '-25.00', { creditsBillId: billId, creditsLines: [1, 2] });
    expect(await held()).toEqual(['0', '1 credited, 2 credited, - credited']);
  });
});

it('shares a late fee over the rates of what is late, and takes no fee of a fee', async () => {
  const one = await world.customer();
  await world.bill(one, '100.00', {
    taxes: [
      { percent: '9', gross: '60.00', tax: '4.95' },
      { percent: '6', gross: '40.00', tax: '2.26' },
    ],
    oneTimeCharges: [{ chargeClass: 'late fee', amount: '10.00' }],
    dueAt: at('2027-02-03'),
  });
  await world.moveTo('2027-02-13T00:00:00+08:00');
  await world.pay(one, '100.00', '2027-02-08');
  // 90.00 × 3‰ × 5 days until the value date = 1.35.
  expect(world.charges(one).sort()).toEqual([
    ['0.54', 'value-added', '2027-02-07', 'late fee'],
    ['0.81', 'voice', '2027-02-07', 'late fee'],
  ]);
});

it('takes no late fee of what is in an instalment plan while the plan is kept', async () => {
  const one = await world.customer();
  await world.bill(one, '100.00', { dueAt: at('2027-03-03') });
  await world.moveTo('2027-03-08T10:00:00+08:00');
  const { errors } = await world.operator.graphql(
    `mutation ($input: CreateInstalmentPlanInput!) { createInstalmentPlan(input: $input, idempotencyKey: "plan") { planId } }`,
    {
      input: {
        accountId: one.accountId,
        parts: [
          { dueOn: '2027-03-20', amount: '40.00' },
          { dueOn: '2027-04-20', amount: '60.00' },
        ],
      },
    },
  );
  expect(errors).toBeUndefined();
  await world.moveTo('2027-03-20T10:00:00+08:00');
  await world.pay(one, '40.00');
  await world.moveTo('2027-04-02T10:00:00+08:00');
  // 100.00 × 3‰ × 5: from the 3rd to the 7th of March.
  expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.50']);
  // The second part is missed: 60.00 are late from the 21st of April on.
  await world.moveTo('2027-05-01T10:00:00+08:00');
  expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.50', '1.80']);
  await world.pay(one, '60.00');
});

it('takes a late fee of a payment of a plan from the day on which it is taken back', async () => {
  const one = await world.customer();
  await world.bill(one, '100.00', { dueAt: at('2027-06-03') });
  await world.moveTo('2027-06-03T10:00:00+08:00');
  const parts = [{ dueOn: '2027-07-20', amount: '100.00' }];
  const { errors } = await world.operator.graphql(
    `mutation ($input: CreateInstalmentPlanInput!) { createInstalmentPlan(input: $input, idempotencyKey: "taken") { planId } }`,
    { input: { accountId: one.accountId, parts } },
  );
  expect(errors).toBeUndefined();
  await world.moveTo('2027-06-10T10:00:00+08:00');
  await world.pay(one, '40.00');
  await world.moveTo('2027-06-21T10:00:00+08:00');
  const [payment] = await world.operator.sql<{ allocation_id: string }>(
    'select allocation_id from receivables.allocation where account_id = $1',
    [one.accountId],
  );
  const taken = { accountId: one.accountId, allocationId: payment?.allocation_id, reason: 'bounced' };
  const back = await world.operator.graphql(
    `mutation ($input: UnallocateInput!) { unallocate(input: $input, idempotencyKey: "back") { __typename } }`,
    { input: taken },
  );
  expect(back.errors).toBeUndefined();
  await world.operator.settle();
  await world.moveTo('2027-07-01T10:00:00+08:00');
  // 40.00 × 3‰ × 10: from the 21st to the 30th of June.
  expect(world.charges(one).map(([amount]) => amount)).toEqual(['1.20']);
  await world.pay(one, '60.00');
});
