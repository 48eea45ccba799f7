import {
  ApiRefusal,
  closeSource,
  moveClock,
  type OperatorApi,
  payAtCounter,
  settle,
  withNumbers,
} from '@ronghe/journey';
import { productsOf } from '../blocks';
import { orderOf, registerParty, type Party } from '../counter';
import { changeProducts, moveProducts, terminateOn } from '../plan-changes';
import { previewOf } from './books';
import { acceptDispute, creditLine, disputeLine, lineOf } from './corrections';
import { announceTax } from './new-tax';
import { lookAt, type Sight } from './sights';
import type { StoryEvent, StoryMonth, YearBill } from './story';
import { deliverAs, instantOf, usageFile } from './usage-of-month';

const RESUMED_WITHIN_MS = 60_000;

interface HeldProduct {
  productId: string;
  number: string | null;
}

/** A family that lives through the story, by the public API alone. */
export class FamilyYear {
  private party: Party | null = null;
  private readonly held = new Map<string, HeldProduct>();
  private commands = 0;

  constructor(
    private readonly api: OperatorApi,
    private readonly simulatorUrl: string,
    private readonly months: readonly StoryMonth[],
  ) {}

  get accountId(): string {
    return this.owner.accountId;
  }

  /** The card of a product. */
  cardOf(productId: string): string {
    return [...this.held].find(([, product]) => product.productId === productId)?.[0] ?? productId;
  }

  /** Lives a month through, and has it billed: what events say that the family sees with what it saw, and the bill that was foreseen. */
  async live(month: StoryMonth): Promise<{ sights: Sight[]; preview: YearBill }> {
    const sights: Sight[] = [];
    for (const event of month.events) {
      await this.to(instantOf(event.on));
      const before = performance.now();
      if (event.refused) await this.refused(event, event.refused);
      else await this.act(event);
      await settle(this.api);
      // Who pays is served again within a minute.
      if (event.pay && performance.now() - before > RESUMED_WITHIN_MS)
        throw new Error(`too slow on ${event.on}`);
      const sight = await lookAt(event, {
        ...{ api: this.api, simulatorUrl: this.simulatorUrl, accountId: this.accountId },
        productOf: (card) => this.product(card),
      });
      if (sight) sights.push(sight);
    }
    return { sights, preview: await this.close(month) };
  }

  private async close({ month, usage }: StoryMonth): Promise<YearBill> {
    const end = instantOf(dayAfter(month));
    await this.to(end);
    if (usage) await this.deliver(month, usageFile(month, usage));
    await settle(this.api);
    const preview = await previewOf(this.api, this.accountId, month);
    await closeSource(this.api, end, `close ${month}`);
    await settle(this.api);
    return preview;
  }

  private async refused(event: StoryEvent, code: string): Promise<void> {
    const outcome = await this.act(event).then(
      () => 'nothing',
      (error: unknown) => (error instanceof ApiRefusal ? error.code : String(error)),
    );
    if (outcome !== code) throw new Error(`On ${event.on} ${code} was expected, ${outcome} came`);
  }

  private async act(event: StoryEvent): Promise<void> {
    const { sell, add, change, move, end, collect, deliver, tooLate, pay, credit, dispute, accept, publish } =
      event;
    if (sell) await this.order(sell.products, sell.bundle);
    if (add) await this.order(add);
    if (change) await this.change(change);
    if (move) await this.done(moveProducts(this.api, this.owner, [this.product(move)]));
    if (end) await this.end(end, event);
    if (collect) await this.collect(collect, event.on);
    if (deliver) await this.deliverLate(deliver);
    if (tooLate) await this.deliver(`too late on ${event.on}`, usageFile(event.on, tooLate), 'suspended');
    if (pay) await payAtCounter(this.api, this.accountId, pay, this.key());
    if (credit)
      await creditLine(this.api, await lineOf(this.api, this.accountId, credit), credit, this.key());
    if (dispute)
      await disputeLine(
        this.api,
        this.accountId,
        await lineOf(this.api, this.accountId, dispute),
        dispute,
        this.key(),
      );
    if (accept) await acceptDispute(this.api, this.accountId, accept, this.key());
    if (publish) await announceTax(this.api);
  }

  private async order(products: Record<string, string>, bundle?: string): Promise<void> {
    this.party ??= await registerParty(this.api, '1');
    const main = this.held.get('main')?.productId;
    const items = Object.entries(products).map(([card, offeringCode]) => ({
      ...{ card, offeringCode },
      ...(main === undefined ? {} : { mainProductId: main }),
    }));
    const input = { ...this.party, items, ...(bundle && { bundleOfferingCode: bundle }) };
    const { placeOrder } = await this.api.graphql<{ placeOrder: { orderId: string } }>(
      'counter',
      'mutation ($input: OrderInput!, $key: String!) { placeOrder(input: $input, idempotencyKey: $key) { orderId } }',
      { input, key: this.key() },
    );
    await this.done(Promise.resolve(placeOrder.orderId));
    for (const { card, productId, resources } of (await orderOf(this.api, placeOrder.orderId)).items) {
      const number = resources.find(({ kind }) => kind.endsWith('_number'))?.value ?? null;
      this.held.set(card, { productId, number });
    }
  }

  private async change(wish: NonNullable<StoryEvent['change']>): Promise<void> {
    const items = Object.entries(wish.products).map(([card, offeringCode]) => ({
      ...{ productId: this.product(card), offeringCode },
    }));
    const bundle = wish.bundle === undefined ? {} : { bundleOfferingCode: wish.bundle };
    await this.done(
      changeProducts(this.api, this.owner, { items, ...bundle }),
      wish.waits ? 'PENDING' : 'COMPLETED',
    );
  }

  private async end(cards: readonly string[], { on, since, because }: StoryEvent): Promise<void> {
    const productIds = cards.map((card) => this.product(card));
    const effectiveOn = since ?? on.slice(0, 10);
    const day = { effectiveOn, ...(because && { backdateReason: because }) };
    await this.done(terminateOn(this.api, this.owner, productIds, day));
    for (const { productId, status } of await productsOf(this.api, this.owner)) {
      if (productIds.includes(productId) && status !== 'TERMINATED') {
        throw new Error(`${this.cardOf(productId)} is ${status}`);
      }
    }
  }

  private async collect(month: string, on: string): Promise<void> {
    const usage = this.months.find((each) => each.month === month)?.usage ?? [];
    await this.deliver(`${month} until ${on}`, usageFile(month, usage, on));
  }

  private async deliverLate(month: string): Promise<void> {
    const late = this.months.find((each) => each.month === month)?.late ?? [];
    await this.deliver(`${month} late`, usageFile(`${month}-late`, late));
  }

  private async deliver(name: string, csv: string, as: 'rated' | 'suspended' = 'rated'): Promise<void> {
    const numbers = new Map([...this.held].flatMap(([card, { number }]) => (number ? [[card, number]] : [])));
    await deliverAs(this.api, name, withNumbers(csv, numbers), as);
  }

  private async done(order: Promise<string>, state = 'COMPLETED'): Promise<void> {
    const orderId = await order;
    await settle(this.api);
    const found = await orderOf(this.api, orderId);
    if (found.state !== state) throw new Error(`The order is ${found.state}: ${found.reason?.text ?? ''}`);
  }

  private async to(instant: string): Promise<void> {
    await moveClock(this.api, instant);
  }

  private get owner(): Party {
    if (!this.party) throw new Error('Nothing was sold yet');
    return this.party;
  }

  private product(card: string): string {
    const product = this.held.get(card);
    if (!product) throw new Error(`no card ${card}`);
    return product.productId;
  }

  private key(): string {
    return `year ${(this.commands += 1)}`;
  }
}

/** The first day after a month. */
function dayAfter(month: string): string {
  const [year = 0, no = 0] = month.split('-').map(Number);
  return no === 12 ? `${year + 1}-01-01` : `${year}-${String(no + 1).padStart(2, '0')}-01`;
}
