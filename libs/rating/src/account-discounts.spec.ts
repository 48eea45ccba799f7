import fc from 'fast-check';
import type { DiscountPolicy } from '@ronghe/contracts';
import {
  amountToDecimal,
  billPeriodOf,
  moneyFromMinor,
  moneyToAmount,
  moneyToDecimal,
  parseLocalDate,
  ratioOf,
  subtractMoney,
  sumMoney,
  type Money,
} from '@ronghe/kernel';
import { giveDiscounts, type GivenDiscount } from './account-discounts';
import type { DiscountableLine } from './discount-condition';
import { explainShare } from './discount-words';
import { ExplanationBuilder, explanationText, recompute } from './explanation';
import type { Holding } from './holding';
import { stackDiscounts } from './stacked-discounts';
import { cycle, line, local, lookupOf, plan, product } from '../test/sample-offers';

const name = (text: string) => ({ en: text, 'zh-CN': text });
const period = billPeriodOf('2026-06', cycle);
const offers = lookupOf(plan(), { ...line, specification: 'broadband' });

function policy(overrides: Partial<DiscountPolicy> = {}): DiscountPolicy {
  return {
    kind: 'discount',
    code: 'family',
    version: 1,
    effectiveFrom: parseLocalDate('2026-01-01'),
    effectiveTo: null,
    label: name('Family'),
    scope: 'account',
    when: [],
    takes: { percent: '10' },
    on: { chargeClasses: null, specifications: null },
    priority: 10,
    exclusiveGroup: null,
    maximum: null,
    ...overrides,
  };
}

const mobile = product();
const broadband = product({ productId: 'line', card: 'line', role: 'fixed', offeringCode: 'line' });
/** Another account of the balance group. */
const child = product({ productId: 'child', card: 'child', accountId: 'child' });

function owed(productId: string, fen: number, overrides: Partial<DiscountableLine> = {}): DiscountableLine {
  const accountId = productId === 'child' ? 'child' : 'account';
  const net = moneyFromMinor(BigInt(fen));
  const specification = productId === 'line' ? 'broadband' : 'mobile-main';
  return {
    accountId,
    key: `${productId}/fee`,
    productId,
    chargeClass: 'fee',
    specification,
    net,
    ...overrides,
  };
}

const fees = [owed('main', 10_000), owed('line', 5_000), owed('child', 9_000)];

function give(policies: DiscountPolicy[], lines = fees, holdings: Holding[] = [mobile, broadband, child]) {
  return giveDiscounts({ lines, holdings, offers, policies, period, cycle });
}

/** `family account 150.00: main 10.00, line 5.00`. */
const shown = (given: GivenDiscount[]) =>
  given.map(({ policy: { code }, accountId, base, shares }) => {
    const parts = shares.map(({ key, amount }) => `${key.split('/')[0]} ${moneyToDecimal(amount)}`);
    return `${code} ${accountId ?? 'group'} ${moneyToDecimal(base)}: ${parts.join(', ')}`;
  });

describe('a discount of an account', () => {
  it('is spread over the lines that it is on, each account by itself', () => {
    expect(shown(give([policy()]))).toEqual([
      'family account 150.00: line 5.00, main 10.00',
      'family child 90.00: child 9.00',
    ]);
  });

  it('looks at charge classes and specifications', () => {
    const onBroadband = policy({ on: { chargeClasses: ['fee'], specifications: ['broadband'] } });
    expect(shown(give([onBroadband]))).toEqual(['family account 50.00: line 5.00']);
    expect(give([policy({ on: { chargeClasses: ['voice'], specifications: null } })])).toEqual([]);
  });

  it('takes percentages before fixed amounts, by priority, each from what is left', () => {
    const fixed = policy({ code: 'fixed', takes: { fixed: '20.00' }, priority: 1 });
    const second = policy({ code: 'second', takes: { percent: '50' }, priority: 20 });
    const onMain = { chargeClasses: null, specifications: ['mobile-main'] };
    // 100.00 less 10 % is 90.00, less 50 % is 45.00, less 20.00.
    expect(
      shown(
        give(
          [fixed, second, policy()].map((each) => ({ ...each, on: onMain })),
          [owed('main', 10_000)],
        ),
      ),
    ).toEqual([
      'family account 100.00: main 10.00',
      'second account 90.00: main 45.00',
      'fixed account 45.00: main 20.00',
    ]);
  });

  it('takes no more than there is, nor than its maximum', () => {
    expect(shown(give([policy({ takes: { fixed: '500.00' } })]))[0]).toBe(
      'family account 150.00: line 50.00, main 100.00',
    );
    expect(shown(give([policy({ maximum: '9.00' })]))[0]).toBe('family account 150.00: line 3.00, main 6.00');
    expect(
      shown(give([policy({ takes: { percent: '100' } }), policy({ code: 'z' })], [owed('main', 3)])),
    ).toEqual(['family account 0.03: main 0.03']);
  });

  it('leaves credits alone', () => {
    expect(shown(give([policy()], [owed('main', -500), owed('line', 1_000)]))).toEqual([
      'family account 10.00: line 1.00',
    ]);
  });
});

describe('a condition', () => {
  const whenOwned = policy({ when: [{ kind: 'owns', specifications: ['mobile-main', 'broadband'] }] });
  const ended = { ...mobile, effectiveTo: local('2026-06-11') };

  it('asks for products that are held at once on some day of the period', () => {
    expect(give([whenOwned]).map(({ accountId }) => accountId)).toEqual(['account']);
    const met = { ...broadband, effectiveFrom: local('2026-06-10') };
    const missed = { ...broadband, effectiveFrom: local('2026-06-11') };
    expect(give([whenOwned], fees, [ended, met])).toHaveLength(1);
    expect(give([whenOwned], fees, [ended, missed])).toEqual([]);
  });

  it('asks for so many products at once, over the group where the group is meant', () => {
    const two = policy({ when: [{ kind: 'owns-at-least', specification: 'mobile-main', count: 2 }] });
    expect(give([two])).toEqual([]);
    expect(shown(give([{ ...two, scope: 'balance-group' }]))).toEqual([
      'family group 240.00: line 5.00, main 10.00, child 9.00',
    ]);
    const later = { ...child, effectiveFrom: local('2026-06-11') };
    expect(give([{ ...two, scope: 'balance-group' }], fees, [ended, later])).toEqual([]);
  });

  it('asks what the lines come to before discounts of accounts', () => {
    const from150 = policy({ when: [{ kind: 'total-at-least', amount: '150.00' }], priority: 20 });
    const before = policy({ code: 'before', priority: 1 });
    expect(shown(give([from150, before]))).toEqual([
      'before account 150.00: line 5.00, main 10.00',
      'before child 90.00: child 9.00',
      'family account 135.00: line 4.50, main 9.00',
    ]);
    expect(give([{ ...from150, when: [{ kind: 'total-at-least', amount: '150.01' }] }])).toEqual([]);
  });
});

describe('of exclusive discounts', () => {
  const small = policy({ code: 'small', takes: { fixed: '8.00' }, exclusiveGroup: 'best' });
  const large = policy({ code: 'large', exclusiveGroup: 'best' });

  it('only the largest is given, to each account its own', () => {
    const cheap = [...fees.slice(0, 2), owed('child', 5_000)];
    expect(shown(give([small, large], cheap))).toEqual([
      'large account 150.00: line 5.00, main 10.00',
      'small child 50.00: child 8.00',
    ]);
  });

  it('the group’s stands in place of the accounts’ where it is more than all of these', () => {
    const ofGroup = policy({
      code: 'group',
      scope: 'balance-group',
      takes: { fixed: '24.01' },
      exclusiveGroup: 'best',
    });
    expect(give([large, ofGroup]).map(({ policy: { code } }) => code)).toEqual(['group']);
    const less = { ...ofGroup, takes: { fixed: '24.00' } };
    expect(give([large, less]).map(({ policy: { code } }) => code)).toEqual(['large', 'large']);
  });
});

it('says what a line gives and what is left of it', () => {
  const lines = [owed('main', 10_000), owed('line', 5_000)];
  const [given] = give([policy({ takes: { fixed: '10.00' } })], lines);
  const share = given?.shares.find(({ key }) => key === 'main/fee');
  const builder = new ExplanationBuilder();
  builder.add('round', { amount: '100' }, (result) => name(`rounded to ${result}`));
  const explanation = given && share && explainShare(builder.build(), given, share);
  // 10.00 × 100.00 ÷ 150.00 = 6.666…; the fen that is left goes to the larger remainder.
  expect(explanation && explanationText(explanation, 'en')).toBe(
    'rounded to 100.00; Family: 10.00 off 150.00 = 10.00; its share by 100.00 of 150.00: 6.67; to pay 93.33',
  );
  expect(explanation && recompute(explanation)).toBe('93.33');
});

describe('whatever is owned, owed and promised', () => {
  const products = ['main', 'line', 'child'] as const;
  const lines = fc
    .array(
      fc.record({ productId: fc.constantFrom(...products), fen: fc.integer({ min: -200, max: 30_000 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((rows) =>
      rows.map(({ productId, fen }, index) => owed(productId, fen, { key: `${productId}/${index}` })),
    );
  const takes = fc.oneof(
    fc
      .integer({ min: 0, max: 1_000 })
      .map((tenths) => ({ percent: `${Math.floor(tenths / 10)}.${tenths % 10}` })),
    fc
      .integer({ min: 0, max: 20_000 })
      .map((fen) => ({ fixed: moneyToDecimal(moneyFromMinor(BigInt(fen))) })),
  );
  const policies = fc
    .array(
      fc.record({
        takes,
        scope: fc.constantFrom('account' as const, 'balance-group' as const),
        priority: fc.integer({ min: 0, max: 3 }),
        exclusiveGroup: fc.constantFrom(null, null, 'x', 'y'),
        maximum: fc.option(fc.integer({ min: 0, max: 50 }).map((yuan) => `${yuan}.00`)),
        on: fc.constantFrom<DiscountPolicy['on'][]>(
          { chargeClasses: null, specifications: null },
          { chargeClasses: null, specifications: ['broadband'] },
        ),
      }),
      { maxLength: 5 },
    )
    .map((rows) => rows.map((row, index) => policy({ ...row, code: `d${index}` })));

  it('0 ≤ discount ≤ line, the shares add up to the discount, every line explains itself', () => {
    fc.assert(
      fc.property(lines, policies, (amounts, all) => {
        const given = give(all, amounts);
        for (const each of given) {
          expect(sumMoney(each.shares.map(({ amount }) => amount))).toBe(each.total);
          expect(moneyToDecimal(each.total)).toBe(recompute(each.explanation));
        }
        for (const { accountId, key, net } of amounts) {
          let left: Money = net;
          const builder = new ExplanationBuilder();
          builder.add('round', { amount: amountToDecimal(moneyToAmount(net)) }, (result) => name(result));
          let explanation = builder.build();
          for (const each of given) {
            const share = each.shares.find((one) => one.accountId === accountId && one.key === key);
            if (!share) continue;
            left = subtractMoney(left, share.amount);
            explanation = explainShare(explanation, each, share);
            expect(share.amount > 0n && left >= 0n).toBe(true);
          }
          expect(recompute(explanation)).toBe(moneyToDecimal(left));
        }
      }),
    );
  });

  it('the order of what is put in does not matter', () => {
    const shuffled = fc
      .tuple(lines, policies)
      .chain(([amounts, all]) =>
        fc.tuple(
          fc.constant({ amounts, all }),
          fc.shuffledSubarray(amounts, { minLength: amounts.length }),
          fc.shuffledSubarray(all, { minLength: all.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([{ amounts, all }, otherAmounts, otherPolicies]) => {
        expect(give(otherPolicies, otherAmounts, [child, broadband, mobile])).toEqual(give(all, amounts));
      }),
    );
  });

  it('they come to what the exact stack takes, but for the rounding of each', () => {
    const positive = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 6 });
    const stack = fc.array(takes, { maxLength: 4 });
    fc.assert(
      fc.property(positive, stack, (amounts, all) => {
        const rows = amounts.map((fen, index) => owed('main', fen, { key: `main/${index}` }));
        const discounts = all.map((each, index) => policy({ takes: each, code: `d${index}` }));
        const given = sumMoney(give(discounts, rows).map(({ total }) => total));
        const subtotal = ratioOf(sumMoney(rows.map(({ net }) => net)), 100n);
        const exact = stackDiscounts(subtotal, all);
        const difference = given * exact.denominator - 100n * exact.numerator;
        expect(difference <= 2n * exact.denominator && difference >= -2n * exact.denominator).toBe(true);
      }),
    );
  });
});
