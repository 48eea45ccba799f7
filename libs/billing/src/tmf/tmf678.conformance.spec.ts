import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
import { familyOf, usageTotalsOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { billingDomain } from '../index';

const root = '/tmf-api/customerBillManagement/v4';
const family = familyOf(1);

let operator: TestOperator;

beforeAll(async () => {
  operator = await startOperator({
    domains: [billingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    stubs: {
      queries: { 'receivables.getBillDues': ({ billIds }) => ({ dues: billIds.map(() => '31.67') }) },
    },
  });
  await publishDocuments(operator);
  await publishFamily(operator, family);
  await publishUsage(operator, family, {
    period: '2026-06',
    version: 1,
    totals: usageTotalsOf(family, '2026-06'),
  });
  await closeSource(operator, '2026-07-01T00:00:00+08:00');
  await operator.moveClock('2026-07-01T06:00:00+08:00');
});

afterAll(() => operator?.stop());

describe('TMF678 Customer Bill Management', () => {
  const problems = tmfConformance('TMF678');
  const get = async (path: string) => operator.rest('GET', `${root}/${path}`, undefined, { role: 'partner' });

  it('answers customer bills as the definition has them, listed and alone', async () => {
    const list = await get('customerBill');
    const bills = list.body as { id: string; state: string }[];
    expect([list.headers.get('x-total-count'), bills.length]).toEqual(['1', 1]);
    for (const bill of bills) {
      expect(problems('CustomerBill', bill)).toEqual([]);
      expect(problems('CustomerBill', (await get(`customerBill/${bill.id}`)).body)).toEqual([]);
      expect(bill.state).toBe('partiallyPaid');
    }
  });

  it('answers the lines as applied billing rates', async () => {
    const rates = (await get('appliedCustomerBillingRate?limit=100')).body as { id: string }[];
    expect(rates).toHaveLength(9);
    for (const rate of rates) {
      expect(problems('AppliedCustomerBillingRate', rate)).toEqual([]);
      expect((await get(`appliedCustomerBillingRate/${rate.id}`)).body).toEqual(rate);
    }
  });
});
