import { billPeriodOf, instantFromIso } from '@ronghe/kernel';
import {
  isMoving,
  isOver,
  laneFrom,
  runStates,
  startCursor,
  stateAfterChecks,
  type BillRun,
} from './bill-run';

const cycle = { billDay: 1, zone: 'Asia/Shanghai' };
const run: BillRun = {
  runId: 'r1',
  period: billPeriodOf('2026-06', cycle),
  cycle,
  trigger: 'scheduled',
  isForced: false,
  reason: null,
  requestedBy: 'system',
  state: 'checking',
  waitingFor: [],
  checks: [],
  cursor: startCursor,
  lanes: [3, 700],
  stageLane: 0,
  accounts: 0,
  added: 0,
  quarantined: 0,
  createdAt: instantFromIso('2026-07-01T00:00:00+08:00'),
  completedAt: null,
};

const clean = [{ name: 'a', left: '1.00', right: '1.00' }];
const askew = [...clean, { name: 'b', left: '1.00', right: '1.01' }];

describe('after the checks', () => {
  it.each([
    ['clean', false, clean, 'numbering'],
    ['a difference', false, askew, 'awaiting_confirmation'],
    ['clean, but forced', true, clean, 'awaiting_confirmation'],
  ] as const)('%s', (_name, isForced, checks, state) => {
    expect(stateAfterChecks({ ...run, isForced }, checks)).toBe(state);
  });
});

it('goes through its lanes in order, and only through them', () => {
  expect([0, 3, 4, 700, 701].map((from) => laneFrom(run, from))).toEqual([3, 3, 700, 700, null]);
});

it('never both moves by itself and is over', () => {
  expect(runStates.filter((state) => isMoving(state) && isOver(state))).toEqual([]);
  expect(runStates.filter((state) => !isMoving(state) && !isOver(state))).toEqual([
    'waiting',
    'awaiting_confirmation',
  ]);
});
