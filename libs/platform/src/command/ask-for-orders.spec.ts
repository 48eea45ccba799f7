import type { PlaceOrderInput } from '@ronghe/contracts';
import { addMs, DomainError, instantFromIso } from '@ronghe/kernel';
import { askForOrders, type AskedOrder } from './ask-for-orders';

const now = instantFromIso('2026-06-20T00:00:00Z');
const patience = { busyMs: 30_000 };

/** Wishes by name, each due until it is saved; `answer` is what ordering does with an order's key. */
class Wishes {
  readonly saved: AskedOrder<string>[] = [];
  constructor(
    private due: string[],
    private readonly answer: (key: string) => { orderId: string },
  ) {}

  async ask(): Promise<void> {
    const tx = { now } as never;
    const within = async <T>(work: (tx: never) => Promise<T>): Promise<T> => work(tx);
    const send = async (_name: string, _input: PlaceOrderInput, { key }: { key: string }) => this.answer(key);
    await askForOrders({ transactions: { read: within, run: within }, commands: { send } } as never, {
      findDue: async (_tx, limit) => this.due.slice(0, limit),
      orderOf: (wish: string) => (wish === 'stands' ? null : { input: {} as never, key: wish, tries: 0 }),
      save: async (_tx, asked) => {
        this.saved.push(...asked);
        this.due = this.due.filter((wish) => !asked.some((each) => each.wish === wish));
      },
      patience,
    });
  }
}

it('asks for the orders of all that are due, set by set, and for none where the product stands as it shall', async () => {
  const names = Array.from({ length: 45 }, (_, index) => `w${index}`);
  const wishes = new Wishes([...names, 'stands'], (key) => ({ orderId: `order of ${key}` }));
  await wishes.ask();
  expect(wishes.saved.map(({ wish }) => wish)).toEqual([...names, 'stands']);
  expect(wishes.saved[0]).toMatchObject({ orderId: 'order of w0', isUnanswered: false });
  expect(wishes.saved.at(-1)).toEqual({ wish: 'stands', orderId: null, isUnanswered: false, again: null });
});

it('notes a refusal, waits for an ordering that is not there, and tells what is neither after the others are noted', async () => {
  const wishes = new Wishes(['refused', 'away', 'broken', 'fine'], (key) => {
    if (key === 'refused') throw new DomainError('offer_not_on_sale', 'conflict', 'not on sale', {});
    if (key === 'away') throw new DomainError('peer_unavailable', 'unavailable', 'not there', {});
    if (key === 'broken') throw new TypeError('broken');
    return { orderId: 'o' };
  });
  await expect(wishes.ask()).rejects.toThrow('broken');
  const soon = addMs(now, patience.busyMs);
  expect(wishes.saved).toEqual([
    expect.objectContaining({ wish: 'refused', orderId: null, isUnanswered: false }),
    { wish: 'away', orderId: null, isUnanswered: true, again: soon },
    { wish: 'broken', orderId: null, isUnanswered: true, again: soon },
    expect.objectContaining({ wish: 'fine', orderId: 'o', isUnanswered: false }),
  ]);
});
