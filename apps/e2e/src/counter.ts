import type { OperatorApi } from '@ronghe/journey';

/** A customer with an account. */
export interface Party {
  customerId: string;
  accountId: string;
}

/** An order as the counter sees it. */
export interface CounterOrder {
  orderId: string;
  state: string;
  step: string;
  reason: { code: string; text: string } | null;
  items: {
    card: string;
    role: string;
    productId: string;
    resources: { kind: string; value: string }[];
    product: { productId: string; status: string } | null;
  }[];
}

const ORDER_FIELDS = `orderId state step reason { code text }
  items { card role productId resources { kind value } product { productId status } }`;

/** Registers a person with a passport and opens an account; `code` makes the person unique and the calls repeatable. */
export async function registerParty(
  api: OperatorApi,
  code: string,
  paymentMode: 'POSTPAID' | 'PREPAID' = 'POSTPAID',
): Promise<Party> {
  const input = {
    name: `Traveller ${code}`,
    identityDocument: { kind: 'PASSPORT', number: `E${code.padStart(8, '0')}`, issuingCountry: 'CN' },
  };
  const { registerCustomer } = await api.graphql<{ registerCustomer: { customerId: string } }>(
    'counter',
    'mutation ($input: RegisterCustomerInput!, $key: String!) { registerCustomer(input: $input, idempotencyKey: $key) { customerId } }',
    { input, key: `${code}/customer` },
  );
  const { customerId } = registerCustomer;
  const { openAccount } = await api.graphql<{ openAccount: { accountId: string } }>(
    'counter',
    'mutation ($input: OpenAccountInput!, $key: String!) { openAccount(input: $input, idempotencyKey: $key) { accountId } }',
    { input: { customerId, paymentMode }, key: `${code}/account` },
  );
  return { customerId, accountId: openAccount.accountId };
}

/** Places an order of offerings, under a bundle or alone; repeatable by `code`. */
export async function placeOrder(
  api: OperatorApi,
  party: Party,
  code: string,
  wish: { bundle?: string; offerings: readonly string[] },
): Promise<string> {
  const input = {
    ...party,
    ...(wish.bundle ? { bundleOfferingCode: wish.bundle } : {}),
    items: wish.offerings.map((offeringCode) => ({ offeringCode })),
  };
  const { placeOrder: order } = await api.graphql<{ placeOrder: { orderId: string } }>(
    'counter',
    'mutation ($input: OrderInput!, $key: String!) { placeOrder(input: $input, idempotencyKey: $key) { orderId } }',
    { input, key: `${code}/order` },
  );
  return order.orderId;
}

/** Asks for a cancellation. @throws ApiRefusal order_not_cancellable */
export async function cancelOrder(api: OperatorApi, orderId: string): Promise<void> {
  await api.graphql(
    'counter',
    'mutation ($orderId: ID!, $key: String!) { cancelOrder(orderId: $orderId, reason: "test", idempotencyKey: $key) { state } }',
    { orderId, key: `${orderId}/cancel` },
  );
}

/** An order as it stands. */
export async function orderOf(api: OperatorApi, orderId: string): Promise<CounterOrder> {
  const { order } = await api.graphql<{ order: CounterOrder | null }>(
    'counter',
    `query ($orderId: ID!) { order(orderId: $orderId) { ${ORDER_FIELDS} } }`,
    { orderId },
  );
  if (!order) throw new Error(`no order ${orderId}`);
  return order;
}

/** How many units of stock are in each state, by kind: `SIM/HELD`. */
export async function stockByState(api: OperatorApi): Promise<Map<string, number>> {
  const { stockLevels } = await api.graphql<{
    stockLevels: { kind: string; state: string; count: number }[];
  }>('counter', '{ stockLevels { kind state count } }');
  const counts = new Map<string, number>();
  for (const { kind, state, count } of stockLevels) {
    counts.set(`${kind}/${state}`, (counts.get(`${kind}/${state}`) ?? 0) + count);
  }
  return counts;
}
