import { startOperator, type TestOperator } from '@ronghe/testing';
import { orderingDomain } from './ordering.domain';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [orderingDomain] });
});
afterAll(() => operator?.stop());

describe('what ordering stores', () => {
  it('refuses two versions of a product that are in force at once', async () => {
    const insert = (version: number, from: string, to: string | null) =>
      operator.sql(
        `insert into ordering.product_version
           (product_id, version, customer_id, account_id, lane, order_id, order_item_no, offering_code,
            offering_version, role, card, card_group_id, resources, online_classes, number_count, effective_from,
            effective_to, recorded_at, recorded_by, cause)
         select id, $1, id, id, 1, id, 1, 'plan', 1, 'alone', 'main', id, '[]', '{}', 0, $2, $3, $2, 'test', 'activated'
         from (values ('0198d5b8-0000-7000-8000-000000000001'::uuid)) as given (id)`,
        [version, from, to],
      );
    await insert(1, '2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z');
    await insert(2, '2026-07-01T00:00:00Z', null);
    await expect(insert(3, '2026-06-15T00:00:00Z', '2026-06-16T00:00:00Z')).rejects.toMatchObject({
      message: expect.stringContaining('product_version_once') as unknown,
    });
  });
});
