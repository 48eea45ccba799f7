import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { familyOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

const family = familyOf(1);
const { accountId } = family.account;
const stranger = '00000000-0000-7000-8000-000000000999';

let operator: TestOperator;
const desk = new Desk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishFamily(operator, { ...family, products: family.products.slice(0, 1) });
  await operator.settle();
});

afterAll(() => operator?.stop());

const billNow = async (scope: 'SO_FAR' | 'ONE_TIME', key: string, of = accountId) => {
  const { data, errors } = await operator.graphql<{
    billNow: {
      number: string;
      total: string;
      lastDay: string;
      lines: { chargeClass: string; net: string }[];
    }[];
  }>(
    `mutation ($input: BillNowInput!, $key: String!) { billNow(input: $input, idempotencyKey: $key) {
       number total lastDay lines { chargeClass net } } }`,
    { input: { accountId: of, scope }, key },
    'billing',
  );
  return errors?.[0]?.extensions.code ?? data?.billNow;
};

const chargeOnce = (key: string, amount: string, change: { chargeClass?: string; taxClass?: string } = {}) =>
  operator.command(
    'billing.chargeOnce',
    {
      accountId,
      chargeClass: 'card replacement',
      label: 'New SIM',
      amount,
      taxClass: 'value-added',
      serviceDate: '2026-07-10',
      ...change,
    },
    { key },
  );

describe('a bill outside the cycle', () => {
  it('has the days of the open period so far, and the bill of the cycle has the rest', async () => {
    await closeSource(operator, '2026-07-01T00:00:00+08:00');
    await operator.moveClock('2026-07-10T12:00:00+08:00');
    const [june] = await desk.bills(accountId);
    const full = '199.00';
    expect(june?.period).toBe('2026-06');

    const now = await billNow('SO_FAR', 'now');
    // 10 days of 31 of 199.00.
    expect(now).toMatchObject([{ number: 'B202607-00000001', total: '64.19', lastDay: '2026-07-10' }]);
    expect(await billNow('SO_FAR', 'now')).toEqual(now);
    expect(await billNow('SO_FAR', 'again on that day')).toBe('nothing_to_bill');

    await closeSource(operator, '2026-08-01T00:00:00+08:00');
    await operator.moveClock('2026-08-01T06:00:00+08:00');
    const july = (await desk.bills(accountId)).filter(({ period }) => period === '2026-07');
    expect(july.map(({ total }) => total)).toEqual(['134.81', '64.19']);
    const fen = july.reduce((sum, { total }) => sum + BigInt(total.replace('.', '')), 0n);
    expect(fen).toBe(BigInt(full.replace('.', '')));
  });

  it('has only what comes once, where that is asked for', async () => {
    await chargeOnce('sim', '20.00');
    expect(await billNow('ONE_TIME', 'once')).toMatchObject([
      { total: '20.00', lines: [{ chargeClass: 'card replacement', net: '20.00' }] },
    ]);
    expect(await billNow('ONE_TIME', 'once more')).toBe('nothing_to_bill');
    await closeSource(operator, '2026-09-01T00:00:00+08:00');
    await operator.moveClock('2026-09-01T06:00:00+08:00');
    const august = (await desk.bills(accountId)).filter(({ period }) => period === '2026-08');
    expect(august.map(({ total }) => total)).toEqual(['199.00', '20.00']);
  });

  it('is made once, when it is asked for twice at the same time', async () => {
    await chargeOnce('sim-2', '5.00');
    const answers = await Promise.all([billNow('ONE_TIME', 'left'), billNow('ONE_TIME', 'right')]);
    expect(answers.filter((answer) => answer === 'nothing_to_bill')).toHaveLength(1);
    const bills = (await desk.bills(accountId)).filter(({ period }) => period === '2026-09');
    expect(bills.map(({ total }) => total)).toEqual(['5.00']);
  });

  it('has what comes once on one day by charge class and tax class, in whichever order it was decided', async () => {
    await chargeOnce('fee-other', '0.81', { chargeClass: 'late fee', taxClass: 'value-added' });
    await chargeOnce('fee-plan', '0.54', { chargeClass: 'late fee', taxClass: 'mobile-plan' });
    await chargeOnce('sim-3', '5.00');
    const [bill] = (await billNow('ONE_TIME', 'in order')) as { lines: { net: string }[] }[];
    expect(bill?.lines.map(({ net }) => net)).toEqual(['5.00', '0.54', '0.81']);
  });

  it('is refused for an account that does not exist', async () => {
    expect(await billNow('SO_FAR', 'stranger', stranger)).toBe('account_not_found');
  });
});

it('leaves the audit clean', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
