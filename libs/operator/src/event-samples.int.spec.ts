import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { allDomains } from './index';

type Publication = Parameters<TestOperator['publish']>;
/** An envelope, as far as it is published again here. */
type Sample = Publication[1] & { type: Publication[0]; sequence: number };

const folder = join(__dirname, '../../contracts/samples');
/** Every stored sample, in the order in which its facts would flow: samples are numbered so. */
const samples = readdirSync(folder)
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sample)
  .sort((a, b) => a.sequence - b.sequence);

/** Others that samples name: the owner of a relation, and the offer that a product changed to. */
function companionsOf({ type, ...event }: Sample): Sample[] {
  const { payload } = event;
  if (type === 'account.opened.v1' && 'openedAt' in payload) {
    const accountId = '01977d2e-4c00-7000-8000-000000000091';
    return [{ ...event, type, aggregateId: accountId, payload: { ...payload, accountId } as never }];
  }
  if (type === 'offering.published.v1' && 'document' in payload && payload.code === 'mobile-example') {
    const code = 'mobile-example-large';
    const document = { ...payload.document, code };
    return [{ ...event, type, aggregateId: code, payload: { ...payload, code, document } as never }];
  }
  return [];
}

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: allDomains });
  for (const { type, payload } of samples) {
    if (type.startsWith('service-order.') && 'orderId' in payload) await awaitReply(payload.orderId);
  }
  for (const { type, ...event } of samples.flatMap((sample) => [sample, ...companionsOf(sample)]))
    await operator.publish(type, event);
  await operator.settle();
});
afterAll(() => operator?.stop());

/** A reply goes to an order that is ordering's own, and that no fact tells of. */
async function awaitReply(orderId: string): Promise<void> {
  await operator.sql(
    `insert into ordering.product_order (order_id, customer_id, account_id, lane, kind, state, version, placed_by,
       channel, placed_at, hold_until, changed_at)
     select $1, $2, $3, 417, 'sale', 'provisioning', 2, 'test', 'counter', at, at + interval '30 minutes', at
       from (values ('2026-06-01T02:00:00Z'::timestamptz)) as placed (at)`,
    [orderId, '01977d2e-4c00-7000-8000-000000000001', '01977d2e-4c00-7000-8000-000000000002'],
  );
}

describe('an event as it was once published', () => {
  it.each(allDomains)('is taken by $name', async ({ name }) => {
    const parked = await operator.sql<{ type: string; reason: string }>(
      `select event->>'type' as type, reason from ${name}.feed_parked`,
    );
    expect(parked).toEqual([]);
  });

  it.each([
    ['ordering', `select 1 from ordering.known_account`, 2],
    ['the order that is replied to', `select 1 from ordering.product_order where state = 'completed'`, 1],
    ['the order that failed', `select 1 from ordering.product_order where state = 'failed'`, 1],
    ['charging', `select 1 from charging.product_version`, 5],
    ['billing', `select 1 from billing.product where version = 2`, 1],
    ['a bill’s usage', `select 1 from billing.usage_statement where version = 7`, 1],
    ['a bill’s inputs', `select 1 from billing.source_watermark`, 2],
    ['receivables', `select 1 from receivables.open_item`, 1],
  ])('has its effect on %s', async (_, query, rows) => {
    expect(await operator.sql(query)).toHaveLength(rows);
  });
});
