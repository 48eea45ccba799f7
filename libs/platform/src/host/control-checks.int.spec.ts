import { startOperator, toyCustomer, ToyCustomerService, type TestOperator } from '@ronghe/testing';
import type { Tx } from '../database/tx';
import { checkNothing, checkTold } from './control-checks';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyCustomer] });
  await operator.get(ToyCustomerService).register('c1', 'Li Lei');
});
afterAll(() => operator?.stop());

const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  operator.get(ToyCustomerService).transactions.read(work);

it('counts the facts of one type that the domain has published', async () => {
  const type = 'customer.registered.v1';
  const told = await read((tx) => checkTold(tx, 'customers-published', '2', type));
  expect(told).toEqual({ name: 'customers-published', scope: 'all', left: '2', right: '1' });
  expect(await read((tx) => checkTold(tx, 'none', '1', 'account.opened.v1'))).toMatchObject({ right: '0' });
});

it('passes when nothing is wrong', async () => {
  const nameless = `select count(*) from customer.customer where name = `;
  expect(await read((tx) => checkNothing(tx, 'named', `${nameless}''`))).toMatchObject({
    left: '0',
    right: '0',
  });
  expect(await read((tx) => checkNothing(tx, 'named', `${nameless}'Li Lei'`))).toMatchObject({ left: '1' });
});
