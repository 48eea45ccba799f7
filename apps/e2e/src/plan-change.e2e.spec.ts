import {
  applyDocuments,
  audit,
  billsOf,
  closeSource,
  midnight,
  moveClock,
  OperatorApi,
  payAtCounter,
  settle,
} from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { productsOf } from './blocks';
import { cancelOrder, orderOf, placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { changeProducts, contractOf, moveProducts, terminateOn, termsOf } from './plan-changes';
import { stockHall } from './stock';

/** Products that go on under other offers, from a day to come or one that has passed, and what the bills say of it. */
describe('a change of plan', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 20 });
    await settle(api);
    for (const [name, offering] of Object.entries(sold)) parties.set(name, await sell(name, [offering]));
    parties.set('family', await sell('family', family, 'convergent-199'));
  }, 180_000);
  afterAll(() => operator?.stop());

  const sold = {
    mobile: 'mobile-5g-129',
    faster: 'home-300',
    mended: 'home-300',
    year: 'home-1000-year',
    leaving: 'home-1000-year',
  };
  const family = ['mobile-5g-199', 'sub-card', 'broadband-line', 'fixed-line'];
  const parties = new Map<string, Party & { productIds: string[] }>();
  let people = 0;

  async function sell(name: string, offerings: string[], bundle?: string) {
    const party = await registerParty(api, String((people += 1)));
    const orderId = await placeOrder(api, party, name, { offerings, ...(bundle && { bundle }) });
    await settle(api);
    expect((await orderOf(api, orderId)).state).toBe('COMPLETED');
    return { ...party, productIds: (await productsOf(api, party)).map(({ productId }) => productId) };
  }

  function partyOf(name: string) {
    const party = parties.get(name);
    if (!party) throw new Error(name);
    return party;
  }

  /** Moves a party's first product, and says in which state the order is. */
  async function change(name: string, offeringCode: string, more: object = {}): Promise<string> {
    const party = partyOf(name);
    const items = [{ productId: party.productIds[0] ?? '', offeringCode }];
    const orderId = await changeProducts(api, party, { items, ...more });
    await settle(api);
    return orderId;
  }

  const stateOf = async (orderId: string) => (await orderOf(api, orderId)).state;
  const day = async (date: string) => moveClock(api, midnight(date));
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: { code?: string }) => error.code,
    );

  async function endOfMonth(next: string): Promise<void> {
    await day(next);
    await closeSource(api, midnight(next), next);
    await settle(api);
    // Everybody pays at once, or dunning would have a word.
    for (const { accountId } of parties.values()) {
      for (const { id, due } of await billsOf(api, accountId)) {
        if (Number(due) > 0) await payAtCounter(api, accountId, due, id);
      }
    }
    await settle(api);
  }

  async function linesOf(name: string, period: string): Promise<string[]> {
    const bill = (await billsOf(api, partyOf(name).accountId)).find((each) => each.period === period);
    return [
      ...(bill?.lines ?? []).map(
        ({ servicePeriod, card, amount, net }) =>
          `${servicePeriod === period ? '' : `${servicePeriod} `}${card} ${amount} → ${net}`,
      ),
      bill ? `= ${bill.total}` : 'no bill',
    ];
  }

  it('waits for the next period, can be cancelled until then, and is refused where it may not be', async () => {
    await day('2026-06-05');
    const wrong = await change('mobile', 'mobile-5g-239');
    expect(await stateOf(wrong)).toBe('PENDING');
    expect(await refusal(change('mobile', 'mobile-5g-169'))).toBe('product_in_order');
    await cancelOrder(api, wrong);
    expect(await stateOf(wrong)).toBe('CANCELLED');
    expect(await refusal(change('mobile', 'mobile-5g-129'))).toBe('offer_same');
    expect(await refusal(change('mobile', 'home-300'))).toBe('offer_other_specification');
    expect(await refusal(change('mobile', 'mobile-5g-169', { effectiveOn: '2026-07-15' }))).toBe(
      'effective_day_invalid',
    );
    expect(await refusal(change('mobile', 'mobile-5g-199', { bundleOfferingCode: 'convergent-199' }))).toBe(
      'bundle_member_missing',
    );
    expect(await refusal(change('faster', 'home-1000', { effectiveOn: '2026-06-02' }))).toBe(
      'backdate_reason_missing',
    );
    expect(await stateOf(await change('mobile', 'mobile-5g-169'))).toBe('PENDING');
    // The family's main card goes to a plan that its bundle does not have: it leaves, and the bundle ends.
    expect(await stateOf(await change('family', 'mobile-5g-239'))).toBe('PENDING');
  });

  it('at once is by days: up, twice in a day, and back', async () => {
    await day('2026-06-11');
    for (const offering of ['home-1000', 'home-300', 'home-1000']) {
      expect(await stateOf(await change('faster', offering))).toBe('COMPLETED');
    }
    await day('2026-06-21');
    expect(await stateOf(await change('faster', 'home-300'))).toBe('COMPLETED');
    expect(await termsOf(api, partyOf('faster').productIds[0] ?? '')).toEqual({
      offeringCode: 'home-300',
      earlier: ['home-300 2026-05-31T16', 'home-1000 2026-06-10T16'],
    });
    await endOfMonth('2026-07-01');
    // 80 × 10/30 + 120 × 10/30 + 80 × 10/30
    expect(await linesOf('faster', '2026-06')).toEqual(['broadband 93.33 → 93.33', '= 93.33']);
    expect(await linesOf('mobile', '2026-06')).toEqual(['main 129.00 → 129.00', '= 129.00']);
    expect(await linesOf('family', '2026-06')).toEqual([
      'main 199.00 → 159.00',
      'sub1 10.00 → 10.00',
      '= 169.00',
    ]);
    // The fee less ten yuan that the contract gives.
    expect(await linesOf('year', '2026-06')).toEqual(['broadband 110.00 → 110.00', '= 110.00']);
  });

  it('that waited holds from the first of the month, with what was promised to the product', async () => {
    const party = partyOf('mobile');
    expect(await termsOf(api, party.productIds[0] ?? '')).toEqual({
      offeringCode: 'mobile-5g-169',
      earlier: ['mobile-5g-129 2026-05-31T16'],
    });
    // Back into a bundle: the line stays as it is and joins with the card.
    const { productIds } = partyOf('family');
    const [main = '', , line = ''] = productIds;
    const items = [
      { productId: main, offeringCode: 'mobile-5g-199' },
      { productId: line, offeringCode: 'broadband-line' },
    ];
    const joining = { items, bundleOfferingCode: 'convergent-199' };
    expect(await stateOf(await changeProducts(api, partyOf('family'), joining))).toBe('PENDING');
    await endOfMonth('2026-08-01');
    // The launch discount goes on by the product's own periods; who was in a bundle never gets it.
    expect(await linesOf('mobile', '2026-07')).toEqual(['main 169.00 → 135.20', '= 135.20']);
    expect(await linesOf('family', '2026-07')).toEqual([
      'main 239.00 → 239.00',
      'sub1 10.00 → 10.00',
      '= 249.00',
    ]);
    expect(await linesOf('year', '2026-07')).toEqual(['broadband 110.00 → 90.00', '= 90.00']);
    expect((await audit(api)).differences).toEqual([]);
  }, 60_000);

  it('that counts from a day that has passed corrects what was billed', async () => {
    await day('2026-08-10');
    const backdated = { effectiveOn: '2026-07-16', backdateReason: 'ordered by letter of 15 July' };
    expect(await stateOf(await change('mended', 'home-1000', backdated))).toBe('COMPLETED');
    expect(await refusal(change('faster', 'home-1000', { ...backdated, effectiveOn: '2026-05-01' }))).toBe(
      'backdate_too_far',
    );
    // The line of the family goes to another address and keeps what it is.
    const [, , lineId = ''] = partyOf('family').productIds;
    const moving = await moveProducts(api, partyOf('family'), [lineId]);
    await settle(api);
    expect(await stateOf(moving)).toBe('COMPLETED');
    // One that ends on a day to come.
    const party = partyOf('leaving');
    const ending = await terminateOn(api, party, party.productIds, { effectiveOn: '2026-08-15' });
    await settle(api);
    expect(await stateOf(ending)).toBe('PENDING');
    await endOfMonth('2026-09-01');
    expect(await stateOf(ending)).toBe('COMPLETED');
    // 80 × 15/31 + 120 × 16/31 = 100.65, of which 80.00 were billed.
    expect(await linesOf('mended', '2026-08')).toEqual([
      'broadband 120.00 → 120.00',
      '2026-07 broadband 20.65 → 20.65',
      '= 140.65',
    ]);
    expect(await linesOf('family', '2026-08')).toEqual([
      'main 199.00 → 159.00',
      'sub1 10.00 → 10.00',
      '= 169.00',
    ]);
    // Two full months of twelve: the table's first row. The last period is charged in full, and the gift with it.
    expect(await linesOf('leaving', '2026-08')).toEqual([
      'broadband 110.00 → 90.00',
      'broadband 300.00 → 300.00',
      '= 390.00',
    ]);
    expect((await audit(api)).differences).toEqual([]);
  }, 60_000);

  it('to an offer without the contract pays for leaving it, by the row that the bill names', async () => {
    for (const next of ['2026-10-01', '2026-11-01', '2026-12-01']) await endOfMonth(next);
    await day('2026-12-20');
    const [productId = ''] = partyOf('year').productIds;
    const bound = { startsOn: '2026-06-01', endsOn: '2027-06-01', monthsServed: 6, terminationFee: '216.00' };
    expect(await contractOf(api, productId)).toEqual({ ...bound, boundUntil: '2027-06-01', leftOn: null });
    expect(await stateOf(await change('year', 'home-1000'))).toBe('COMPLETED');
    expect(await contractOf(api, productId)).toEqual({ ...bound, boundUntil: null, leftOn: '2026-12-20' });
    await endOfMonth('2027-01-01');
    const bill = (await billsOf(api, partyOf('year').accountId)).find(({ period }) => period === '2026-12');
    // Six full months of twelve: 30 % of six months of 120.00. The fee: 120 less 20 × 19/31 of the contract.
    expect(bill?.lines.map(({ amount, net }) => [amount, net])).toEqual([
      ['120.00', '107.74'],
      ['216.00', '216.00'],
    ]);
    expect(bill?.lines[1]?.explanation).toContain(
      'Twelve-month contract, 6 of 12 months served: row "below 12 months", 30 % = 216',
    );
    expect(bill?.total).toBe('323.74');
    expect((await audit(api)).differences).toEqual([]);
  }, 120_000);
});
