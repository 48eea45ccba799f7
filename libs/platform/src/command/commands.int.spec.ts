import {
  startOperator,
  toyOrdering,
  ToyOrderingService,
  toyReceivables,
  ToyReceivablesService,
  type TestOperator,
} from '@ronghe/testing';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering, toyReceivables] });
});
afterAll(() => operator?.stop());

it('reach their owner once per key and bring back its answer', async () => {
  const receivables = operator.get(ToyReceivablesService);
  expect([await receivables.dun('a1', 'k1'), await receivables.dun('a1', 'k1')]).toEqual([
    'order-of-a1',
    'order-of-a1',
  ]);
  expect(await operator.sql(`select task_id from ordering.task where task_id = 'a1'`)).toHaveLength(1);
});

it("bring back the owner's refusal, which leaves nothing behind", async () => {
  const input = { customerId: 'refused', accountId: 'a2', items: [] };
  const { commands } = operator.get(ToyReceivablesService);
  await expect(commands.send('ordering.placeOrder', input, { key: 'k2' })).rejects.toMatchObject({
    code: 'customer_refused',
  });
  expect(await operator.sql(`select 1 from ordering.task where task_id = 'a2'`)).toEqual([]);
  expect(await operator.sql(`select 1 from ordering.schedule where key = 'a2'`)).toEqual([]);
});

it('are given by nobody whom the flow does not name', async () => {
  const { commands } = operator.get(ToyOrderingService);
  const input = { customerId: 'c', accountId: 'a3', items: [] };
  await expect(commands.send('ordering.placeOrder', input, { key: 'k3' })).rejects.toThrow(
    'ordering may not give',
  );
});

it('carry copies: neither side can change what the other holds', async () => {
  const input = { customerId: 'c', accountId: 'a4', items: [], until: undefined };
  const { commands } = operator.get(ToyReceivablesService);
  const answer = await commands.send('ordering.placeOrder', input, { key: 'k4' });
  answer.orderId = 'changed';
  expect(await commands.send('ordering.placeOrder', input, { key: 'k4' })).toEqual({
    orderId: 'order-of-a4',
  });
});

it("keep one trace from the gateway over the command and its job to the job's event", async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const response = await fetch(`${operator.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await operator.token('billing')}`,
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify({ query: 'mutation { dun(accountId: "traced", idempotencyKey: "traced") }' }),
  });
  expect(await response.json()).toEqual({ data: { dun: 'order-of-traced' } });
  await operator.settle();
  const found = await operator.sql<{ what: string; trace_id: string }>(
    `select 'command' as what, trace_id from ordering.command_log where key = 'traced'
     union all select 'job', trace_id from ordering.task where task_id = 'traced'
     union all select 'event', trace_id from ordering.outbox where aggregate_id = 'traced'`,
  );
  expect(found).toEqual(['command', 'job', 'event'].map((what) => ({ what, trace_id: traceId })));
  const [command] = await operator.sql(
    `select actor, channel from ordering.command_log where key = 'traced'`,
  );
  expect(command).toEqual({ actor: 'domain:receivables', channel: 'graphql' });
});
