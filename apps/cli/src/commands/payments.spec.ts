import { progressText } from './payments';

it('tells how far an import is while it goes on, and nothing before and after', () => {
  expect(progressText({ lines: 0, toTake: 20_000, taken: 1_200 })).toBe('1200 of 20000 lines taken');
  expect(progressText({ lines: 0, toTake: 0, taken: 0 })).toBeNull();
  expect(progressText({ lines: 20_000, toTake: 20_000, taken: 20_000 })).toBeNull();
  expect(progressText(undefined)).toBeNull();
});
