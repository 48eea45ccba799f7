import type { NumberGradePolicy, ProductState } from '@ronghe/contracts';
import { instantFromIso, moneyToDecimal, parseLocalDate } from '@ronghe/kernel';
import { explanationText, recompute } from '@ronghe/rating';
import { addToBilled } from '../../test/billed';
import { policies } from '../../test/documents';
import { usageTotalsOf } from '../../test/golden-family';
import { pair, pairQuestions as questions, shown } from '../../test/pair-questions';
import { draftBill, type DraftQuestion } from './draft-bill';

const [first] = pair;

describe('a sought-after number', () => {
  const grades: NumberGradePolicy = {
    kind: 'number-grade',
    code: 'number-minimum',
    version: 1,
    effectiveFrom: parseLocalDate('2026-01-01'),
    effectiveTo: null,
    label: { en: 'Minimum of a number', 'zh-CN': '靓号保底差额' },
    chargeClass: 'number minimum',
    taxClass: 'value-added',
    minimums: [{ grade: 'gold', amount: '68.00' }],
  };
  const number = { resourceId: 'n', kind: 'mobile_number' as const, value: '8613300008888', grade: 'gold' };
  const [, card] = first.products;
  const ask = (part: Partial<ProductState>, rest: Partial<DraftQuestion> = {}) =>
    draftBill({
      ...questions('2026-07')[0]!,
      holdings: [{ ...card!, resources: [number], bundleId: null, bundleOfferingCode: null, ...part }],
      policies: [...policies, grades],
      ...rest,
    });

  it('owes what its product’s charges miss of its minimum, taxed by the policy’s class', () => {
    const july = ask({});
    expect(shown(july?.lines)).toEqual(['sub1 10.00 0.00 10.00', 'sub1 58.00 0.00 58.00']);
    expect(july?.lines[1]).toMatchObject({ chargeClass: 'number minimum', taxPercent: '6' });
    expect(explanationText(july?.lines[1]?.explanation ?? { steps: [], result: '' }, 'en')).toBe(
      'Minimum of a number: 68.00 for the whole period = 68.00; 10.00 was charged: 58.00 is missing; rounded to 58.00',
    );
  });

  it('owes it by the days on which it is held, and nothing where it is ordinary, paid up or prepaid', () => {
    // 68.00 × 10 of 31 days = 21.935484; the card's fee is charged in full in its last period.
    const ended = ask({ effectiveTo: instantFromIso('2026-07-11T00:00:00+08:00') });
    expect(shown(ended?.lines)[1]).toBe('sub1 11.94 0.00 11.94');
    const { grade: _grade, ...ordinary } = number;
    expect(shown(ask({ resources: [ordinary] })?.lines)).toEqual(['sub1 10.00 0.00 10.00']);
    expect(shown(ask({ offeringCode: 'plan' })?.lines)).toEqual(['sub1 199.00 0.00 199.00']);
    expect(shown(ask({}, { paymentMode: 'prepaid' })?.lines)).toEqual(['sub1 10.00 0.00 10.00']);
  });

  it('gives back what late usage makes up for', () => {
    const july = ask({});
    const [sample] = usageTotalsOf(first, '2026-06');
    if (!sample || !card) throw new Error('the family has no usage');
    const totals = [
      { ...sample, productId: card.productId, card: 'sub1', period: '2026-07', amount: '20.00' },
    ];
    const late = ask(
      {},
      { usageTotals: new Map([['2026-07', totals]]), billed: addToBilled([], july?.lines ?? []) },
    );
    expect(late?.lines.map(({ chargeClass, net }) => [chargeClass, moneyToDecimal(net)])).toEqual([
      ['voice out of bundle', '20.00'],
      ['number minimum', '-20.00'],
    ]);
    for (const line of late?.lines ?? []) expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
  });
});
