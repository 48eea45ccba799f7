import { lookAgainAfterMs, type OrderPatience, type PlaceOrderInput } from '@ronghe/contracts';
import { addMs, isDomainError, type Instant } from '@ronghe/kernel';
import type { Transactions } from '../database/transactions.service';
import type { Tx } from '../database/tx';
import type { Commands } from './commands.service';

/** What came of asking for an order, to be noted beside the wish. */
export interface AskedOrder<Wish> {
  wish: Wish;
  orderId: string | null;
  /** Nothing was answered: the same order is asked for again, by the same key. */
  isUnanswered: boolean;
  /** When to look again; null: the product stands as it shall. */
  again: Instant | null;
}

/** Wishes that stand until a product is as it shall be, and how their domain keeps them. */
export interface StandingWishes<Wish> {
  /** Those whose time has come. */
  findDue(tx: Tx, limit: number): Promise<Wish[]>;
  /** The order that a wish asks for, by a key that is its own; null: it stands as it shall. */
  orderOf(wish: Wish): { input: PlaceOrderInput; key: string; tries: number } | null;
  save(tx: Tx, asked: readonly AskedOrder<Wish>[]): Promise<void>;
  patience: OrderPatience;
}

/** Products that are looked at before it is noted what came of it. */
const WISHES_AT_ONCE = 20;

/**
 * Places the orders of all wishes that are due, outside of any transaction: a process that dies before it noted the answer asks
 * with the same key. What is wrong with one is no reason not to ask for others.
 * @throws what was no answer of ordering's; that ordering is not there yet is nothing wrong
 */
export async function askForOrders<Wish>(
  { transactions, commands }: { transactions: Transactions; commands: Commands },
  wishes: StandingWishes<Wish>,
): Promise<void> {
  for (;;) {
    const due = await transactions.read((tx) => wishes.findDue(tx, WISHES_AT_ONCE));
    if (due.length === 0) return;
    const answers = await Promise.all(due.map((wish) => ask(commands, wish, wishes)));
    await transactions.run((tx) =>
      wishes.save(
        tx,
        answers.map(({ afterMs, error, ...answer }) => ({
          ...answer,
          isUnanswered: error !== undefined,
          again: afterMs === null ? null : addMs(tx.now, afterMs),
        })),
      ),
    );
    const failed = answers.find(({ error }) => error !== undefined && !isDomainError(error));
    if (failed) throw failed.error;
  }
}

interface Answer<Wish> extends Pick<AskedOrder<Wish>, 'wish' | 'orderId'> {
  afterMs: number | null;
  error?: Error;
}

async function ask<Wish>(
  commands: Commands,
  wish: Wish,
  { orderOf, patience }: StandingWishes<Wish>,
): Promise<Answer<Wish>> {
  const order = orderOf(wish);
  if (order === null) return { wish, orderId: null, afterMs: null };
  const { input, key, tries } = order;
  try {
    const { orderId } = await commands.send('ordering.placeOrder', input, { key });
    return { wish, orderId, afterMs: lookAgainAfterMs(null, tries, patience) };
  } catch (error) {
    if (isDomainError(error) && error.kind !== 'unavailable')
      return { wish, orderId: null, afterMs: lookAgainAfterMs(error.code, tries, patience) };
    const thrown = error instanceof Error ? error : new Error(String(error));
    return { wish, orderId: null, afterMs: patience.busyMs, error: thrown };
  }
}
