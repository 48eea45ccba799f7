import { textTable } from './text-table';

it('aligns text to the left and figures to the right, with room for wide characters', () => {
  const table = textTable(
    ['price', 'delta'],
    [
      ['voice-out', '-1.50'],
      ['短信', 12],
      ['x', null],
    ],
    ['delta'],
  );
  expect(table.split('\n')).toEqual([
    'price      delta',
    '---------  -----',
    'voice-out  -1.50',
    '短信          12',
    'x',
  ]);
});
