import { newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { billingDomain } from './billing.domain';
import { SayWhoIsInRuns1700000000180 } from './migrations/1700000000180-say-who-is-in-runs';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain] });
});
afterAll(() => operator?.stop());

const addAccount = (paymentMode: string): Promise<unknown> =>
  operator.sql(
    `insert into billing.account (account_id, lane, customer_id, balance_group_id, billing_group_id, bill_day, zone,
       payment_mode, opened_at)
     values ($1, 1, $1, $1, $1, 1, 'Asia/Shanghai', $2, '2026-05-01T00:00:00+08:00')`,
    [newId(), paymentMode],
  );
const addRun = (period: string, periodTo: string): Promise<unknown> =>
  operator.sql(
    `insert into billing.bill_run (run_id, period, bill_day, zone, period_to, trigger, is_forced, requested_by, state,
       waiting_for, checks, accounts, added, quarantined, created_at)
     values ($1, $2, 1, 'Asia/Shanghai', $3, 'manual', false, 'clerk', 'completed', '[]', '[]', 0, 0, 0, $3)`,
    [newId(), period, periodTo],
  );

it('expects prepaid accounts in runs that end from now on, and in none that ended before they were drafted', async () => {
  await addAccount('prepaid');
  await addRun('2026-05', '2026-06-01T00:00:00+08:00');
  await operator.sql('alter table billing.bill_run drop column includes_prepaid');
  await new SayWhoIsInRuns1700000000180().up({ query: (text: string) => operator.sql(text) } as never);
  await addRun('2026-06', '2026-07-01T00:00:00+08:00');
  const { body } = await operator.rest('POST', '/audit');
  const { differences } = body as { differences: { name: string; scope: string }[] };
  const scopes = differences.filter(({ name }) => name === 'accounts-in-run').map(({ scope }) => scope);
  expect(scopes).toEqual([expect.stringMatching(/^2026-06\//)]);
});
