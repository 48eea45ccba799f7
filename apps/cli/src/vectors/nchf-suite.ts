import { randomInt } from 'node:crypto';
import { newId } from '@ronghe/kernel';
import { applyDocuments, stockTheHall, type DocumentFile, type OperatorApi } from '@ronghe/journey';
import { CHARGING_DATA, type NchfAnswer, type NchfRequest, type Run } from './nchf-charging';

/** A plan of the repository's catalog that is sold alone. */
const OFFERING = 'mobile-5g-129';
const WAIT_SECONDS = 20;
const WAITS = 6;
/** Facts spread between domains within a second or so. */
const ATTEMPTS = 20;
const ATTEMPT_MS = 500;
const CHARGING_ID_LIMIT = 4_294_967_295;

/** A running suite with a subscriber whose data is charged online. */
export class NchfSuite {
  private constructor(
    private readonly api: OperatorApi,
    private readonly subscriberIdentifier: string,
  ) {}

  /** With a subscriber whose data is charged online: `msisdn-…`, `imsi-…`. */
  static with(api: OperatorApi, subscriberIdentifier: string): NchfSuite {
    return new NchfSuite(api, subscriberIdentifier);
  }

  /** Sells a subscriber. Of the documents what is new is published before; a hall without stock is stocked. */
  static async prepare(api: OperatorApi, documents: readonly DocumentFile[]): Promise<NchfSuite> {
    await applyDocuments(api, documents, `vectors/${newId()}`);
    if (!(await hasStock(api))) await stockTheHall(api);
    const suite = new NchfSuite(api, `msisdn-${await sellSubscriber(api)}`);
    await eventually(() => suite.openSession());
    return suite;
  }

  /** Opens a session and ends it. @throws Error when the suite does not take one */
  private async openSession(): Promise<void> {
    const { subscriberIdentifier, chargingId, at } = await this.newRun();
    const body = {
      nfConsumerIdentification: { nFName: 'vectors', nodeFunctionality: 'SMF' },
      invocationTimeStamp: at,
      invocationSequenceNumber: 1,
      subscriberIdentifier,
      chargingId,
    };
    const { status, cause } = await this.ask({ method: 'POST', path: CHARGING_DATA, body });
    if (status !== 201) throw new Error(`A session of ${subscriberIdentifier} got ${status} ${cause ?? ''}`);
  }

  /** What makes a request one of this run. */
  async newRun(): Promise<Run> {
    const { now } = await this.api.rest<{ now: string }>('operations', 'GET', '/clock');
    const { subscriberIdentifier } = this;
    return { subscriberIdentifier, chargingId: randomInt(1, CHARGING_ID_LIMIT + 1), at: now };
  }

  /** Sends a request; a session that it opened is released again, so that nothing stays reserved. */
  async ask({ method, path, body }: NchfRequest): Promise<NchfAnswer> {
    const { status, headers, body: content } = await this.api.answer('partner', method, path, body);
    const location = headers.get('location');
    if (status === 201 && location !== null) {
      const { nfConsumerIdentification, invocationTimeStamp, chargingId } = body;
      await this.api.answer('partner', 'POST', `${new URL(location, this.api.url).pathname}/release`, {
        nfConsumerIdentification,
        invocationTimeStamp,
        chargingId,
        invocationSequenceNumber: 2,
      });
    }
    const cause = (content as { cause?: unknown } | null)?.cause;
    return { status, headers: [...headers.keys()], cause: typeof cause === 'string' ? cause : null };
  }
}

async function hasStock(api: OperatorApi): Promise<boolean> {
  const { stockLevels } = await api.graphql<{
    stockLevels: { kind: string; state: string; count: number }[];
  }>('counter', '{ stockLevels { kind state count } }');
  return ['SIM', 'MOBILE_NUMBER'].every((kind) =>
    stockLevels.some((level) => level.kind === kind && level.state === 'AVAILABLE' && level.count > 0),
  );
}

/** Sells a mobile plan whose data is charged online, as the counter does; returns its number. */
async function sellSubscriber(api: OperatorApi): Promise<string> {
  const key = `vectors/${newId()}`;
  const number = `V${String(randomInt(100_000_000)).padStart(8, '0')}`;
  const { registerCustomer } = await api.graphql<{ registerCustomer: { customerId: string } }>(
    'counter',
    'mutation ($input: RegisterCustomerInput!, $key: String!) { registerCustomer(input: $input, idempotencyKey: $key) { customerId } }',
    {
      input: {
        name: 'Vectors',
        identityDocument: { kind: 'PASSPORT', number, issuingCountry: 'CN' },
      },
      key: `${key}/customer`,
    },
  );
  const { customerId } = registerCustomer;
  const { openAccount } = await api.graphql<{ openAccount: { accountId: string } }>(
    'counter',
    'mutation ($input: OpenAccountInput!, $key: String!) { openAccount(input: $input, idempotencyKey: $key) { accountId } }',
    { input: { customerId }, key: `${key}/account` },
  );
  const input = {
    customerId,
    accountId: openAccount.accountId,
    items: [{ offeringCode: OFFERING, onlineClasses: ['data'] }],
  };
  // What was published a moment ago may be on its way; a refusal is kept under its key.
  const { placeOrder } = await eventually((attempt) =>
    api.graphql<{ placeOrder: { orderId: string } }>(
      'counter',
      'mutation ($input: OrderInput!, $key: String!) { placeOrder(input: $input, idempotencyKey: $key) { orderId } }',
      { input, key: `${key}/order/${attempt}` },
    ),
  );
  return numberOf(api, placeOrder.orderId);
}

/** Tries until it is done. @throws what the last attempt threw */
async function eventually<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_MS));
    }
  }
}

async function numberOf(api: OperatorApi, orderId: string): Promise<string> {
  for (let wait = 1; wait <= WAITS; wait += 1) {
    const { order } = await api.graphql<{
      order: { state: string; items: { product: { number: string | null } | null }[] } | null;
    }>(
      'counter',
      'query ($orderId: ID!, $wait: Int) { order(orderId: $orderId, waitSeconds: $wait) { state items { product { number } } } }',
      { orderId, wait: WAIT_SECONDS },
    );
    const number = order?.items[0]?.product?.number;
    if (order?.state === 'COMPLETED' && number) return number;
    if (order?.state === 'FAILED' || order?.state === 'CANCELLED') break;
  }
  throw new Error(`The order ${orderId} of a subscriber for the vectors did not complete: see its tasks.`);
}
