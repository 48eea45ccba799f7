import { gathering } from './hot-thread-messages';

it('sends together what comes before soon, in order, and what comes behind apart', () => {
  const soon: (() => void)[] = [];
  const sent: (readonly number[])[] = [];
  const add = gathering<number>(
    (then) => soon.push(then),
    (all) => sent.push(all),
  );
  for (const one of [1, 2, 3]) add(one);
  expect(soon).toHaveLength(1);
  soon.shift()?.();
  add(4);
  expect(soon).toHaveLength(1);
  soon.shift()?.();
  expect(sent).toEqual([[1, 2, 3], [4]]);
});
