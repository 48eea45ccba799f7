import { Transactions, type Tx } from '@ronghe/platform';
import type { TestOperator } from '@ronghe/testing';

class Undone extends Error {}

/** Runs work in a transaction that is undone: nobody else sees what it does, and no work in the background takes part in it. */
export async function undone(operator: TestOperator, work: (tx: Tx) => Promise<void>): Promise<void> {
  const running = operator.get(Transactions).run(async (tx) => {
    await work(tx);
    throw new Undone();
  });
  await running.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
}
