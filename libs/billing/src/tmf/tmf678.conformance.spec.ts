import { startOperator, tmfConformance, tmfErrorProblems, type TestOperator } from '@ronghe/testing';
import { familyOf, usageTotalsOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { billingDomain } from '../index';

const root = '/tmf-api/customerBillManagement/v4';
const family = familyOf(1);
const stranger = '00000000-0000-7000-8000-999999999999';

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

  it('lists what is asked for: of an account or bill, a page, some attributes', async () => {
    const { accountId } = family.account;
    const shown = async (path: string) => {
      const { headers, body } = await get(path);
      return [Number(headers.get('x-total-count')), Number(headers.get('x-result-count')), body];
    };
    const [, , bills] = await shown('customerBill');
    const [bill] = bills as { id: string; href: string; billNo: string; '@type': string }[];
    // Links to the documents are made anew each time.
    const own = await shown(`customerBill?billingAccount.id=${accountId}`);
    expect(own).toMatchObject([1, 1, [{ id: bill?.id, billNo: bill?.billNo }]]);
    for (const other of [stranger, 'nobody'])
      expect(await shown(`customerBill?billingAccount.id=${other}`)).toEqual([0, 0, []]);
    expect(await shown('customerBill?offset=1')).toEqual([1, 0, []]);
    expect(await shown('customerBill?fields=billNo')).toEqual([
      ...[1, 1],
      [{ id: bill?.id, href: bill?.href, '@type': bill?.['@type'], billNo: bill?.billNo }],
    ]);
    const [, , rates] = await shown(`appliedCustomerBillingRate?bill.id=${bill?.id}`);
    expect(rates).toHaveLength(9);
    const page = (rates as object[]).slice(7);
    expect(await shown(`appliedCustomerBillingRate?bill.id=${bill?.id}&offset=7&limit=2`)).toEqual([
      9,
      2,
      page,
    ]);
    expect(await shown(`appliedCustomerBillingRate?bill.id=${stranger}`)).toEqual([0, 0, []]);
  });

  it.each([
    ['customerBill?limit=101', 400, 'page_invalid'],
    ['customerBill?offset=-1', 400, 'page_invalid'],
    ['customerBill?fields=id&fields=state', 400, 'page_invalid'],
    ['customerBill?state=settled', 400, 'filter_unknown'],
    ['appliedCustomerBillingRate?billingAccount.id=x', 400, 'filter_unknown'],
    ['customerBill/nobody', 404, 'bill_not_found'],
    [`customerBill/${stranger}`, 404, 'bill_not_found'],
    ['appliedCustomerBillingRate/nobody', 404, 'bill_line_not_found'],
    [`appliedCustomerBillingRate/${stranger}.1`, 404, 'bill_line_not_found'],
    ['customerBillOnDemand', 404, 'route_not_found'],
  ])('refuses %s as the definition has errors', async (path, status, code) => {
    const { status: answered, body } = await get(path);
    expect([answered, (body as { code: string }).code, tmfErrorProblems(problems, body)]).toEqual([
      ...[status, code],
      [],
    ]);
  });
});
