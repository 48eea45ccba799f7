import { startOperator, toyOrdering, ToyOrderingService, type TestOperator } from '@ronghe/testing';
import { bytesOf, CopyText } from './copy-text.adapter';
import type { Transactions } from './transactions.service';

let operator: TestOperator;
let transactions: Transactions;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering] });
  transactions = operator.get(ToyOrderingService).transactions;
});
afterAll(() => operator?.stop());

const into = 'ordering.task (task_id, done)';

/** More bytes than go to the connection at once. */
function manyRows(name: string): { text: CopyText; ids: string[] } {
  const text = new CopyText();
  const common = bytesOf(`${name}\\套餐\t月租费`);
  const ids = Array.from({ length: 5_000 }, (_, index) => {
    text.addBytes(common);
    text.add(`${index}\t${index % 2}\n`);
    return `${name}\\套餐\t月租费${index}`;
  });
  return { text, ids };
}

async function written(name: string): Promise<string[]> {
  const rows = await operator.sql<{ task_id: string }>(
    'select task_id from ordering.task where starts_with(task_id, $1)',
    [name],
  );
  return rows.map((row) => row.task_id).sort();
}

it('loads rows of any text, also side by side and with buffers that were used before', async () => {
  const load = (name: string) =>
    transactions.run(async (tx) => {
      const { text, ids } = manyRows(name);
      await text.load(tx, into);
      return ids;
    });
  const ids = await Promise.all(['a', 'b', 'c'].map(load));
  ids.push(await load('d'));
  for (const [index, name] of ['a', 'b', 'c', 'd'].entries())
    expect(await written(name)).toEqual(ids[index]?.sort());
});

it('loads nothing where there are no rows', async () => {
  await transactions.run((tx) => new CopyText().load(tx, into));
});

it('refuses all rows with one that is refused, and the connection goes on', async () => {
  const twice = transactions.run(async (tx) => {
    const { text } = manyRows('e');
    text.add('twin\t1\ntwin\t1\n');
    await text.load(tx, into);
  });
  await expect(twice).rejects.toMatchObject({ code: 'already_exists' });
  expect(await written('e')).toEqual([]);
  await transactions.run(async (tx) => {
    const text = new CopyText();
    text.add('after\t1\n');
    await text.load(tx, into);
  });
  expect(await written('after')).toEqual(['after']);
});
