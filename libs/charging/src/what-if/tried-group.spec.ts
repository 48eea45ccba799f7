import type { NumberGradePolicy, OfferDocument, PriceChange, ProductState } from '@ronghe/contracts';
import { billPeriodOf, instantFromIso, sumMoney, type LocalDate, type Money } from '@ronghe/kernel';
import { groupCharges } from '@ronghe/rating';
import { AccountBook, type BookedAccount } from '../balance/account-book';
import { offerOf } from '../rerating/rerating.fixture';
import { compareGroup } from './tried-group';

/** A prepaid and a postpaid account of one balance group, where each one's product lowers the fee of the other's. */

const cycle = { zone: 'Asia/Shanghai', billDay: 1 };
const period = billPeriodOf('2026-06', cycle);
const account = (accountId: string, paymentMode: BookedAccount['paymentMode']): BookedAccount =>
  ({ accountId, lane: 7, paymentMode, balanceGroupId: 'g', ...cycle }) as BookedAccount;
const accounts = [account('bill', 'postpaid'), account('purse', 'prepaid')];

const change: PriceChange = {
  ...{ code: 'together', label: { en: 'Together', 'zh-CN': '共享' }, of: { specification: 'mobile-main' } },
  ...{ within: 'balance-group', price: null, to: { percentLess: '50' }, priority: 1 },
};
function plan(version: number, amount: string): OfferDocument {
  const document = offerOf('mobile-5g-199');
  const recurringPrices = document.recurringPrices.slice(0, 1).map((price) => ({ ...price, amount }));
  return { ...document, version, recurringPrices, discounts: [], priceChanges: [change] };
}
const product = (accountId: string): ProductState =>
  ({
    ...{ productId: `${accountId}-main`, accountId, cardGroupId: `${accountId}-main`, lane: 7 },
    ...{ customerId: 'c', orderId: 'o', offeringCode: 'mobile-5g-199', offeringVersion: 1 },
    ...{ role: 'main', card: 'main', bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null },
    ...{ onlineClasses: [], effectiveTo: null },
    resources: [{ resourceId: 'r', kind: 'mobile_number', value: '13788888888', grade: 'gold' }],
    effectiveFrom: instantFromIso('2026-05-01T00:00:00+08:00'),
  }) as ProductState;
const books = (document: OfferDocument) =>
  new AccountBook(
    accounts,
    accounts.map(({ accountId }) => product(accountId)),
    () => document,
  );

const netOf = (lines: readonly { net: Money }[]) => sumMoney(lines.map(({ net }) => net));

it('charges a mixed group as its bills do: together, and what is prepaid as it is debited', () => {
  const [live, drafted] = [plan(1, '100.00'), plan(2, '80.00')];
  const compared = compareGroup(
    { accounts, period: '2026-06', totals: new Map(), changesOf: () => [] },
    { book: books(live), discounts: [] },
    { book: books(drafted), discounts: [] },
  );
  // The postpaid fee is halved by the other account's product; the prepaid one was debited whole.
  expect(compared.map(({ before }) => netOf(before.lines))).toEqual([5000n, 10000n]);
  expect(compared.map(({ after }) => netOf(after.lines))).toEqual([4000n, 8000n]);

  const billed = groupCharges({
    accounts: accounts.map(({ accountId, paymentMode }) => ({
      ...{ accountId, isPrepaid: paymentMode === 'prepaid', holdings: [product(accountId)], usageTotals: [] },
      ...(paymentMode === 'prepaid' && {
        debitedFees: [
          {
            ...{ productId: `${accountId}-main`, priceCode: live.recurringPrices[0]?.code ?? '' },
            ...{ label: change.label, taxClass: live.recurringPrices[0]?.taxClass ?? '' },
            amount: 100_000_000n as never,
          },
        ],
      }),
    })),
    ...{ offers: () => live, cycle, period, part: 'all' as const, discounts: [], chargeClasses: [] },
  });
  expect(compared.map(({ before }) => netOf(before.lines))).toEqual(billed.map(netOf));
});

it('asks the minimum of numbers as bills do: of prepaid accounts where it says so', () => {
  const grades: NumberGradePolicy = {
    ...{ kind: 'number-grade', code: 'minimum', version: 1, effectiveFrom: '2026-01-01' as LocalDate },
    ...{ effectiveTo: null, label: change.label, chargeClass: 'number minimum', taxClass: 'voice' },
    minimums: [{ grade: 'gold', amount: '120.00' }],
  };
  const terms = { book: books(plan(1, '100.00')), discounts: [] };
  const compared = compareGroup(
    { accounts, period: '2026-06', totals: new Map(), changesOf: () => [] },
    { ...terms, numberGrades: [grades] },
    { ...terms, numberGrades: [{ ...grades, prepaid: 'at-period-end' }] },
  );
  expect(compared.map(({ before }) => netOf(before.lines))).toEqual([12000n, 10000n]);
  expect(compared.map(({ after }) => netOf(after.lines))).toEqual([12000n, 12000n]);
});
