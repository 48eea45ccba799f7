import { ExplanationBuilder, explanationText, recompute } from './explanation';
import { evaluate } from './operations';

const say = (word: string) => (result: string) => ({
  en: `${word} ${result}`,
  'zh-CN': `${word}：${result}`,
});

describe('an explanation', () => {
  it('computes each step by its operation and refers to earlier results', () => {
    const builder = new ExplanationBuilder();
    const list = builder.add('prorate', { price: '10.00', days: '20', ofDays: '30' }, say('list'));
    builder.add('round', { amount: list }, say('rounded'));
    const explanation = builder.build();
    expect(explanation.steps.map(({ result }) => result)).toEqual(['6.666667', '6.67']);
    expect(explanation.result).toBe('6.67');
    expect(explanationText(explanation, 'en')).toBe('list 6.666667; rounded 6.67');
    expect(explanationText(explanation, 'zh-CN')).toBe('list：6.666667；rounded：6.67');
  });

  it('recomputes to something else when an input was changed', () => {
    const builder = new ExplanationBuilder();
    builder.add('sum', { a: '1.00', b: '2.50' }, say('sum'));
    const { steps, result } = builder.build();
    const changed = steps.map((step) => ({ ...step, inputs: { ...step.inputs, b: '2.51' } }));
    expect(recompute({ steps: changed, result })).toBe('3.51');
    expect(result).toBe('3.50');
  });

  it('can be appended to another without its references getting lost', () => {
    const part = new ExplanationBuilder();
    const first = part.add('given', { amount: '2.00' }, say('a'));
    part.add('percent', { amount: first, percent: '50' }, say('b'));
    const whole = new ExplanationBuilder();
    whole.add('given', { amount: '9.00' }, say('c'));
    whole.append(part.build());
    expect(recompute(whole.build())).toBe('1.00');
  });

  it('is plain data: it survives JSON', () => {
    const builder = new ExplanationBuilder();
    builder.add('cap', { amount: '7.00', maximum: '6.50' }, say('cap'));
    expect(recompute(JSON.parse(JSON.stringify(builder.build())) as ReturnType<typeof builder.build>)).toBe(
      '6.50',
    );
  });

  it('does not use a step before it is there', () => {
    const step = {
      op: 'round' as const,
      inputs: { amount: '#1' },
      result: '1.00',
      text: { en: '', 'zh-CN': '' },
    };
    expect(() => recompute({ steps: [step], result: '1.00' })).toThrow('#1');
  });
});

describe('operations', () => {
  it.each([
    ['given', { amount: '1.5' }, '1.50'],
    ['prorate', { price: '199.99', days: '20', ofDays: '30' }, '133.326667'],
    ['prorate-units', { quantity: '1000', days: '1', ofDays: '3', wholeUnits: '10' }, '340'],
    ['subtract', { from: '1.00', amount: '2.25' }, '-1.25'],
    ['multiply', { units: '7', price: '0.05', per: '3' }, '0.116667'],
    [
      'repeating-step',
      { units: '2500', price: '0.02', per: '1', blockUnits: '1000', blockMaximum: '5.00' },
      '15.00',
    ],
    ['round', { amount: '0.005' }, '0.01'],
    ['round', { amount: '-0.005' }, '-0.01'],
    ['subtract-money', { from: '1.00', amount: '0.25' }, '0.75'],
    ['subtract-units', { from: '10', units: '4' }, '6'],
    ['add-units', { a: '10', b: '4' }, '14'],
    ['included-tax', { gross: '106.00', percent: '6' }, '6.00'],
  ] as const)('%s of %j is %s', (op, inputs, result) => {
    expect(evaluate(op, inputs)).toBe(result);
  });

  it('say which operand is missing', () => {
    expect(() => evaluate('round', {})).toThrow(expect.objectContaining({ code: 'operand_missing' }));
  });
});
