import { isDomainError, parseLocalDate } from '@ronghe/kernel';
import type { OrderItemInput } from '@ronghe/contracts';
import type { SaleContext, SaleItem } from './basket';
import { countedIds, held, offer, saleContext, versions } from './offers.fixture';
import { readOrderRequest } from './order-request';
import { settleSale } from './settle-sale';

type Wish = Omit<OrderItemInput, 'action'>;

function sell(wishes: Wish[], bundle: string | null = null, context: Partial<SaleContext> = {}): SaleItem[] {
  const request = readOrderRequest(wishes.map((wish) => ({ ...wish, action: 'add' as const })));
  if (request.kind !== 'sale') throw new Error('not a sale');
  return settleSale(request.items, bundle, saleContext(context), countedIds());
}

/** The code of the refusal, or 'sold'. */
function outcome(...parameters: Parameters<typeof sell>): string {
  try {
    sell(...parameters);
    return 'sold';
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

const of = (...codes: string[]): Wish[] => codes.map((offeringCode) => ({ offeringCode }));
const family = of('plan', 'sub', 'sub', 'line', 'set', 'fixed');

/** The family's products as the account holds them afterwards. */
function ownedFamily() {
  return sell(family, 'family').map((item) =>
    held(item.productId, {
      offeringCode: item.offer.code,
      specification: item.offer.specification,
      role: item.role,
      card: item.card,
      bundleId: 'bundle-of-june',
      bundleOfferingCode: 'family',
      bundleOfferingVersion: 1,
      cardGroupId: item.cardGroupId,
    }),
  );
}

describe('a family that buys a bundle', () => {
  it('gets roles, card names, one bundle and one card group', () => {
    const items = sell(family, 'family');
    expect(items.map((item) => [item.role, item.card])).toEqual([
      ['main', 'main'],
      ['sub', 'sub1'],
      ['sub', 'sub2'],
      ['broadband', 'broadband'],
      ['iptv', 'iptv'],
      ['fixed', 'fixed'],
    ]);
    expect(new Set(items.map((item) => item.bundle?.bundleId)).size).toBe(1);
    const [main, sub1, sub2, line] = items;
    expect([sub1?.cardGroupId, sub2?.cardGroupId]).toEqual([main?.productId, main?.productId]);
    expect([main?.cardGroupId, line?.cardGroupId]).toEqual([main?.productId, line?.productId]);
  });

  it.each([
    ['without a line', of('plan', 'sub'), 'bundle_member_missing'],
    ['with three sub cards', of('plan', 'line', 'sub', 'sub', 'sub'), 'bundle_member_limit'],
    ['with something foreign', of('plan', 'line', 'cloud'), 'offering_not_in_bundle'],
    [
      'in a role that it does not have there',
      [{ offeringCode: 'plan', role: 'iptv' as const }],
      'offering_not_in_bundle',
    ],
  ])('is refused %s', (_what, wishes, code) => {
    expect(outcome(wishes, 'family')).toBe(code);
  });

  it('adds to its bundle later, until its places are taken', () => {
    const owned = ownedFamily();
    const [set] = sell(of('set'), 'family', { held: owned });
    expect(set).toMatchObject({ card: 'iptv2', bundle: { bundleId: 'bundle-of-june' } });
    expect(outcome(of('set', 'set'), 'family', { held: owned })).toBe('bundle_member_limit');
    expect(outcome(of('sub'), 'family', { held: owned })).toBe('bundle_member_limit');
  });

  it('adds in the version that its bundle was sold in', () => {
    const bundle = versions()('family')[0]?.bundle;
    if (!bundle) throw new Error('no bundle');
    const narrower = { ...bundle, members: bundle.members.filter((member) => member.role !== 'iptv') };
    const next = offer('family', { version: 2, kind: 'bundle', specification: null, bundle: narrower });
    expect(outcome(of('set'), 'family', { held: ownedFamily(), offers: versions(next) })).toBe('sold');
    expect(outcome(of('plan', 'line', 'set'), 'family', { offers: versions(next) })).toBe(
      'offering_not_in_bundle',
    );
  });

  it('may buy the bundle a second time as a whole', () => {
    const owned = ownedFamily();
    const items = sell(of('plan', 'line'), 'family', { held: owned });
    expect(items[0]?.bundle?.bundleId).not.toBe('bundle-of-june');
    expect(items.map((item) => item.card)).toEqual(['main2', 'broadband2']);
  });
});

describe('what is on sale', () => {
  it.each([
    ['an offering that nobody published', of('nothing'), 'offering_unknown'],
    ['an offering outside its dates', of('summer'), 'offer_not_on_sale'],
    ['a member of bundles only', of('line'), 'offer_not_sold_alone'],
    ['a bundle as an item', of('family'), 'offering_is_bundle'],
  ])('refuses %s', (_what, wishes, code) => {
    expect(outcome(wishes)).toBe(code);
  });

  it('sells from the first day, and not on the day on which it ends', () => {
    const on = (day: string) => outcome(of('summer'), null, { today: parseLocalDate(day) });
    expect(['2026-06-30', '2026-07-01', '2026-08-31', '2026-09-01'].map(on)).toEqual([
      'offer_not_on_sale',
      'sold',
      'sold',
      'offer_not_on_sale',
    ]);
  });

  it('sells the newest version of the day, or the one that a quote promised', () => {
    const offers = versions(offer('plan', { version: 2 }));
    expect(sell(of('plan'), null, { offers })[0]?.offer.version).toBe(2);
    expect(sell(of('plan'), null, { offers, quoted: { plan: 1 } })[0]?.offer.version).toBe(1);
  });
});

describe('what belongs together', () => {
  it('a sub card needs a main card', () => {
    expect(outcome(of('sub'))).toBe('main_card_missing');
    expect(outcome(of('sub', 'line'), 'family')).toBe('bundle_member_missing');
  });

  it('a sub card joins the only main card of the account, or the one that is named', () => {
    const [one, two] = [held('main-1'), held('main-2')];
    expect(sell(of('sub'), null, { held: [one] })[0]).toMatchObject({ cardGroupId: 'main-1', role: 'sub' });
    expect(outcome(of('sub'), null, { held: [one, two] })).toBe('main_card_ambiguous');
    const named = [{ offeringCode: 'sub', mainProductId: 'main-2' }];
    expect(sell(named, null, { held: [one, two] })[0]?.cardGroupId).toBe('main-2');
  });

  it('nothing is built on a product that an open order adds or ends', () => {
    expect(outcome(of('sub'), null, { held: [held('main-1', { isFirm: false })] })).toBe('main_card_missing');
    const line = held('line-1', { offeringCode: 'line', specification: 'broadband' });
    expect(outcome(of('set'), null, { held: [line] })).toBe('sold');
    expect(outcome(of('set'), null, { held: [{ ...line, isFirm: false }] })).toBe('offer_requires');
  });

  it('counts what the account and its open orders have', () => {
    const line = held('line-1', { offeringCode: 'line', specification: 'broadband' });
    const set = (id: string) => held(id, { offeringCode: 'set', specification: 'iptv', isFirm: false });
    expect(outcome(of('set'), null, { held: [line, set('a'), set('b')] })).toBe('offer_limit_reached');
    const sub = (id: string) =>
      held(id, { offeringCode: 'sub', specification: 'mobile-sub', cardGroupId: 'main-1' });
    const cards = [held('main-1'), sub('s1'), sub('s2')];
    expect(outcome(of('sub'), null, { held: cards })).toBe('offer_limit_reached');
    expect(outcome(of('plan', 'sub'), null, { held: cards })).toBe('sold');
  });
});

describe('numbers and names', () => {
  it('allows the fifth number on an identity document and refuses the sixth', () => {
    expect(outcome(of('plan'), null, { numbersInUse: 4 })).toBe('sold');
    expect(outcome(of('plan'), null, { numbersInUse: 5 })).toBe('number_limit_reached');
    expect(outcome(family, 'family', { numbersInUse: 2 })).toBe('number_limit_reached');
    expect(outcome(of('cloud'), null, { numbersInUse: 5 })).toBe('sold');
  });

  it('takes a number for what has one', () => {
    expect(sell([{ offeringCode: 'plan', requestedNumber: '8613800138000' }])[0]?.requestedNumber).toBe(
      '8613800138000',
    );
    expect(outcome([{ offeringCode: 'cloud', requestedNumber: '8613800138000' }])).toBe(
      'requested_number_invalid',
    );
    const twice = [1, 2].map(() => ({ offeringCode: 'plan', requestedNumber: '8613800138000' }));
    expect(outcome(twice)).toBe('requested_number_invalid');
  });

  it('keeps card names unique, those asked for first', () => {
    const items = sell([
      ...of('plan'),
      { offeringCode: 'plan', card: 'main' },
      { offeringCode: 'plan', card: '爸爸' },
    ]);
    expect(items.map((item) => item.card)).toEqual(['main2', 'main', '爸爸']);
    expect(
      outcome([{ offeringCode: 'plan', card: 'dad' }], null, { held: [held('x', { card: 'dad' })] }),
    ).toBe('card_name_taken');
    expect(outcome([{ offeringCode: 'plan', card: ' dad' }])).toBe('card_name_invalid');
  });
});
