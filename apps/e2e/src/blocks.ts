import type { OperatorApi } from '@ronghe/journey';
import type { Party } from './counter';

/** How a product stands, by ordering and by provisioning. */
export interface StandingProduct {
  productId: string;
  card: string;
  status: string;
  barring: string | null;
  services: { state: string; barring: string | null }[];
}

/** What stops a product, and why. */
export interface Block {
  reason: 'CUSTOMER_WISH' | 'SIM_LOST' | 'UNPAID_FEE' | 'DUNNING' | 'CREDIT_LIMIT';
  kind: 'BARRED_OUTGOING' | 'FULL_STOP';
}

/** Orders that products are blocked; repeatable by `key`. Returns the order's id. @throws ApiRefusal */
export async function suspendProducts(
  api: OperatorApi,
  { customerId, accountId }: Party,
  wish: Block & { productIds: readonly string[] },
  key: string,
): Promise<string> {
  const { suspendProducts: order } = await api.graphql<{ suspendProducts: { orderId: string } }>(
    'operations',
    `mutation ($input: SuspendProductsInput!, $key: String!) {
       suspendProducts(input: $input, idempotencyKey: $key) { orderId } }`,
    { input: { customerId, accountId, ...wish }, key },
  );
  return order.orderId;
}

/** Orders that a block is lifted; repeatable by `key`. Returns the order's id. @throws ApiRefusal */
export async function resumeProducts(
  api: OperatorApi,
  { customerId, accountId }: Party,
  wish: Pick<Block, 'reason'> & { productIds: readonly string[] },
  key: string,
): Promise<string> {
  const { resumeProducts: order } = await api.graphql<{ resumeProducts: { orderId: string } }>(
    'operations',
    `mutation ($input: ResumeProductsInput!, $key: String!) {
       resumeProducts(input: $input, idempotencyKey: $key) { orderId } }`,
    { input: { customerId, accountId, ...wish }, key },
  );
  return order.orderId;
}

/** The products of an account, in the order in which they were ordered. */
export async function productsOf(api: OperatorApi, { customerId }: Party): Promise<StandingProduct[]> {
  const { customer } = await api.graphql<{
    customer: { products: { edges: { node: StandingProduct }[] } };
  }>(
    'operations',
    `query ($customerId: ID!) { customer(customerId: $customerId) { products(first: 50) { edges { node {
       productId card status barring services { state barring } } } } } }`,
    { customerId },
  );
  return customer.products.edges.map(({ node }) => node);
}

/** What an element of the network says of a product: its barring, `none`, or null when it does not know it. */
export async function barringAt(
  simulatorUrl: string,
  element: string,
  productId: string,
): Promise<string | null> {
  const response = await fetch(`${simulatorUrl}/elements/${element}/subscriptions/${productId}`);
  if (response.status === 404) return null;
  const { body } = (await response.json()) as { body: Record<string, string> };
  return body['barring'] ?? 'none';
}
