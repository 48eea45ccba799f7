import type { PlaceOrderInput } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import type { OrderingWorld } from './ordering.fixture';

const ORDER_FIELDS = `orderId state step reason { code text }
  items { itemNo card role product { productId number status } resources { kind value } } history { state step at }`;

/** A clerk's patience; each press waits for a lock as long as any transaction may. */
const PRESSES = 10;

/** An order as GraphQL shows it. */
export interface OrderAnswer {
  orderId: string;
  state: string;
  step: string;
  reason: { code: string; text: string } | null;
  items: {
    card: string;
    role: string;
    product: { productId: string; number: string | null; status: string } | null;
  }[];
  history: { state: string; step: string; at: string }[];
}

/** What came of an order at the counter: its id, or the code of the refusal. */
export interface Placed {
  orderId: string;
  code: string | null;
}

/** Items that ask for offerings. */
export function wish(codes: string[]): { offeringCode: string }[] {
  return codes.map((offeringCode) => ({ offeringCode }));
}

/** What a clerk does, through the public API. */
export class Counter {
  constructor(private readonly world: OrderingWorld) {}

  async order(orderId: string): Promise<OrderAnswer> {
    const query = `query ($orderId: ID!) { order(orderId: $orderId) { ${ORDER_FIELDS} } }`;
    const { data, errors } = await this.world.operator.graphql<{ order: OrderAnswer }>(query, { orderId });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.order;
  }

  /** Places an order, and presses the button again, with the same key, while another order of the customer is decided for too long. */
  async place(
    input: Omit<PlaceOrderInput, 'items'> & { items: object[] },
    key: string = newId(),
  ): Promise<Placed> {
    for (let press = 1; ; press += 1) {
      const placed = await this.placeOnce(input, key);
      if (placed.code !== 'busy' || press === PRESSES) return placed;
    }
  }

  private async placeOnce(
    input: Omit<PlaceOrderInput, 'items'> & { items: object[] },
    key: string,
  ): Promise<Placed> {
    const query = `mutation ($input: OrderInput!, $key: String!) {
      placeOrder(input: $input, idempotencyKey: $key) { orderId } }`;
    const { data, errors } = await this.world.operator.graphql<{ placeOrder: OrderAnswer }>(query, {
      input,
      key,
    });
    return { orderId: data?.placeOrder.orderId ?? '', code: errors?.[0]?.extensions.code ?? null };
  }

  async terminate(
    { customerId, accountId }: { customerId: string; accountId: string },
    productIds: string[],
  ): Promise<Placed> {
    const query = `mutation ($input: TerminateProductsInput!, $key: String!) {
      terminateProducts(input: $input, idempotencyKey: $key) { orderId } }`;
    const { data, errors } = await this.world.operator.graphql<{ terminateProducts: OrderAnswer }>(query, {
      input: { customerId, accountId, productIds },
      key: newId(),
    });
    return { orderId: data?.terminateProducts.orderId ?? '', code: errors?.[0]?.extensions.code ?? null };
  }

  /** The order's state after it, or the code of the refusal. */
  async cancel(orderId: string): Promise<string> {
    const query = `mutation ($orderId: ID!, $key: String!) {
      cancelOrder(orderId: $orderId, reason: "changed my mind", idempotencyKey: $key) { state } }`;
    const answer = await this.world.operator.graphql<{ cancelOrder: OrderAnswer }>(query, {
      orderId,
      key: newId(),
    });
    return answer.errors?.[0]?.extensions.code ?? answer.data?.cancelOrder.state ?? '';
  }

  /** What ordering published about an order, in order. */
  async facts<T>(type: string, orderId: string): Promise<T[]> {
    const rows = await this.world.operator.sql<{ payload: T }>(
      `select payload from ordering.outbox where type = $1 and payload->>'orderId' = $2 order by lane, sequence`,
      [type, orderId],
    );
    return rows.map((row) => row.payload);
  }

  /** A family that has its bundle, with the products in the order of its items. */
  async soldFamily(): Promise<{
    customerId: string;
    accountId: string;
    orderId: string;
    products: string[];
  }> {
    const party = await this.world.newCustomer();
    const items = wish(['plan', 'sub', 'sub', 'line', 'set', 'fixed']);
    const { orderId } = await this.place({ ...party, bundleOfferingCode: 'family', items });
    await this.world.operator.settle();
    await this.world.reply(orderId, 'completed');
    const order = await this.order(orderId);
    return { ...party, orderId, products: order.items.map((item) => item.product?.productId ?? '') };
  }
}
