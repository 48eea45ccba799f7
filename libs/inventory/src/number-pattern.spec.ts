import { likePatternFrom } from './number-pattern';

describe('a number pattern', () => {
  it.each([
    ['88', '%88'],
    ['133*88', '133%88'],
    ['1?3*', '1_3%'],
    ['**8**', '%8%'],
  ])('%s is LIKE %s', (pattern, like) => {
    expect(likePatternFrom(pattern)).toBe(like);
  });

  it.each(['', '%', "8'; drop", '8_8', '8'.repeat(21)])('refuses %p', (pattern) => {
    expect(() => likePatternFrom(pattern)).toThrow(expect.objectContaining({ code: 'pattern_invalid' }));
  });
});
