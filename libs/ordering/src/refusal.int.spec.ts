import { newId } from '@ronghe/kernel';
import { Counter, wish } from './counter.fixture';
import { startOrdering, type OrderingWorld } from './ordering.fixture';

let world: OrderingWorld;
let counter: Counter;
beforeAll(async () => {
  world = await startOrdering();
  counter = new Counter(world);
});
afterAll(() => world?.operator.stop());

describe('what is refused at the counter', () => {
  it('says what is wrong with the order', async () => {
    const party = await world.newCustomer();
    const stranger = await world.newCustomer();
    const codes = async (items: object[], given: object = {}) =>
      (await counter.place({ ...party, items, ...given })).code;
    expect(await codes([])).toBe('order_empty');
    expect(await codes(wish(['nothing']))).toBe('offering_unknown');
    expect(await codes(wish(['summer']))).toBe('offer_not_on_sale');
    expect(await codes(wish(['sub']))).toBe('main_card_missing');
    expect(await codes(wish(['plan']), { accountId: stranger.accountId })).toBe('account_of_other_customer');
    expect(await codes(wish(['plan']), { customerId: newId() })).toBe('customer_not_found');
    expect(await codes(wish(['plan']), { accountId: newId() })).toBe('account_not_found');
    expect(await codes(wish(['plan']), { accountId: 'x' })).toBe('input_invalid');
  });

  it('sells five numbers on one identity document, to two clerks at once too', async () => {
    const party = await world.newCustomer();
    const orders = await Promise.all(
      Array.from({ length: 8 }, () => counter.place({ ...party, items: wish(['plan']) })),
    );
    expect(orders.filter((each) => each.code === null)).toHaveLength(5);
    expect(orders.filter((each) => each.code === 'number_limit_reached')).toHaveLength(3);
  });

  it('takes an order that waited too long behind another, once it is asked for again', async () => {
    const party = await world.newCustomer();
    // Longer than a transaction may wait for a lock.
    const held = world.operator.sql(
      `with locked as materialized (select 1 from ordering.known_customer where customer_id = $1 for no key update)
       select pg_sleep(6) from locked`,
      [party.customerId],
    );
    const orders = await Promise.all(
      Array.from({ length: 8 }, () => counter.place({ ...party, items: wish(['plan']) })),
    );
    await held;
    expect(orders.filter((each) => each.code === null)).toHaveLength(5);
    expect(orders.filter((each) => each.code === 'number_limit_reached')).toHaveLength(3);
  });

  it('frees numbers of an order that failed', async () => {
    const party = await world.newCustomer();
    const five = await counter.place({ ...party, items: wish(['plan', 'plan', 'plan', 'plan', 'plan']) });
    await world.operator.settle();
    expect((await counter.place({ ...party, items: wish(['plan']) })).code).toBe('number_limit_reached');
    await world.reply(five.orderId, 'failed');
    expect((await counter.place({ ...party, items: wish(['plan']) })).code).toBeNull();
  });

  it('lets only staff and partners in', async () => {
    const party = await world.newCustomer();
    const input = { ...party, items: wish(['plan']) };
    const query = `mutation ($input: OrderInput!) { placeOrder(input: $input, idempotencyKey: "k") { orderId } }`;
    const codeAs = async (role: 'billing' | null) =>
      (await world.operator.graphql(query, { input }, role)).errors?.[0]?.extensions.code;
    expect(await codeAs('billing')).toBe('role_missing');
    expect(await codeAs(null)).toBe('unauthenticated');
  });
});
