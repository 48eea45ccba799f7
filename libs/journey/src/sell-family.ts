import type { Family } from './families';
import { ApiRefusal, type OperatorApi } from './operator-api';

/** A family after its sale. */
export interface SoldFamily {
  family: Family;
  customerId: string;
  accountId: string;
  orderId: string;
  /** Product and number (where it has one) by card. */
  products: Map<string, SoldProduct>;
}

export interface SoldProduct {
  productId: string;
  number: string | null;
}

export const BUNDLE = 'convergent-199';
const WAIT_SECONDS = 20;
const WAITS = 9;

interface OrderAnswer {
  orderId: string;
  state: string;
  reason: { text: string } | null;
  items: { card: string; product: { productId: string; number: string | null } | null }[];
}

const ORDER_FIELDS = 'orderId state reason { text } items { card product { productId number } }';

/** The counter registers a family, opens its account and sells it the bundle, or its cards alone; waits until all of it is active. */
export async function sellFamily(api: OperatorApi, family: Family): Promise<SoldFamily> {
  const customerId = await register(api, family);
  const { openAccount } = await api.graphql<{ openAccount: { accountId: string } }>(
    'counter',
    'mutation ($input: OpenAccountInput!, $key: String!) { openAccount(input: $input, idempotencyKey: $key) { accountId } }',
    {
      input: { customerId, billDay: 1, ...(family.isPrepaid ? { paymentMode: 'PREPAID' } : {}) },
      key: `demo/${family.code}/account`,
    },
  );
  const { accountId } = openAccount;
  const input = {
    customerId,
    accountId,
    ...(family.isPrepaid ? {} : { bundleOfferingCode: BUNDLE }),
    items: family.items.map(({ card, role, offeringCode, onlineClasses }) => ({
      card,
      role,
      offeringCode,
      onlineClasses: onlineClasses ?? [],
    })),
  };
  const { placeOrder } = await api.graphql<{ placeOrder: { orderId: string } }>(
    'counter',
    'mutation ($input: OrderInput!, $key: String!) { placeOrder(input: $input, idempotencyKey: $key) { orderId } }',
    { input, key: `demo/${family.code}/order` },
  );
  const order = await completedOrder(api, placeOrder.orderId);
  const products = new Map(
    order.items.flatMap(({ card, product }) => (product ? [[card, product] as const] : [])),
  );
  return { family, customerId, accountId, orderId: order.orderId, products };
}

/** Ends products of a family; waits until they are switched off. */
export async function terminate(
  api: OperatorApi,
  sold: SoldFamily,
  cards: readonly string[],
  key: string,
): Promise<void> {
  const productIds = cards.map((card) => {
    const product = sold.products.get(card);
    if (!product) throw new Error(`${sold.family.code} has no card ${card}`);
    return product.productId;
  });
  const { terminateProducts } = await api.graphql<{ terminateProducts: { orderId: string } }>(
    'counter',
    'mutation ($input: TerminateProductsInput!, $key: String!) { terminateProducts(input: $input, idempotencyKey: $key) { orderId } }',
    { input: { customerId: sold.customerId, accountId: sold.accountId, productIds }, key },
  );
  await completedOrder(api, terminateProducts.orderId);
}

async function register(api: OperatorApi, family: Family): Promise<string> {
  const input = {
    name: family.name,
    phone: family.phone,
    address: family.address,
    identityDocument: { kind: 'RESIDENT_ID', number: family.residentId },
  };
  const { registerCustomer } = await api.graphql<{ registerCustomer: { customerId: string } }>(
    'counter',
    'mutation ($input: RegisterCustomerInput!, $key: String!) { registerCustomer(input: $input, idempotencyKey: $key) { customerId } }',
    { input, key: `demo/${family.code}/customer` },
  );
  return registerCustomer.customerId;
}

async function completedOrder(api: OperatorApi, orderId: string): Promise<OrderAnswer> {
  for (let wait = 1; wait <= WAITS; wait += 1) {
    const { order } = await api.graphql<{ order: OrderAnswer | null }>(
      'counter',
      `query ($orderId: ID!, $wait: Int) { order(orderId: $orderId, waitSeconds: $wait) { ${ORDER_FIELDS} } }`,
      { orderId, wait: WAIT_SECONDS },
    );
    if (order?.state === 'COMPLETED') return order;
    if (order?.state === 'FAILED' || order?.state === 'CANCELLED') {
      throw new ApiRefusal(`The order ended ${order.state}: ${order.reason?.text ?? ''}`, 'order_failed', {
        orderId,
      });
    }
  }
  throw new ApiRefusal('The order did not complete in time: see its tasks', 'order_too_slow', { orderId });
}
