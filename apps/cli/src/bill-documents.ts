import { textTable } from './text-table';

export interface DeliveryAnswer {
  id: string;
  accountId: string;
  channel: string;
  address: string | null;
  state: string;
  attempts: number;
  nextTryAt: string | null;
  lastError: string | null;
}

export interface TaxInvoiceAnswer {
  state: string;
  lastError: string | null;
  invoices: {
    number: string;
    kind: string;
    credits: string | null;
    net: string;
    tax: string;
    gross: string;
  }[];
}

const DELIVERY_FIELDS = 'id accountId channel address state attempts nextTryAt lastError';
const INVOICE_FIELDS = 'state lastError invoices { number kind credits net tax gross }';

/** What the terminal asks of the documents of bills, through the public API. */
export const PDF_QUERY = `query ($id: ID!) { bill(id: $id) { number pdfUrl } }`;
export const DELIVERIES_QUERY = `query ($account: ID, $state: AttemptState, $first: Int) {
  billDeliveries(accountId: $account, state: $state, first: $first) { ${DELIVERY_FIELDS} } }`;
export const DELIVER_MUTATION = `mutation ($input: DeliverBillInput!, $key: String!) {
  deliverBill(input: $input, idempotencyKey: $key) { ${DELIVERY_FIELDS} } }`;
export const RETRY_MUTATION = `mutation ($id: ID!, $key: String!) {
  retryBillDelivery(id: $id, idempotencyKey: $key) { ${DELIVERY_FIELDS} } }`;
export const INVOICE_MUTATION = `mutation ($id: ID!, $key: String!) {
  requestTaxInvoice(billId: $id, idempotencyKey: $key) { ${INVOICE_FIELDS} } }`;
export const RETRY_INVOICE_MUTATION = `mutation ($id: ID!, $key: String!) {
  retryTaxInvoice(billId: $id, idempotencyKey: $key) { ${INVOICE_FIELDS} } }`;

/** Deliveries as a table, as they come. */
export function deliveryTable(deliveries: readonly DeliveryAnswer[]): string {
  return textTable(
    ['delivery', 'account', 'channel', 'address', 'state', 'attempts', 'next', 'last error'],
    deliveries.map((each) => [
      each.id,
      each.accountId,
      each.channel,
      each.address,
      each.state,
      each.attempts,
      each.nextTryAt,
      each.lastError,
    ]),
    ['attempts'],
  );
}

/** How far tax invoices are, and those that have numbers. */
export function taxInvoiceText({ state, lastError, invoices }: TaxInvoiceAnswer): string {
  const table = textTable(
    ['number', 'kind', 'takes back', 'net', 'tax', 'gross'],
    invoices.map(({ number, kind, credits, net, tax, gross }) => [number, kind, credits, net, tax, gross]),
    ['net', 'tax', 'gross'],
  );
  const said = lastError === null ? state : `${state}: ${lastError}`;
  return invoices.length === 0 ? said : `${said}\n${table}`;
}
