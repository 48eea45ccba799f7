import { startOperator, toyOrdering, ToyOrderingService, type TestOperator } from '@ronghe/testing';
import { prepared } from './prepared-statement.adapter';
import { inRounds } from './statement-rounds.adapter';
import type { Transactions } from './transactions.service';
import type { Tx } from './tx';

/** Statements that go out together are carried out in order, and what is left of those that fail must not be felt. */

let operator: TestOperator;
let transactions: Transactions;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering] });
  transactions = operator.get(ToyOrderingService).transactions;
  await operator.sql(
    'create table ordering.seen (n integer primary key, at timestamptz not null default clock_timestamp())',
  );
});
afterAll(() => operator?.stop());

const named = <R>(tx: Tx, name: string, text: string, values: unknown[] = []): Promise<R[]> =>
  prepared<R>(tx, { name, text }, values);
const insert = (tx: Tx, n: number) =>
  named(tx, 'seen-insert', 'insert into ordering.seen (n) values ($1::integer)', [n]);
const backendOf = async (tx: Tx): Promise<number> =>
  (await tx.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid ?? 0;
const onSameConnection = async (backend: number, work: (tx: Tx) => Promise<void>): Promise<void> => {
  let times = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      transactions.run(async (tx) => {
        if ((await backendOf(tx)) !== backend) return;
        times += 1;
        await work(tx);
      }),
    ),
  );
  expect(times).toBeGreaterThan(0);
};

it('gives each statement its own answer, with and without names, and sees what those before it wrote', async () => {
  const answers = await transactions.run((tx) =>
    inRounds(tx, async () => {
      const both = await Promise.all([
        insert(tx, 1),
        named<{ n: number }>(tx, 'seen-first', 'select n from ordering.seen'),
        insert(tx, 2),
        named<{ n: number }>(
          tx,
          'seen-all',
          'select n from ordering.seen where n < $1::integer order by n',
          [9],
        ),
        tx.execute('update ordering.seen set at = at where n > $1', [0]),
        tx.query<{
          big: string;
          on: Date;
          none: null;
        }>(`select 9007199254740993 as big, timestamptz '2026-06-01T00:00:00Z' as on,
          null as none`),
      ]);
      return [
        ...both,
        await named(tx, 'seen-all', 'select n from ordering.seen where n < $1::integer order by n', [2]),
      ];
    }),
  );
  expect(answers).toEqual([
    [],
    [{ n: 1 }],
    [],
    [{ n: 1 }, { n: 2 }],
    2,
    [{ big: '9007199254740993', on: new Date('2026-06-01T00:00:00Z'), none: null }],
    [{ n: 1 }],
  ]);
});

it('carries out nothing behind a statement that fails, and fails all of that', async () => {
  let ends: PromiseSettledResult<unknown>[] = [];
  let backend = 0;
  const failing = transactions.run(async (tx) => {
    backend = await backendOf(tx);
    await inRounds(tx, async () => {
      ends = await Promise.allSettled([
        named(tx, 'before', 'select 1 as n'),
        named(tx, 'failing', 'select 1 / $1::integer as n', [0]),
        ...Array.from({ length: 50 }, (_, n) => named(tx, `after-${n}`, `select ${n}::integer as n`)),
      ]);
    });
    throw new Error('over');
  });
  await expect(failing).rejects.toThrow('over');
  expect(ends[0]).toEqual({ status: 'fulfilled', value: [{ n: 1 }] });
  expect(
    new Set(ends.slice(1).map((end) => (end.status === 'rejected' ? String(end.reason) : 'fine'))),
  ).toEqual(new Set(['error: division by zero']));
  await onSameConnection(backend, async (tx) => {
    const rows = await inRounds(tx, () =>
      Promise.all([
        named(tx, 'before', 'select 1 as n'),
        named(tx, 'failing', 'select 1 / $1::integer as n', [1]),
        named(tx, 'after-7', 'select 7::integer as n'),
      ]),
    );
    expect([...rows, await tx.query('select 8 as n')]).toEqual([
      [{ n: 1 }],
      [{ n: 1 }],
      [{ n: 7 }],
      [{ n: 8 }],
    ]);
  });
});

it('refuses a name that stands for another statement, and with it what stands behind it', async () => {
  const ends = await transactions.run((tx) =>
    inRounds(tx, async () => {
      await named(tx, 'twin', 'select 1 as n');
      return Promise.allSettled([
        named(tx, 'first', 'select 0 as n'),
        named(tx, 'twin', 'select 2 as n'),
        named(tx, 'third', 'select 3 as n'),
      ]);
    }),
  );
  const refused = {
    status: 'rejected',
    reason: expect.objectContaining({ message: expect.stringContaining('must be unique') }),
  };
  expect(ends).toEqual([{ status: 'fulfilled', value: [{ n: 0 }] }, refused, refused]);
});

it('answers who asks the client for a named statement with all that the client answers', async () => {
  const answer = await transactions.run((tx) =>
    inRounds(tx, async () => {
      const client = await tx.client();
      return client.query({ name: 'two', text: 'select n from (values (1), (2)) as two (n)' });
    }),
  );
  expect(answer).toMatchObject({ rowCount: 2, command: 'SELECT', rows: [{ n: 1 }, { n: 2 }] });
});

it('answers each of what is asked for while a round is under way', async () => {
  const sums = await transactions.run((tx) =>
    inRounds(tx, () =>
      Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          let sum = 0;
          for (let n = 0; n < at; n += 1) {
            const [row] = await named<{ n: number }>(tx, 'same', 'select $1::integer as n', [n]);
            sum += row?.n ?? NaN;
          }
          return sum;
        }),
      ),
    ),
  );
  expect(sums).toEqual([0, 0, 1, 3, 6, 10, 15, 21, 28, 36]);
});

it('sends nothing before what it waits for', async () => {
  let go: () => void = () => undefined;
  const after = new Promise<void>((resolve) => (go = resolve));
  const clock = async (): Promise<string> =>
    (await operator.sql<{ at: string }>('select clock_timestamp()::text as at'))[0]?.at ?? '';
  const answered = transactions.run((tx) => {
    const seen = (): Promise<{ at: string }[]> => named(tx, 'clock', 'select clock_timestamp()::text as at');
    return inRounds(tx, async () => [...(await Promise.all([seen(), seen()])), await seen()], after);
  });
  let isAnswered = false;
  void answered.then(() => (isAnswered = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = await clock();
  expect(isAnswered).toBe(false);
  go();
  const [first, second, third] = (await answered).map(([row]) => row);
  expect(first && first.at > before).toBe(true);
  expect(third && second && third.at > second.at).toBe(true);
});

it('fails what waits for its time when the connection is lost', async () => {
  let go: () => void = () => undefined;
  const after = new Promise<void>((resolve) => (go = resolve));
  const lost = transactions.run(async (tx) => {
    const backend = await backendOf(tx);
    const ended = inRounds(tx, () => Promise.all([insert(tx, 900), insert(tx, 901)]), after);
    const seen = expect(ended).rejects.toThrow();
    await operator.sql('select pg_terminate_backend($1::integer)', [backend]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    go();
    await seen;
    await tx.query('select 4');
  });
  await expect(lost).rejects.toThrow();
  expect(await operator.sql('select n from ordering.seen where n >= 900')).toEqual([]);
});

it('fails what waits when the connection is lost', async () => {
  const lost = transactions.run(async (tx) => {
    const backend = await backendOf(tx);
    await inRounds(tx, () =>
      Promise.all([
        named(tx, 'sleeps', 'select pg_sleep(30)'),
        named(tx, 'never', 'select 1'),
        new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
          operator.sql('select pg_terminate_backend($1::integer)', [backend]),
        ),
      ]),
    );
  });
  await expect(lost).rejects.toThrow();
});

it('fails what is asked for behind an answer when the connection is lost meanwhile', async () => {
  const seen: string[] = [];
  const lost = transactions.run(async (tx) => {
    const backend = await backendOf(tx);
    await inRounds(tx, async () => {
      const chain = named(tx, 'first', 'select 1').then(async () => {
        seen.push('first');
        await operator.sql('select pg_terminate_backend($1::integer)', [backend]);
        return Promise.allSettled([
          named(tx, 'second', 'select pg_sleep(30)'),
          named(tx, 'third', 'select 3').finally(() => seen.push('third')),
        ]);
      });
      const ends = await chain;
      seen.push(...ends.map(({ status }) => status));
      await named(tx, 'fourth', 'select 4');
    });
  });
  await expect(lost).rejects.toThrow();
  expect(seen).toEqual(['first', 'third', 'rejected', 'rejected']);
});

it('fails a round that waits for its turn when the connection is lost', async () => {
  const ends: string[] = [];
  const lost = transactions.run(async (tx) => {
    const backend = await backendOf(tx);
    await inRounds(tx, async () => {
      const note = (end: Promise<unknown>) =>
        end.then(
          () => ends.push('answered'),
          () => ends.push('failed'),
        );
      const killed = note(
        named(tx, 'kills', 'select pg_terminate_backend($1::integer)', [backend]).then(() =>
          named(tx, 'behind', 'select 1'),
        ),
      );
      await new Promise<void>((resolve) => setImmediate(resolve));
      // Asked for while the connection is at work, and asked for by those that failed.
      const waiting = named(tx, 'waits', 'select 2').catch(() => named(tx, 'again', 'select 3'));
      await Promise.all([killed, note(waiting)]);
    });
    await tx.query('select 4');
  });
  await expect(lost).rejects.toThrow();
  expect(ends).toEqual(['failed', 'failed']);
});
