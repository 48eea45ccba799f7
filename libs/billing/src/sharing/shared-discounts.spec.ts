import type { AccountRelation, DiscountPolicy } from '@ronghe/contracts';
import { moneyToDecimal, parseLocalDate } from '@ronghe/kernel';
import { recompute } from '@ronghe/rating';
import { accountDiscount, changedOffers, groupDiscount } from '../../test/discount-family';
import { policies } from '../../test/documents';
import { given, pair, pairQuestions as questions } from '../../test/pair-questions';
import { draftBills } from '../bill/draft-bill';
import { lookupIn } from '../bill/offer-lookup';

describe('two accounts of one billing group', () => {
  const groups = ['one', 'other'];
  const apart = (period: string, policy: Partial<DiscountPolicy> = {}) =>
    questions(period, (index) => ({
      balanceGroupId: groups[index] ?? '',
      policies: [...policies, groupDiscount, { ...accountDiscount, ...policy }],
    }));
  const sharing: AccountRelation = {
    relationId: 'r',
    lane: pair[0].lane,
    ownerAccountId: pair[0].account.accountId,
    memberAccountId: pair[1].account.accountId,
    terms: { kind: 'discount-sharing', discountCodes: ['from-150'] },
    effectiveFrom: parseLocalDate('2026-07-31'),
    effectiveTo: null,
  };

  it('get no group discount together where their balance groups are two', () => {
    expect(draftBills(apart('2026-07')).map((draft) => given(draft?.lines))).toEqual([
      ['from-150 5.00'],
      ['from-150 5.00'],
    ]);
  });

  it('do not change each other’s prices either', () => {
    const changing = changedOffers.map((offer) => ({
      ...offer,
      priceChanges: (offer.priceChanges ?? []).map((change) => ({
        ...change,
        within: 'balance-group' as const,
      })),
    }));
    const iptv = (balanceGroups: readonly string[]) => {
      const asked = questions('2026-07', (index) => ({
        balanceGroupId: balanceGroups[index] ?? '',
        offers: lookupIn(changing),
        policies,
        holdings: (pair[index]?.products ?? []).filter(({ card }) => index === 0 || card !== 'fixed'),
      }));
      const line = draftBills(asked)[1]?.lines.find(({ card }) => card === 'iptv');
      return line && moneyToDecimal(line.net);
    };
    expect([iptv(['one', 'one']), iptv(groups)]).toEqual(['8.00', '10.00']);
  });

  it('share a discount of the owner’s once, over both bills', () => {
    // 187.00 each: 5.00 off 374.00, and not twice, though the member has 150.00 of its own.
    const drafts = draftBills(apart('2026-07'), [sharing]);
    expect(drafts.map((draft) => given(draft?.lines))).toEqual([['from-150 2.50'], ['from-150 2.50']]);
    for (const line of drafts.flatMap((draft) => draft?.lines ?? []))
      expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
    const few = draftBills(apart('2026-06'), [sharing]).map((draft) => given(draft?.lines));
    expect(few).toEqual([[], []]);
  });

  it('have nothing to do with each other’s bills where one is prepaid', () => {
    const pays: AccountRelation = { ...sharing, terms: { kind: 'parent', memberPays: false } };
    const prepaid = apart('2026-07').map((question, index) =>
      index === 1 ? { ...question, paymentMode: 'prepaid' as const } : question,
    );
    expect(draftBills(prepaid, [pays])).toEqual(draftBills(prepaid));
    expect(draftBills(apart('2026-07'), [pays])[1]).toBeNull();
  });

  it('share it only where the owner meets its conditions', () => {
    const when = [{ kind: 'owns' as const, specifications: ['mobile-plan'] }];
    const asked = apart('2026-07', { when, takes: { percent: '10' } }).map((question, index) =>
      index === 1
        ? { ...question, holdings: question.holdings.filter(({ card }) => card !== 'main') }
        : question,
    );
    const gives = (relations: AccountRelation[]) =>
      draftBills(asked, relations).map((draft) => given(draft?.lines)[0] ?? '');
    // The member has no plan: 28.00 of its own, of which the owner's 10 % are 2.80.
    expect(gives([])).toEqual(['from-150 18.70', '']);
    expect(gives([sharing])).toEqual(['from-150 18.70', 'from-150 2.80']);
    expect(
      gives([
        { ...sharing, ownerAccountId: sharing.memberAccountId, memberAccountId: sharing.ownerAccountId },
      ]),
    ).toEqual(['from-150 18.70', '']);
  });
});
