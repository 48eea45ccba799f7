import type { SessionRequest } from './batch-state';
import type { Place } from './busy-places';
import type { BatchTurn } from './batch-turn';
import { SessionWriter, type Outcome } from './session-writer.service';

// Patience ends when a test says so.
beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

const ask = (sessionId: string): SessionRequest => ({ kind: 'expire', sessionId });
const at = (lane: number, balanceGroupId: string | null = null): Place => ({ lane, balanceGroupId });
const name = (asked: SessionRequest): string => ('sessionId' in asked ? asked.sessionId : '');
const answer = (asked: SessionRequest): Outcome => ({
  answer: { status: 204, body: null, sessionId: name(asked) },
});
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A writer whose batches go on when the test says so. */
function stage() {
  const batches: (BatchTurn & { names: string[]; end: () => void })[] = [];
  const writer = new SessionWriter(
    (requests, turn) =>
      new Promise((resolve) =>
        batches.push({ ...turn, names: requests.map(name), end: () => resolve(requests.map(answer)) }),
      ),
  );
  const answers: Promise<unknown>[] = [];
  return {
    batches,
    writer,
    names: () => batches.map((batch) => batch.names),
    sizes: () => batches.map((batch) => batch.names.length),
    submit(place: Place, each: string) {
      answers.push(writer.submit(place, ask(each)));
    },
    /** So many, each at a lane of its own. */
    submitLanes(from: number, count: number) {
      for (let lane = from; lane < from + count; lane += 1) this.submit(at(lane), String(lane));
    },
    /** Ends all batches; everything is answered. */
    async ended() {
      for (const batch of batches) batch.end();
      await Promise.all(answers);
      await writer.drained();
    },
  };
}

it('takes what arrives together, and the next ones when that has been committed', async () => {
  const { writer, batches, names } = stage();
  const answers = [writer.submit(at(1), ask('a')), writer.submit(at(2), ask('b'))];
  await turns();
  answers.push(writer.submit(at(3), ask('c')));
  batches[0]?.writing(true);
  await turns();
  answers.push(writer.submit(at(4), ask('d')));
  await turns();
  expect(names()).toEqual([['a', 'b']]);
  batches[0]?.end();
  await turns();
  expect(names()).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  batches[1]?.end();
  expect((await Promise.all(answers)).map(({ sessionId }) => sessionId)).toEqual(['a', 'b', 'c', 'd']);
  await writer.drained();
});

it('begins with many while a batch is being written, not before that one has decided', async () => {
  const { writer, batches, names } = stage();
  const answers = [writer.submit(at(0), ask('first'))];
  await turns();
  for (let lane = 1; lane <= 70; lane += 1) answers.push(writer.submit(at(lane), ask(`at ${lane}`)));
  await turns();
  expect(names()).toEqual([['first']]);
  batches[0]?.writing(true);
  await turns();
  expect(names().map(({ length }) => length)).toEqual([1, 70]);
  for (const batch of batches) batch.end();
  await Promise.all(answers);
  await writer.drained();
});

it('has the next batch decided while one is being written, to leave behind it', async () => {
  const staged = stage();
  const { batches, sizes } = staged;
  staged.submitLanes(0, 16);
  await turns();
  batches[0]?.writing(true);
  staged.submitLanes(16, 11);
  await turns();
  expect(sizes()).toEqual([16]);
  // Three quarters of those that are being written.
  staged.submitLanes(27, 1);
  await turns();
  expect(sizes()).toEqual([16, 12]);
  const left: string[] = [];
  expect(batches[0]?.after).toBeNull();
  void batches[1]?.after?.then(() => left.push('second'));
  // It has not left yet, so that nothing is decided beside it.
  staged.submitLanes(28, 30);
  await turns();
  expect([left, batches.length]).toEqual([[], 2]);
  batches[0]?.written();
  await turns();
  expect(left).toEqual(['second']);
  batches[1]?.writing(true);
  await turns();
  expect(sizes()).toEqual([16, 12, 30]);
  await staged.ended();
});

it('lets the next batch leave although one takes too long', async () => {
  const staged = stage();
  const { batches } = staged;
  staged.submitLanes(0, 1);
  await turns();
  batches[0]?.writing(true);
  staged.submitLanes(1, 8);
  await turns();
  expect(batches.length).toBe(2);
  const left: string[] = [];
  void batches[1]?.after?.then(() => left.push('second'));
  // The first one, say, waits for a row that somebody else has locked.
  jest.advanceTimersByTime(24);
  await turns();
  expect(left).toEqual([]);
  jest.advanceTimersByTime(1);
  await turns();
  expect(left).toEqual(['second']);
  await staged.ended();
});

it('waits no longer because parts of a batch are run again', async () => {
  const staged = stage();
  const { batches } = staged;
  staged.submitLanes(0, 1);
  await turns();
  jest.advanceTimersByTime(20);
  batches[0]?.writing(true);
  staged.submitLanes(1, 1);
  jest.advanceTimersByTime(20);
  batches[0]?.writing(true);
  await turns();
  expect(batches.length).toBe(1);
  jest.advanceTimersByTime(5);
  await turns();
  expect(batches.length).toBe(2);
  await staged.ended();
});

it('has many wait behind a batch for which something had to be read', async () => {
  const staged = stage();
  staged.submitLanes(0, 1);
  await turns();
  staged.batches[0]?.writing(false);
  staged.submitLanes(1, 63);
  await turns();
  expect(staged.sizes()).toEqual([1]);
  staged.submitLanes(64, 1);
  await turns();
  expect(staged.sizes()).toEqual([1, 64]);
  await staged.ended();
});

it('does not count those that have to wait for the places of a batch', async () => {
  const staged = stage();
  const { batches, names } = staged;
  const submit = (count: number, group: string) => {
    for (let each = 0; each < count; each += 1) staged.submit(at(1, group), group);
  };
  submit(1, 'x');
  await turns();
  batches[0]?.writing(true);
  submit(20, 'x');
  submit(7, 'y');
  await turns();
  expect(batches.length).toBe(1);
  submit(1, 'y');
  await turns();
  expect(names().slice(1)).toEqual([Array.from({ length: 8 }, () => 'y')]);
  batches[0]?.written();
  batches[0]?.end();
  await turns();
  batches[1]?.writing(true);
  await turns();
  expect(names()[2]).toEqual(Array.from({ length: 20 }, () => 'x'));
  await staged.ended();
});

it('gathers all that waits for the places of a batch until that has ended', async () => {
  const staged = stage();
  const { batches } = staged;
  const submit = (count: number) => {
    for (let each = 0; each < count; each += 1) staged.submit(at(1, 'x'), String(each));
  };
  submit(1);
  await turns();
  batches[0]?.writing(true);
  submit(20);
  await turns();
  submit(1);
  await turns();
  expect(batches.length).toBe(1);
  batches[0]?.written();
  batches[0]?.end();
  await turns();
  expect(staged.sizes()).toEqual([1, 21]);
  await staged.ended();
});

it('has a lane in one batch at a time, in order, and lets others pass', async () => {
  const { writer, batches, names } = stage();
  const answers = [writer.submit(at(1), ask('a'))];
  await turns();
  answers.push(
    writer.submit(at(1), ask('b')),
    writer.submit(at(2), ask('c')),
    writer.submit(at(1), ask('d')),
  );
  for (let lane = 3; lane < 70; lane += 1) answers.push(writer.submit(at(lane), ask(String(lane))));
  batches[0]?.writing(true);
  await turns();
  expect(names().map(([first, ...others]) => [first, others.length])).toEqual([
    ['a', 0],
    ['c', 67],
  ]);
  batches[0]?.end();
  batches[1]?.end();
  await turns();
  expect(names().slice(2)).toEqual([['b', 'd']]);
  batches[2]?.end();
  await Promise.all(answers);
  await writer.drained();
});

it('has a balance group in one batch at a time, beside others of its lane', async () => {
  const { writer, batches, names } = stage();
  const answers = [writer.submit(at(1, 'x'), ask('a'))];
  await turns();
  answers.push(
    ...[writer.submit(at(1, 'x'), ask('b')), writer.submit(at(1, 'y'), ask('c'))],
    // Whose group is not known waits for its whole lane, and who comes behind it in that lane waits too.
    ...[writer.submit(at(1), ask('d')), writer.submit(at(1, 'z'), ask('e'))],
  );
  for (let lane = 3; lane < 70; lane += 1) answers.push(writer.submit(at(lane), ask(String(lane))));
  batches[0]?.writing(true);
  await turns();
  expect(names()[1]?.slice(0, 2)).toEqual(['c', '3']);
  batches[0]?.end();
  batches[1]?.end();
  await turns();
  expect(names().slice(2)).toEqual([['b', 'd', 'e']]);
  batches[2]?.end();
  await Promise.all(answers);
  await writer.drained();
});

it('runs a batch that fails in halves, until what fails stands alone', async () => {
  const ran: string[][] = [];
  const writer = new SessionWriter((requests) => {
    ran.push(requests.map(name));
    if (requests.some((asked) => name(asked) === 'bad')) return Promise.reject(new Error('broken'));
    return Promise.resolve(requests.map(answer));
  });
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'bad', 'c'].map((each, lane) => writer.submit(at(lane), ask(each))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(ran).toEqual([['a', 'b', 'bad', 'c'], ['a', 'b'], ['bad', 'c'], ['bad'], ['c']]);
  await writer.drained();
});
