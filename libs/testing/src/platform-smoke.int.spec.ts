import { startOperator, type TestOperator } from './start-operator';
import { toyCustomer, ToyCustomerService, toyOrdering } from './toy/toy-domains';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyCustomer, toyOrdering] });
});
afterAll(() => operator?.stop());

it('serves one federated query over two domains', async () => {
  await operator.get(ToyCustomerService).register('c1', 'Li Lei');
  await operator.settle();
  const answer = await operator.graphql('query($id: ID!) { customer(customerId: $id) { name timesHeard } }', { id: 'c1' });
  expect(answer).toEqual({ data: { customer: { name: 'Li Lei', timesHeard: 1 } } });
});
