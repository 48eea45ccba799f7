import { Desk, type Endpoint } from './desk';

export interface DeliveryNode {
  id: string;
  state: string;
  channel: string;
  attempts: number;
  lastError: string | null;
}

export interface InvoiceNode {
  state: string;
  lastError: string | null;
  invoices: {
    number: string;
    kind: string;
    credits: string | null;
    net: string;
    tax: string;
    gross: string;
    xml: string;
  }[];
}

/** What staff ask of deliveries and tax invoices, through the public API. */
export class DocumentDesk {
  private readonly desk: Desk;

  constructor(private readonly endpoint: () => Endpoint) {
    this.desk = new Desk(endpoint);
  }

  /** Of an account, newest bill first; perhaps those in a state alone. */
  async deliveries(accountId: string, state?: string): Promise<DeliveryNode[]> {
    const query = `query ($id: ID, $state: AttemptState) {
      billDeliveries(accountId: $id, state: $state) { id state channel attempts lastError } }`;
    const variables = { id: accountId, state };
    return (await this.desk.ask<{ billDeliveries: DeliveryNode[] }>(query, variables, 'counter'))
      .billDeliveries;
  }

  /** Of each bill of an account, newest first. */
  async invoices(accountId: string): Promise<(InvoiceNode | null)[]> {
    const query = `query ($id: ID!) { bills(accountId: $id) { nodes { taxInvoice { state lastError
      invoices { number kind credits net tax gross xml } } } } }`;
    const { bills } = await this.desk.ask<{ bills: { nodes: { taxInvoice: InvoiceNode | null }[] } }>(
      query,
      { id: accountId },
      'counter',
    );
    return bills.nodes.map(({ taxInvoice }) => taxInvoice);
  }

  /** The answer as it is, errors included. */
  wish(input: object, key: string) {
    const mutation = `mutation ($input: SetBillDeliveryInput!, $key: String!) {
      setBillDelivery(input: $input, idempotencyKey: $key) { channel address attachments } }`;
    return this.endpoint().graphql<{ setBillDelivery: { channel: string } }>(
      mutation,
      { input, key },
      'counter',
    );
  }
}
