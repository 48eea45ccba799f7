import { instantFromIso } from '@ronghe/kernel';
import { consumptionInput, openInputs, type InputsQuestion } from './run-inputs';

const periodEnd = instantFromIso('2026-07-01T00:00:00+08:00');

function question(change: Partial<InputsQuestion>): InputsQuestion {
  return {
    periodEnd,
    cutOffHours: 2,
    now: instantFromIso('2026-07-01T02:00:00+08:00'),
    sources: ['mediation', 'roaming'],
    prepaidZone: null,
    watermarks: new Map([
      ['mediation', periodEnd],
      ['roaming', instantFromIso('2026-08-01T00:00:00+08:00')],
    ]),
    behind: [],
    periodBefore: null,
    ...change,
  };
}

describe('what a run waits for', () => {
  it('is nothing once the cut-off has passed and every source is closed through the end', () => {
    expect(openInputs(question({}))).toEqual([]);
  });

  it('is the clock one millisecond before the cut-off', () => {
    const now = instantFromIso('2026-07-01T01:59:59.999+08:00');
    expect(openInputs(question({ now })).map(({ input }) => input)).toEqual(['business clock']);
  });

  it('is a source that is closed short of the end, or not at all', () => {
    const watermarks = new Map([['mediation', instantFromIso('2026-06-30T23:59:59.999+08:00')]]);
    expect(openInputs(question({ watermarks }))).toEqual([
      { input: 'usage source mediation', needs: periodEnd, has: watermarks.get('mediation') },
      { input: 'usage source roaming', needs: periodEnd, has: null },
    ]);
  });

  it('is the last day of prepaid money, where the cycle has prepaid accounts', () => {
    const prepaidZone = 'Asia/Shanghai';
    const input = consumptionInput(prepaidZone);
    expect(openInputs(question({ prepaidZone }))).toEqual([{ input, needs: periodEnd, has: null }]);
    const watermarks = new Map([...question({}).watermarks, [input, periodEnd] as const]);
    expect(openInputs(question({ prepaidZone, watermarks }))).toEqual([]);
  });

  it('is the run of the period before, where there should have been one', () => {
    const periodBefore = { key: '2026-05', to: instantFromIso('2026-06-01T00:00:00+08:00') };
    expect(openInputs(question({ periodBefore }))).toEqual([
      { input: 'bill run of 2026-05', needs: periodBefore.to, has: null },
    ]);
  });

  it('is a policy that says when, and facts that are on their way', () => {
    const inputs = openInputs(question({ cutOffHours: null, behind: ['ordering'] })).map(
      ({ input }) => input,
    );
    expect(inputs).toEqual(['billing policy', 'facts from ordering']);
  });
});
