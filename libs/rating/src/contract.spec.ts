import type { ContractTerms } from '@ronghe/contracts';
import { amountToDecimal, billPeriodOf, parseLocalDate, type LocalDate } from '@ronghe/kernel';
import { contractProgress, contractsOf } from './contract';
import { explanationText, recompute } from './explanation';
import type { Holding } from './holding';
import { recurringCharges } from './recurring-charges';
import { cycle, local, lookupOf, plan, product } from '../test/sample-offers';

const label = { en: 'Year', 'zh-CN': '合约' };
const terms: ContractTerms = {
  code: 'year',
  label,
  months: 12,
  afterEnd: 'ends',
  benefits: [
    {
      code: 'off',
      label: { en: 'Off', 'zh-CN': '减' },
      kind: 'fee',
      price: 'monthly-fee',
      amount: '9.00',
      periods: 2,
      startsAfterPeriods: 1,
    },
    {
      code: 'gift',
      label: { en: 'Gift', 'zh-CN': '赠' },
      kind: 'gift',
      price: 'monthly-fee',
      amount: '6.00',
      periods: 1,
      startsAfterPeriods: 0,
    },
  ],
  earlyTermination: {
    label: { en: 'Leaving', 'zh-CN': '违约金' },
    chargeClass: 'penalty',
    taxClass: 'service',
    table: [
      { servedBelow: 3, charge: { amount: '200.00' } },
      { servedBelow: 12, charge: { percentOfRemaining: '50' } },
    ],
  },
};

const bound = plan({ code: 'bound', contract: terms });
const renewing = plan({ code: 'renewing', contract: { ...terms, afterEnd: 'renews' } });
const dearer = plan({ code: 'dearer', contract: terms });
const followed = plan({
  code: 'followed',
  contract: { ...terms, code: 'year-after', takesPlaceOf: ['other', 'year'] },
});
const offers = lookupOf(bound, renewing, dearer, followed, plan());

function held(given: Partial<Holding> = {}): Holding {
  return product({ offeringCode: 'bound', effectiveFrom: local('2026-06-16'), ...given });
}

/** `charge class: net` of each charge of a period. */
function charges(holding: Holding, key: string): string[] {
  return recurringCharges({ holdings: [holding], offers, period: billPeriodOf(key, cycle), cycle }).map(
    ({ chargeClass, priceCode, netAmount }) => `${chargeClass} ${priceCode} ${amountToDecimal(netAmount)}`,
  );
}

function progressOn(day: string, holding = held()) {
  const [contract] = contractsOf(holding, offers, cycle.zone);
  if (!contract) throw new Error('there is no contract');
  return contractProgress(contract, parseLocalDate(day) as LocalDate);
}

describe('a contract', () => {
  it('gives money and takes off the fee in its periods, by days where they are parts', () => {
    expect(charges(held(), '2026-06')).toEqual(['fee monthly-fee 45.00', 'fee gift -3.00']);
    expect(charges(held(), '2026-07')).toEqual(['fee monthly-fee 81.00']);
    expect(charges(held(), '2026-08')).toEqual(['fee monthly-fee 81.00']);
    expect(charges(held(), '2026-09')).toEqual(['fee monthly-fee 90.00']);
  });

  it('counts full months by the day of the month on which it began', () => {
    expect(progressOn('2026-07-15').served).toBe(0);
    expect(progressOn('2026-07-16')).toMatchObject({ served: 1, monthsLeft: 11, boundUntil: '2027-06-16' });
    expect(progressOn('2027-06-15')).toMatchObject({ served: 11, monthsLeft: 1 });
    expect(progressOn('2027-06-16')).toMatchObject({ served: 12, monthsLeft: 0, boundUntil: null });
    const onThe31st = held({ effectiveFrom: local('2026-08-31') });
    expect(progressOn('2026-09-30', onThe31st).served).toBe(1);
    expect(progressOn('2026-10-30', onThe31st).served).toBe(1);
    expect(progressOn('2026-10-31', onThe31st).served).toBe(2);
  });

  it.each([
    ['2026-08-10T12:00:00', '2026-08', '200.00', 'row "below 3 months"'],
    // Three full months: nine are left at 90.00 each.
    ['2026-09-16', '2026-09', '405.00', '3 of 12 months served: row "below 12 months", 50 % = 405'],
    // It ends as June begins: May's bill has it.
    ['2027-06-01', '2027-05', '45.00', '11 of 12 months'],
    ['2027-06-15T23:59:59', '2027-06', null, ''],
    ['2027-06-16', '2027-06', null, ''],
  ])('that is left at %s costs, in %s, %s', (at, period, amount, words) => {
    const left = held({ effectiveTo: local(at) });
    const found = recurringCharges({
      holdings: [left],
      offers,
      period: billPeriodOf(period, cycle),
      cycle,
    }).filter(({ chargeClass }) => chargeClass === 'penalty');
    expect(found.map(({ netAmount }) => amountToDecimal(netAmount))).toEqual(amount === null ? [] : [amount]);
    for (const charge of found) {
      expect(explanationText(charge.netExplanation, 'en')).toContain(words);
      expect(recompute(charge.netExplanation)).toBe(charge.netExplanation.result);
    }
  });

  it('begins anew where it says so, and is free on that very day', () => {
    const again = held({ offeringCode: 'renewing' });
    expect(progressOn('2027-06-16', again)).toMatchObject({ servedOfRun: 0, monthsLeft: 0 });
    expect(progressOn('2027-06-17', again)).toMatchObject({ servedOfRun: 0, monthsLeft: 12 });
    expect(progressOn('2027-08-20', again)).toMatchObject({
      served: 14,
      servedOfRun: 2,
      monthsLeft: 10,
      boundUntil: '2028-06-16',
    });
  });
});

describe('a change of the offer', () => {
  const terms = (offeringCode: string, from: string, to: string) => ({
    ...{ offeringCode, offeringVersion: 1, role: 'main' as const, bundleId: null },
    ...{ bundleOfferingCode: null, bundleOfferingVersion: null, from: local(from), to: local(to) },
  });
  const moved = (to: string) =>
    held({ offeringCode: to, earlierTerms: [terms('bound', '2026-06-16', '2026-08-11')] });

  it('to one with the same contract continues it', () => {
    expect(charges(moved('dearer'), '2026-08').filter((each) => each.startsWith('penalty'))).toEqual([]);
    expect(contractsOf(moved('dearer'), offers, cycle.zone)).toMatchObject([{ startDay: '2026-06-16' }]);
  });

  it('to one without it is leaving it, on the day of the change', () => {
    expect(charges(moved('plan'), '2026-08')).toEqual([
      // 10 days less 9.00 × 10/31, 21 days of the plan.
      'fee monthly-fee 26.129032',
      'fee monthly-fee 60.967742',
      'penalty contract/year 200.00',
    ]);
    expect(charges(moved('plan'), '2026-09')).toEqual(['fee monthly-fee 90.00']);
  });

  it('to one whose contract takes its place renews it early: no penalty, the benefits of the new one from that day on', () => {
    expect(charges(moved('followed'), '2026-08')).toEqual([
      // 10 days less 9.00 × 10/31; 21 days with the new contract's gift of 6.00 × 21/31.
      'fee monthly-fee 26.129032',
      'fee monthly-fee 60.967742',
      'fee gift -4.064516',
    ]);
    // Its 9.00 off begin a period after its own first one.
    expect(charges(moved('followed'), '2026-09')).toEqual(['fee monthly-fee 81.00']);
    const [before, after] = contractsOf(moved('followed'), offers, cycle.zone);
    expect([before?.isRenewedEarly, after?.startDay]).toEqual([true, '2026-08-11']);
    const left = { ...moved('followed'), effectiveTo: local('2026-09-11') };
    expect(charges(left, '2026-09').filter((each) => each.startsWith('penalty'))).toEqual([
      'penalty contract/year-after 200.00',
    ]);
  });

  it('to one with the same contract after its end begins it anew', () => {
    const late = held({
      offeringCode: 'dearer',
      earlierTerms: [terms('bound', '2026-06-16', '2027-07-01')],
    });
    expect(contractsOf(late, offers, cycle.zone).map(({ startDay }) => startDay)).toEqual([
      '2026-06-16',
      '2027-07-01',
    ]);
  });
});
