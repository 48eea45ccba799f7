import { inTwoParts } from './batch-turn';

/** A batch of two parts tells as one of one part does. */

function stage() {
  const told: string[] = [];
  const after = Promise.resolve();
  const [first, second] = inTwoParts({
    after,
    writing: (isRecalled) => told.push(isRecalled ? 'writing, recalled' : 'writing'),
    written: () => told.push('written'),
  });
  return { told, after, first, second };
}

it('waits as its batch does', () => {
  const { after, first, second } = stage();
  expect([first.after, second.after]).toEqual([after, after]);
});

it('tells once what both parts have come to, however often each tells it', () => {
  const { told, first, second } = stage();
  first.writing(true);
  first.writing(true);
  first.written();
  first.written();
  expect(told).toEqual([]);
  second.writing(false);
  second.writing(false);
  expect(told).toEqual(['writing, recalled']);
  second.written();
  second.written();
  expect(told).toEqual(['writing, recalled', 'written']);
});

it('is recalled where a part of it is', () => {
  const { told, first, second } = stage();
  second.writing(false);
  first.writing(false);
  expect(told).toEqual(['writing']);
});
