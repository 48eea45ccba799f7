import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BillPublished, CommandInput, ProductBlock, ProductState } from '@ronghe/contracts';
import { DomainError, instantFromIso, laneOf, moneyFromDecimal, moneyToDecimal, newId } from '@ronghe/kernel';
import { includedTax } from '@ronghe/rating';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { receivablesDomain } from '../index';
import { demonstrationDunning } from './dunning-policy.fixture';

/** Ordering and billing, as far as their contracts go: one effect for each key. */
export class Neighbours {
  readonly orders: { key: string; orderId: string; input: CommandInput<'ordering.placeOrder'> }[] = [];
  readonly charges: { key: string; chargeId: string; input: CommandInput<'billing.chargeOnce'> }[] = [];
  refusal: string | null = null;
  /** So many answers are lost: the effect is there, and who asked does not know. */
  lostAnswers = 0;

  place(input: CommandInput<'ordering.placeOrder'>, key: string): { orderId: string } {
    if (this.refusal !== null) throw new DomainError(this.refusal, 'conflict', 'refused');
    const known = this.orders.find((each) => each.key === key);
    if (known) return known;
    const order = { key, orderId: newId(), input };
    this.orders.push(order);
    this.loseAnswer();
    return order;
  }

  charge(input: CommandInput<'billing.chargeOnce'>, key: string): { chargeId: string } {
    const known = this.charges.find((each) => each.key === key);
    if (known) return known;
    const charge = { key, chargeId: newId(), input };
    this.charges.push(charge);
    this.loseAnswer();
    return charge;
  }

  private loseAnswer(): void {
    if (this.lostAnswers === 0) return;
    this.lostAnswers -= 1;
    throw new DomainError('peer_unavailable', 'unavailable', 'the answer was lost');
  }
}

/** An account with its products. */
export interface Customer {
  accountId: string;
  customerId: string;
  lane: number;
  products: ProductState[];
}

/** The start of a local day. */
export const at = (day: string) => instantFromIso(`${day}T00:00:00+08:00`);

/** A block that dunning has placed, as ordering tells of it. */
export const block = (kind: ProductBlock['kind'], from: string, to: string | null = null): ProductBlock => ({
  ...{ kind, reason: 'dunning', orderId: newId(), from: at(from) },
  to: to === null ? null : at(to),
});

/** Receivables alone, with customers that do not pay, and hands for what its neighbours say. */
export class DunningWorld {
  neighbours = new Neighbours();
  private numbers = 0;
  private readonly versions = new Map<string, number>();

  private constructor(readonly operator: TestOperator) {}

  static async start(startsAt: string): Promise<DunningWorld> {
    const world: { current?: DunningWorld } = {};
    const neighbours = () => world.current?.neighbours ?? new Neighbours();
    const operator = await startOperator({
      domains: [receivablesDomain],
      startsAt,
      stubs: {
        commands: {
          'ordering.placeOrder': (input, key) => neighbours().place(input, key),
          'billing.chargeOnce': (input, key) => neighbours().charge(input, key),
        },
        queries: {
          // Every bill has a line of 60.00 and one of 40.00.
          'billing.getBillLines': ({ billIds }) => ({
            lines: billIds.flatMap((billId) => [
              { billId, no: 1, amount: '60.00' },
              { billId, no: 2, amount: '40.00' },
            ]),
          }),
        },
      },
    });
    world.current = new DunningWorld(operator);
    const document = demonstrationDunning();
    await operator.publish('policy.published.v1', {
      aggregateId: document.code,
      lane: laneOf(document.code),
      payload: { code: document.code, version: document.version, document, publishedAt: at('2026-01-01') },
    });
    await world.current.offer('mobile-plan', 'mobile');
    await world.current.offer('line', 'broadband');
    await operator.settle();
    return world.current;
  }

  moveTo(instant: string): Promise<unknown> {
    return this.operator.moveClock(instant);
  }

  private async offer(code: string, lineOfBusiness: 'mobile' | 'broadband'): Promise<void> {
    const file = join(__dirname, '../../../../testdata/charging/documents.json');
    const [document] = (JSON.parse(readFileSync(file, 'utf8')) as { offers: object[] }).offers;
    await this.operator.publish('offering.published.v1', {
      aggregateId: code,
      lane: laneOf(code),
      version: 1,
      payload: {
        code,
        version: 1,
        document: { ...document, code, version: 1, lineOfBusiness } as never,
        publishedAt: at('2026-01-01'),
      },
    });
  }

  async customer(...offeringCodes: string[]): Promise<Customer> {
    const [accountId, customerId, balanceGroupId] = [newId(), newId(), newId()];
    const lane = laneOf(balanceGroupId);
    const openedAt = at('2026-01-01');
    const account = {
      accountId,
      customerId,
      balanceGroupId,
      lane,
      zone: 'Asia/Shanghai',
      billDay: 1,
      openedAt,
    };
    await this.operator.publish('account.opened.v1', {
      aggregateId: accountId,
      lane,
      payload: { ...account, paymentMode: 'postpaid' },
    });
    const products = offeringCodes.map((offeringCode): ProductState => {
      const productId = newId();
      return {
        ...{ productId, customerId, accountId, lane, orderId: newId(), cardGroupId: productId },
        ...{ offeringCode, offeringVersion: 1, role: 'alone', card: offeringCode, bundleId: null },
        ...{ bundleOfferingCode: null, bundleOfferingVersion: null, resources: [], onlineClasses: [] },
        ...{ effectiveFrom: openedAt, effectiveTo: null },
      };
    });
    for (const product of products) await this.tell(product, 'product.activated.v1');
    return { accountId, customerId, lane, products };
  }

  /** What ordering says of a product. */
  async tell(
    product: ProductState,
    type: 'product.activated.v1' | 'product.suspended.v1' | 'product.resumed.v1' | 'product.terminated.v1',
    change: Partial<ProductState> = {},
  ): Promise<void> {
    const version = (this.versions.get(product.productId) ?? 0) + 1;
    this.versions.set(product.productId, version);
    Object.assign(product, change);
    const { productId: aggregateId, lane } = product;
    await this.operator.publish(type, { aggregateId, lane, version, payload: { ...product } });
    await this.operator.settle();
  }

  /** A bill of January, to be paid until the 2nd of March, unless it says otherwise. */
  async bill(
    { accountId, customerId, lane }: Customer,
    total: string,
    change: Partial<BillPublished> = {},
  ): Promise<BillPublished> {
    this.numbers += 1;
    const gross = moneyFromDecimal(total);
    const payload: BillPublished = {
      ...{
        billId: newId(),
        number: `B-${this.numbers}`,
        customerId,
        accountId,
        lane,
        period: '2026-01',
        total,
      },
      taxes: [{ percent: '9', gross: total, tax: moneyToDecimal(includedTax(gross, '9')) }],
      ...{ issuedAt: at('2026-02-03'), dueAt: at('2026-03-03') },
      ...change,
    };
    await this.operator.publish('bill.published.v1', { aggregateId: payload.billId, lane, payload });
    await this.operator.settle();
    return payload;
  }

  async pay({ accountId }: Customer, amount: string, valueDate?: string): Promise<void> {
    const { errors } = await this.operator.graphql(
      `mutation ($input: RecordPaymentInput!, $key: String!) { recordPayment(input: $input, idempotencyKey: $key) { paymentId } }`,
      { input: { accountId, amount, method: 'CASH', ...(valueDate ? { valueDate } : {}) }, key: newId() },
    );
    expect(errors).toBeUndefined();
    await this.operator.settle();
  }

  async act(field: string, type: string, input: object, role: 'counter' | 'billing' = 'billing') {
    const selection = type.includes('Dispute') ? '{ disputeId state }' : '{ accountId }';
    const { data, errors } = await this.operator.graphql<
      Record<string, { disputeId: string; state: string }>
    >(
      `mutation ($input: ${type}!, $key: String!) { ${field}(input: $input, idempotencyKey: $key) ${selection} }`,
      { input, key: newId() },
      role,
    );
    await this.operator.settle();
    return { answer: data?.[field], code: errors?.[0]?.extensions.code };
  }

  /** Steps of all cases of a customer. */
  async steps({ accountId }: Customer): Promise<string[]> {
    const rows = await this.operator.sql<{ kind: string; code: string | null; on: string }>(
      `select s.kind, s.state->>'code' as code, (s.at at time zone 'Asia/Shanghai')::date::text as on
       from receivables.dunning_step s join receivables.dunning_case c on c.lane = s.lane and c.case_id = s.case_id
       where c.account_id = $1 order by s.at, c.service, s.no`,
      [accountId],
    );
    return rows.map(({ kind, code, on }) => [on.slice(5), kind, code].filter(Boolean).join(' '));
  }

  /** What was ordered for a customer. */
  ordered({ accountId }: Customer): string[] {
    return this.neighbours.orders
      .filter(({ input }) => input.accountId === accountId)
      .flatMap(({ input }) =>
        input.items.map(({ action, blockKind }) => [action, blockKind].join(' ').trim()),
      );
  }

  /** What was handed to billing for a customer. */
  charges({ accountId }: Customer): [string, string, string, string][] {
    return this.neighbours.charges
      .filter(({ input }) => input.accountId === accountId)
      .map(({ input: { amount, taxClass, serviceDate, chargeClass } }) => [
        amount,
        taxClass,
        serviceDate,
        chargeClass,
      ]);
  }
}
