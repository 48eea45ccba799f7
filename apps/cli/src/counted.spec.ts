import { counted } from './counted';
import { timeLeft } from './time-left';

it('counts one of a kind, and none or many', () => {
  expect([0, 1, 2].map((count) => counted(count, 'account'))).toEqual([
    '0 accounts',
    '1 account',
    '2 accounts',
  ]);
  expect(['0', '1'].map((count) => counted(count, 'is', 'are'))).toEqual(['0 are', '1 is']);
});

it('says how long work takes yet, where that is known', () => {
  expect([null, 0, 12, 3725].map(timeLeft)).toEqual([
    '',
    ', 0 s left',
    ', 12 s left',
    ', 1 h 2 min 5 s left',
  ]);
});
