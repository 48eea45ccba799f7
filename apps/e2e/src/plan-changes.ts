import type { OperatorApi } from '@ronghe/journey';
import type { Party } from './counter';

let changes = 0;

/** Orders that products go on under other offers. Returns the order's id. @throws ApiRefusal */
export async function changeProducts(
  api: OperatorApi,
  { customerId, accountId }: Party,
  wish: {
    items: readonly { productId: string; offeringCode: string }[];
    bundleOfferingCode?: string;
    effectiveOn?: string;
    backdateReason?: string;
  },
): Promise<string> {
  const { changeProducts: order } = await api.graphql<{ changeProducts: { orderId: string } }>(
    'counter',
    `mutation ($input: ChangeProductsInput!, $key: String!) {
       changeProducts(input: $input, idempotencyKey: $key) { orderId } }`,
    { input: { customerId, accountId, ...wish }, key: `change ${(changes += 1)}` },
  );
  return order.orderId;
}

/** Orders that products end on a day. Returns the order's id. @throws ApiRefusal */
export async function terminateOn(
  api: OperatorApi,
  { customerId, accountId }: Party,
  productIds: readonly string[],
  day: { effectiveOn: string; backdateReason?: string },
): Promise<string> {
  const { terminateProducts: order } = await api.graphql<{ terminateProducts: { orderId: string } }>(
    'counter',
    `mutation ($input: TerminateProductsInput!, $key: String!) {
       terminateProducts(input: $input, idempotencyKey: $key) { orderId } }`,
    { input: { customerId, accountId, productIds, ...day }, key: `end ${(changes += 1)}` },
  );
  return order.orderId;
}

/** The offer of a product, and those before it with the hour from which each held: `home-300 2026-05-31T16`. */
export async function termsOf(
  api: OperatorApi,
  productId: string,
): Promise<{ offeringCode: string; earlier: string[] }> {
  const { product } = await api.graphql<{
    product: { offeringCode: string; earlierTerms: { offeringCode: string; from: string }[] };
  }>(
    'counter',
    'query ($productId: ID!) { product(productId: $productId) { offeringCode earlierTerms { offeringCode from } } }',
    { productId },
  );
  return {
    offeringCode: product.offeringCode,
    earlier: product.earlierTerms.map(({ offeringCode, from }) => `${offeringCode} ${from.slice(0, 13)}`),
  };
}

/** Orders that products move to another address. Returns the order's id. @throws ApiRefusal */
export async function moveProducts(
  api: OperatorApi,
  { customerId, accountId }: Party,
  productIds: readonly string[],
): Promise<string> {
  const { moveProducts: order } = await api.graphql<{ moveProducts: { orderId: string } }>(
    'counter',
    `mutation ($input: MoveProductsInput!, $key: String!) {
       moveProducts(input: $input, idempotencyKey: $key) { orderId } }`,
    {
      input: { customerId, accountId, productIds, address: '8 Renmin Road' },
      key: `move ${(changes += 1)}`,
    },
  );
  return order.orderId;
}

/** What is in a product's contract, and what leaving it costs. */
export interface ShownContract {
  startsOn: string;
  endsOn: string;
  monthsServed: number;
  boundUntil: string | null;
  leftOn: string | null;
  terminationFee: string;
}

/** A product's contract; null when it never had one. */
export async function contractOf(api: OperatorApi, productId: string): Promise<ShownContract | null> {
  const { product } = await api.graphql<{ product: { contract: ShownContract | null } }>(
    'counter',
    `query ($productId: ID!) { product(productId: $productId) { contract {
       startsOn endsOn monthsServed boundUntil leftOn terminationFee } } }`,
    { productId },
  );
  return product.contract;
}
