import fc from 'fast-check';
import { isDomainError } from '@ronghe/kernel';
import { decide, isFinished, nextStep, type OrderHappening, type OrderState } from './order';

/**
 * An order among inventory and provisioning as their contracts describe them, with commands that arrive late or
 * twice, answers that get lost, replies that overtake, and a cancellation at any moment. However it goes, it ends
 * complete or clean.
 */
class World {
  state: OrderState = 'acknowledged';
  stock: 'free' | 'held' | 'sold' = 'free';
  service: 'none' | 'running' | 'on' | 'undone' = 'none';
  /** Answers by idempotency key: a command that comes again gets the stored one. */
  private readonly answers = new Map<string, OrderHappening>();
  readonly replies: OrderHappening[] = [];
  readonly lateCommands: (() => void)[] = [];

  constructor(
    readonly stockIsShort: boolean,
    readonly elementFails: boolean,
  ) {}

  apply(happening: OrderHappening): void {
    this.state = decide(this.state, happening)?.to ?? this.state;
  }

  cancel(): 'accepted' | 'refused' {
    try {
      this.apply({ kind: 'cancel_requested', reason: { code: 'cancelled', text: '' } });
      return 'accepted';
    } catch (error) {
      if (isDomainError(error) && error.code === 'order_not_cancellable') return 'refused';
      throw error;
    }
  }

  /** Sends what the state asks for; `lost` means that the worker died before it could record the answer. */
  work(lost: 'nothing' | 'answer' | 'late'): void {
    const step = nextStep(this.state);
    if (step === null) return;
    const send = () => this.once(step);
    if (lost === 'late') {
      // The worker died, the request is still on its way.
      this.lateCommands.push(send);
      return;
    }
    const answer = send();
    if (lost === 'nothing') this.apply(answer);
  }

  /** Provisioning gets to the end of what it runs. */
  carryOut(): void {
    if (this.service !== 'running') return;
    this.service = this.elementFails ? 'undone' : 'on';
    this.replies.push(
      this.elementFails
        ? { kind: 'service_order_failed', reason: { code: 'element', text: '' } }
        : { kind: 'service_order_completed' },
    );
  }

  private once(step: string): OrderHappening {
    const stored = this.answers.get(step);
    if (stored) return stored;
    const answer = this.effect(step);
    this.answers.set(step, answer);
    return answer;
  }

  private effect(step: string): OrderHappening {
    switch (step) {
      case 'begin':
        return { kind: 'begun', first: 'holding' };
      case 'hold':
        if (this.stockIsShort) return { kind: 'hold_refused', reason: { code: 'out_of_stock', text: '' } };
        this.stock = 'held';
        return { kind: 'resources_held', next: 'placing' };
      case 'place':
        this.service = 'running';
        return { kind: 'service_order_placed' };
      case 'confirm':
        this.stock = 'sold';
        return { kind: 'products_written', next: 'completed' };
      case 'recall':
        return this.recall();
      case 'release':
        if (this.stock === 'held') this.stock = 'free';
        return { kind: 'resources_released' };
      default:
        throw new Error(`no such step here: ${step}`);
    }
  }

  private recall(): OrderHappening {
    if (this.service === 'none') return { kind: 'nothing_to_recall' };
    if (this.service === 'running') {
      this.service = 'undone';
      this.replies.push({ kind: 'service_order_failed', reason: { code: 'cancelled', text: '' } });
    }
    return { kind: 'recall_accepted' };
  }
}

type Turn = 'work' | 'lose-answer' | 'send-late' | 'arrive' | 'carry-out' | 'reply' | 'cancel';

function take(world: World, turn: Turn): void {
  if (turn === 'work') world.work('nothing');
  else if (turn === 'lose-answer') world.work('answer');
  else if (turn === 'send-late') world.work('late');
  else if (turn === 'arrive') world.lateCommands.shift()?.();
  else if (turn === 'carry-out') world.carryOut();
  else if (turn === 'cancel') world.cancel();
  else {
    const reply = world.replies.shift();
    if (reply) world.apply(reply);
  }
}

/** Everything that is on its way arrives, everything that can be done is done. */
function settle(world: World): void {
  for (let rounds = 0; rounds < 40; rounds += 1) {
    for (const turn of ['work', 'carry-out', 'reply', 'arrive'] as const) take(world, turn);
  }
}

describe('an order in a world where anything may get lost', () => {
  const turns = fc.array(
    fc.constantFrom<Turn>('work', 'lose-answer', 'send-late', 'arrive', 'carry-out', 'reply', 'cancel'),
    { maxLength: 30 },
  );

  it('ends complete or clean', () => {
    fc.assert(
      fc.property(turns, fc.boolean(), fc.boolean(), (steps, stockIsShort, elementFails) => {
        const world = new World(stockIsShort, elementFails);
        for (const step of steps) take(world, step);
        settle(world);
        expect(isFinished(world.state)).toBe(true);
        const { stock, service } = world;
        if (world.state === 'completed') expect({ stock, service }).toEqual({ stock: 'sold', service: 'on' });
        else expect(stock === 'free' && service !== 'on' && service !== 'running').toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('completes when nothing goes wrong', () => {
    const world = new World(false, false);
    settle(world);
    expect(world.state).toBe('completed');
  });
});
