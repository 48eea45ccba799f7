import { billPeriodOf, instantFromIso } from '@ronghe/kernel';
import { isMoving, isOver, isRevocable, runStates, stateAfterChecks, type BillRun } from './bill-run';
import { divideLanes, withDrafts } from './lane-range';
import { progressOf } from './run-progress';

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
  pausedBy: null,
  accountId: null,
  dueAccounts: 0,
  stageSince: null,
  stageBase: 0,
  handled: 0,
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

it('waits for a second person where the policy says so', () => {
  expect(stateAfterChecks(run, clean, 'second-person')).toBe('awaiting_confirmation');
});

describe('ranges of lanes', () => {
  it.each([0, 1, 100, 101, 250, 5000, 100_000])('hold every lane once: %i accounts', (accounts) => {
    const ranges = divideLanes('r1', accounts);
    const lanes = ranges.flatMap(({ fromLane, toLane }) =>
      Array.from({ length: toLane - fromLane + 1 }, (_, at) => fromLane + at),
    );
    expect(lanes).toEqual(Array.from({ length: 1024 }, (_, lane) => lane));
    expect(ranges.length).toBe(Math.min(16, Math.max(1, Math.ceil(accounts / 100))));
  });

  it('go through the lanes that hold drafts in order, and only through them', () => {
    const [range] = divideLanes('r1', 1);
    if (!range) throw new Error('no range');
    const drafted = withDrafts(withDrafts(range, [700, 3]), [700]);
    expect(drafted.lanes).toEqual([3, 700]);
  });
});

describe('progress', () => {
  const since = instantFromIso('2026-11-01T00:00:00Z');
  const now = instantFromIso('2026-11-01T00:00:10Z');
  const drafting: BillRun = { ...run, state: 'drafting', dueAccounts: 100, accounts: 20, stageSince: since };

  it.each([
    ['in the proportion of what is done', drafting, { done: 20, total: 100, secondsLeft: 40 }],
    ['from where it was resumed', { ...drafting, stageBase: 10 }, { done: 20, total: 100, secondsLeft: 80 }],
    ['paused', { ...drafting, pausedBy: 'ann' }, { done: 20, total: 100, secondsLeft: null }],
    ['before anything', { ...drafting, accounts: 0 }, { done: 0, total: 100, secondsLeft: null }],
    [
      'of bills',
      { ...drafting, state: 'publishing', added: 50, handled: 25 },
      { done: 25, total: 50, secondsLeft: 10 },
    ],
  ] as const)('%s', (_name, at, progress) => {
    expect(progressOf({ ...at }, now)).toEqual(progress);
  });
});

it('can be given up until its bills have numbers', () => {
  expect(runStates.filter(isRevocable)).toEqual(['waiting', 'drafting', 'checking', 'awaiting_confirmation']);
});

it('never both moves by itself and is over', () => {
  expect(runStates.filter((state) => isMoving(state) && isOver(state))).toEqual([]);
  expect(runStates.filter((state) => !isMoving(state) && !isOver(state))).toEqual([
    'waiting',
    'awaiting_confirmation',
  ]);
});
