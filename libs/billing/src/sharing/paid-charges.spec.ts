import fc from 'fast-check';
import type { AccountRelation, AccountRelationTerms } from '@ronghe/contracts';
import {
  addMoney,
  amountToMoney,
  billPeriodOf,
  moneyFromMinor,
  moneyToDecimal,
  parseLocalDate,
  sumMoney,
  zeroMoney,
  type Money,
} from '@ronghe/kernel';
import { computeTaxes, recompute } from '@ronghe/rating';
import { addToBilled } from '../../test/billed';
import { cycle, taxPolicy } from '../../test/documents';
import { onceLineOf } from '../bill/one-time-charge';
import type { BilledCharge, ChargeLine } from '../bill/charge-line';
import { subtractBilled } from '../bill/subtract-billed';
import { paidCharges, paidOnce, type AccountCharges } from './paid-charges';
import { payerOf } from './payers';

const july = billPeriodOf('2026-07', cycle);
const [employer, employee, parent, child] = ['employer', 'employee', 'parent', 'child'];

/** A charge of an account in July, in fen. */
function charge(fen: number | bigint, of: Partial<ChargeLine> = {}): ChargeLine {
  const line = onceLineOf(
    {
      chargeId: `${of.chargeClass ?? 'fee'}-${of.productId ?? 'phone'}`,
      accountId: '',
      lane: 0,
      chargeClass: 'fee',
      label: 'Fee',
      amount: moneyFromMinor(BigInt(fen)),
      taxClass: 'mobile-plan',
      serviceDate: parseLocalDate('2026-07-01'),
    },
    cycle,
  );
  return { ...line, productId: 'phone', card: 'main', ...of };
}

function relation(
  ownerAccountId: string,
  memberAccountId: string,
  terms: AccountRelationTerms,
  days: Partial<AccountRelation> = {},
): AccountRelation {
  const effectiveFrom = parseLocalDate('2026-01-01');
  const relationId = `${terms.kind}-${ownerAccountId}-${memberAccountId}`;
  return {
    relationId,
    lane: 0,
    ownerAccountId,
    memberAccountId,
    terms,
    effectiveFrom,
    effectiveTo: null,
    ...days,
  };
}

function sponsors(
  percent: string,
  rest: Partial<Extract<AccountRelationTerms, { kind: 'sponsorship' }>> = {},
) {
  return {
    kind: 'sponsorship' as const,
    percent,
    limit: null,
    chargeClasses: null,
    productIds: null,
    priority: 100,
    ...rest,
  };
}

const shown = (lines: readonly ChargeLine[] = []) =>
  lines.map(
    ({ chargeClass, net, payer }) => `${chargeClass} ${moneyToDecimal(net)}${payer ? ` by ${payer}` : ''}`,
  );
const net = (lines: readonly ChargeLine[]): Money => sumMoney(lines.map((line) => line.net));

function paid(accounts: AccountCharges[], relations: AccountRelation[]): string[][] {
  return paidCharges(accounts, relations, july).map(shown);
}

describe('a sponsor', () => {
  const accounts = [
    { accountId: employer, lines: [charge(5000)] },
    {
      accountId: employee,
      lines: [charge(10001), charge(3333, { chargeClass: 'voice', taxClass: 'iptv-content' })],
    },
  ];

  it('pays its percentage: what goes out of one bill comes on the other, line by line', () => {
    // 60 % of 133.34 = 80.004, 80.00: 60.0021 and 19.9979; the fen left to the larger remainder.
    expect(paid(accounts, [relation(employer, employee, sponsors('60'))])).toEqual([
      ['fee 50.00', 'sponsored 60.00', 'sponsored 20.00'],
      ['fee 100.01', 'voice 33.33', 'sponsored -60.00', 'sponsored -20.00'],
    ]);
  });

  it('pays chosen classes and products, up to a limit', () => {
    expect(
      paid(accounts, [relation(employer, employee, sponsors('100', { chargeClasses: ['voice'] }))])[0],
    ).toEqual(['fee 50.00', 'sponsored 33.33']);
    expect(
      paid(accounts, [relation(employer, employee, sponsors('100', { productIds: ['tablet'] }))])[0],
    ).toEqual(['fee 50.00']);
    expect(paid(accounts, [relation(employer, employee, sponsors('100', { limit: '30.00' }))])[1]).toEqual([
      'fee 100.01',
      'voice 33.33',
      'sponsored -22.50',
      'sponsored -7.50',
    ]);
  });

  it('pays for the days on which it sponsors', () => {
    // 50 % of 133.34 = 66.67; on 10 of 31 days 21.506452.
    const days = { effectiveFrom: parseLocalDate('2026-07-05'), effectiveTo: parseLocalDate('2026-07-15') };
    const [lines] = paidCharges(accounts, [relation(employer, employee, sponsors('50'), days)], july);
    expect(moneyToDecimal(net(lines ?? []))).toBe('71.51');
  });

  it('pays what sponsors before it left', () => {
    const both = [
      relation(parent, employee, sponsors('60', { priority: 2 })),
      relation(employer, employee, sponsors('70', { priority: 1 })),
    ];
    const all = [...accounts, { accountId: parent, lines: [] }];
    const charges = paidCharges(all, both, july);
    // 70 % of 133.34 = 93.338; 60 % would be 80.00, 40.00 are left.
    expect(charges.map((lines) => moneyToDecimal(net(lines)))).toEqual(['143.34', '0.00', '40.00']);
  });

  it('is named on both sides, and every figure can be worked out again', () => {
    const [own, out] = paidCharges(
      accounts,
      [relation(employer, employee, sponsors('33.3', { limit: '20' }))],
      july,
    );
    for (const line of [...(own ?? []), ...(out ?? [])]) {
      expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
      if (line.chargeClass !== 'sponsored') continue;
      const text = line.explanation.steps.map((step) => step.text.en + step.text['zh-CN']).join();
      for (const name of [employer, employee, '代付']) expect(text).toContain(name);
    }
  });

  it('keeps the tax rate of the line', () => {
    const [own] = paidCharges(accounts, [relation(employer, employee, sponsors('60'))], july);
    expect(own?.map(({ taxClass }) => taxClass)).toEqual(['mobile-plan', 'mobile-plan', 'iptv-content']);
    expect(
      computeTaxes(own ?? [], [taxPolicy]).taxes.map(({ percent, gross }) => [
        percent,
        moneyToDecimal(gross),
      ]),
    ).toEqual([
      ['9', '110.00'],
      ['6', '20.00'],
    ]);
  });

  it('pays one-time charges of classes that the relation names', () => {
    const once = [
      { accountId: employer, lines: [] },
      {
        accountId: employee,
        lines: [charge(3000, { chargeClass: 'card' }), charge(500, { chargeClass: 'late fee' })],
      },
    ];
    const named = relation(employer, employee, sponsors('50', { chargeClasses: ['card'] }));
    expect(paidOnce(once, [named]).map(shown)).toEqual([
      ['sponsored 15.00'],
      ['card 30.00', 'late fee 5.00', 'sponsored -15.00'],
    ]);
    expect(paidOnce(once, [relation(employer, employee, sponsors('50'))]).map(shown)[0]).toEqual([]);
  });

  it('pays nothing where only one side is billed', () => {
    expect(paid(accounts.slice(0, 1), [relation(employer, employee, sponsors('60'))])).toEqual([
      ['fee 50.00'],
    ]);
  });
});

describe('a parent', () => {
  const accounts = [parent, child, employee].map((accountId) => ({ accountId, lines: [charge(1000)] }));
  const under = (owner: string, member: string, memberPays = false, days: Partial<AccountRelation> = {}) =>
    relation(owner, member, { kind: 'parent', memberPays }, days);

  it('has the charges of children that do not pay on its bill, over several levels', () => {
    expect(paid(accounts, [under(parent, child), under(child, employee)])).toEqual([
      ['fee 10.00'],
      ['fee 10.00 by parent'],
      ['fee 10.00 by parent'],
    ]);
    expect(paid(accounts, [under(parent, child, true), under(child, employee)])).toEqual([
      ['fee 10.00'],
      ['fee 10.00'],
      ['fee 10.00 by child'],
    ]);
  });

  it('pays for the periods at whose end the child is its own', () => {
    const left = { effectiveTo: parseLocalDate('2026-07-31') };
    expect(paid(accounts, [under(parent, child, false, left)])[1]).toEqual(['fee 10.00']);
  });

  it('pays what its child sponsors, and is refused in a circle', () => {
    const sponsored = relation(child, employee, sponsors('50'));
    expect(paid(accounts, [under(parent, child), sponsored])[1]).toEqual([
      'fee 10.00 by parent',
      'sponsored 5.00 by parent',
    ]);
    expect(() => payerOf(parent, [under(parent, child), under(child, parent)], july.firstDay)).toThrow(
      'circle',
    );
  });
});

it('splits an account’s bill: the company’s part in whole, and not sponsored again', () => {
  const accounts = [
    { accountId: employer, lines: [] },
    { accountId: employee, lines: [charge(1000, { chargeClass: 'voice' }), charge(3000)] },
  ];
  const split = relation(employer, employee, { kind: 'split', chargeClasses: ['voice'], productIds: null });
  expect(paid(accounts, [split, relation(employer, employee, sponsors('50'))])).toEqual([
    ['sponsored 15.00'],
    ['voice 10.00 by employer', 'fee 30.00', 'sponsored -15.00'],
  ]);
});

it('moves the money of late usage, ends and corrections as should minus has: nothing is lost, nothing done twice', () => {
  const fen = fc.bigInt({ min: 0n, max: 100_000n });
  const state = fc.record({
    charges: fc.array(fen, { minLength: 2, maxLength: 2 }),
    percent: fc.integer({ min: 1, max: 100 }),
    memberPays: fc.boolean(),
    endsOn: fc.constantFrom(null, '2026-07-01', '2026-07-20'),
  });
  fc.assert(
    fc.property(fc.array(state, { minLength: 1, maxLength: 5 }), (states) => {
      const ids = [employer, employee, child];
      const billed: BilledCharge[][] = ids.map(() => []);
      for (const { charges, percent, memberPays, endsOn } of states) {
        const accounts = ids.map((accountId) => ({
          accountId,
          lines:
            accountId === employer ? [] : charges.map((each, index) => charge(each, { key: `k${index}` })),
        }));
        const effectiveTo = endsOn === null ? null : parseLocalDate(endsOn);
        const relations = [
          relation(employer, employee, sponsors(String(percent)), { effectiveTo }),
          relation(employer, child, { kind: 'parent', memberPays }, { effectiveTo }),
        ];
        const should = paidCharges(accounts, relations, july);
        const gross = sumMoney(accounts.flatMap(({ lines }) => lines.map((line) => line.net)));
        expect(sumMoney(should.map(net))).toBe(gross);
        const transfers = should.flat().filter(({ chargeClass }) => chargeClass === 'sponsored');
        expect(net(transfers)).toBe(zeroMoney);
        should.forEach((lines, index) => {
          const written = subtractBilled(lines, billed[index] ?? []);
          for (const line of written) expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
          const taxed = written.map((line) => ({ ...line, taxPercent: '0', tax: zeroMoney }));
          billed[index] = addToBilled(billed[index] ?? [], taxed);
          expect(subtractBilled(lines, billed[index] ?? [])).toEqual([]);
          expect(sumMoney((billed[index] ?? []).map((each) => each.net))).toBe(net(lines));
        });
        const all = billed.flat();
        expect(all.reduce((sum, each) => addMoney(sum, each.net), zeroMoney)).toBe(gross);
        for (const each of all) expect(amountToMoney(each.exact)).toBe(each.net);
      }
    }),
    { numRuns: 60 },
  );
});
