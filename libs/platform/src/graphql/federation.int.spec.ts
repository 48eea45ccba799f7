import {
  startOperator,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
  type TestOperator,
} from '@ronghe/testing';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyCustomer, toyOrdering] });
});
afterAll(() => operator?.stop());

it('serves one query over two domains', async () => {
  await operator.get(ToyCustomerService).register('c1', 'Li Lei');
  await operator.settle();
  const query = 'query ($id: ID!) { customer(customerId: $id) { name timesHeard } }';
  expect(await operator.graphql(query, { id: 'c1' })).toEqual({
    data: { customer: { name: 'Li Lei', timesHeard: 1 } },
  });
});
