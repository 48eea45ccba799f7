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
      forgottenThrough: 2,
    });
  });
});
