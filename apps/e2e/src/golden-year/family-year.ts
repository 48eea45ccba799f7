import {
  closeSource,
  deliverUsage,
  moveClock,
  type OperatorApi,
  payAtCounter,
  settle,
  withNumbers,
} from '@ronghe/journey';
import { barringAt, productsOf } from '../blocks';
import { orderOf, registerParty, type Party } from '../counter';
import { changeProducts, contractOf, moveProducts, terminateOn } from '../plan-changes';
import { booksOf, previewOf } from './books';
import { acceptDispute, creditLine, disputeLine, stepsOfDunning, type LineOfBill } from './corrections';
import { announceTax } from './new-tax';
import type { StoryEvent, StoryLine, StoryMonth, YearBill } from './story';
import { instantOf, usageFile } from './usage-of-month';

const RESUMED_WITHIN_MS = 60_000;

/** What the family should see at a moment, and what it sees. */
interface Sight {
  expected: unknown;
  seen: unknown;
}

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
      await this.act(event);
      await settle(this.api);
      // Who pays is served again within a minute.
      if (event.pay && performance.now() - before > RESUMED_WITHIN_MS)
        throw new Error(`too slow on ${event.on}`);
      const sight = await this.look(event);
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

  private async act(event: StoryEvent): Promise<void> {
    const { sell, add, change, move, end, collect, deliver, pay, credit, dispute, accept, publish } = event;
    if (sell) await this.order(sell.products, sell.bundle);
    if (add) await this.order(add);
    if (change) await this.change(change);
    if (move) await this.done(moveProducts(this.api, this.owner, [this.product(move)]));
    if (end) await this.end(end, event);
    if (collect) await this.collect(collect, event.on);
    if (deliver) await this.deliverLate(deliver);
    if (pay) await payAtCounter(this.api, this.accountId, pay, this.key());
    if (credit) await creditLine(this.api, await this.line(credit), credit, this.key());
    if (dispute) await disputeLine(this.api, this.accountId, await this.line(dispute), dispute, this.key());
    if (accept) await acceptDispute(this.api, this.accountId, accept, this.key());
    if (publish) await announceTax(this.api);
  }

  private async look(event: StoryEvent): Promise<Sight | null> {
    const { sees, dunned, leaving } = event;
    const seen: [string, unknown][] = [];
    for (const card of Object.keys(sees ?? {})) seen.push([card, await this.barring(card)]);
    for (const service of Object.keys(dunned ?? {})) {
      seen.push([service, await stepsOfDunning(this.api, this.accountId, service)]);
    }
    for (const card of Object.keys(leaving ?? {})) {
      const contract = await contractOf(this.api, this.product(card));
      seen.push([card, contract && { served: String(contract.monthsServed), fee: contract.terminationFee }]);
    }
    const expected = { ...sees, ...dunned, ...leaving };
    return seen.length === 0
      ? null
      : { expected: [event.on, expected], seen: [event.on, Object.fromEntries(seen)] };
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

  private async deliver(name: string, csv: string): Promise<void> {
    const numbers = new Map([...this.held].flatMap(([card, { number }]) => (number ? [[card, number]] : [])));
    const text = withNumbers(csv, numbers);
    const { read, rated, duplicates } = await deliverUsage(this.api, `${name}.csv`, text, name);
    if (rated + duplicates !== read) throw new Error(`${name}: ${rated} of ${read} records were rated`);
  }

  private async line({ period, card, chargeClass }: StoryLine): Promise<LineOfBill> {
    const bill = (await booksOf(this.api, this.accountId)).find(
      (each) => each.kind === 'BILL' && each.period === period,
    );
    const place = bill?.lines.findIndex(
      (each) => each.card === card && each.chargeClass === chargeClass && each.servicePeriod === period,
    );
    if (!bill || place === undefined || place < 0) throw new Error(`no ${card} ${chargeClass} in ${period}`);
    return { billId: bill.id, no: place + 1 };
  }

  private async barring(card: string): Promise<string | null> {
    const element = card === 'broadband' ? 'olt' : card === 'fixed' ? 'ims' : 'hlr';
    return (await barringAt(this.simulatorUrl, element, this.product(card))) ?? 'gone';
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
