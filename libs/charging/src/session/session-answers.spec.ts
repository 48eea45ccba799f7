import fc from 'fast-check';
import {
  answersFromText,
  answersSince,
  answerTo,
  firstToText,
  lastToText,
  withAnswer,
  type Answered,
} from './session-answers';

const answered = (sequenceNumber: number): Answered => ({
  sequenceNumber,
  bodyHash: sequenceNumber.toString(16).padStart(32, '0'),
  status: 200,
  body: `{"invocationSequenceNumber":${sequenceNumber}}`,
});
const numbers = fc.uniqueArray(fc.nat(1000), { maxLength: 12 });
const after = (given: readonly number[]) => given.map(answered).reduce(withAnswer, answersSince(answered(0)));

describe('answers of a session', () => {
  it('never takes a number for new that came before, and knows what it said to the last three', () => {
    fc.assert(
      fc.property(numbers, (given) => {
        const answers = after(given);
        for (const [index, number] of given.entries())
          expect(answerTo(answers, number)).toEqual(
            index < given.length - 3 ? 'forgotten' : answered(number),
          );
      }),
    );
  });

  it('takes every number for new that is beyond all that came', () => {
    fc.assert(
      fc.property(numbers, (given) => {
        expect(answerTo(after(given), Math.max(0, ...given) + 1)).toBeUndefined();
      }),
    );
  });

  it('takes a number for new that never came, however many came after it', () => {
    fc.assert(
      fc.property(numbers, fc.nat(1000), (given, late) => {
        fc.pre(!given.includes(late));
        expect(answerTo(after(given), late)).toBeUndefined();
      }),
    );
    expect(answerTo(after([1, 3, 4, 5, 6]), 2)).toBeUndefined();
    expect(after([1, 3, 4, 5, 6, 2, 7, 8, 9]).forgotten).toEqual([[1, 6]]);
  });

  it('stays small where numbers never come', () => {
    const gaps = after(Array.from({ length: 1000 }, (_, at) => 2 * at));
    expect(gaps.forgotten).toHaveLength(64);
    expect(answerTo(gaps, 0)).toBe('forgotten');
    expect(answerTo(gaps, 2001)).toBeUndefined();
  });

  it('reads what was stored before ranges were kept', () => {
    const stored = '{"forgottenThrough":2,"last":[]}';
    expect(answersFromText(null, stored)).toEqual({ first: null, last: [], forgotten: [[0, 2]] });
    expect(answersFromText(null, '{"forgottenThrough":null,"last":[]}').forgotten).toEqual([]);
  });

  it('is the same after it was stored', () => {
    fc.assert(
      fc.property(numbers, (given) => {
        const answers = after(given);
        expect(answersFromText(firstToText(answers), lastToText(answers))).toEqual(answers);
      }),
    );
  });

  it('keeps the answer to the create beside them', () => {
    expect(after([1, 2, 3, 4, 5])).toEqual({
      first: answered(0),
      last: [answered(3), answered(4), answered(5)],
      forgotten: [[1, 2]],
    });
  });
});
