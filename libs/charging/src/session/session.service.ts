import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Transactions, type TransactionEdges, type Tx } from '@ronghe/platform';
import { allEnded } from './all-ended';
import { BatchRecall, type Recallable } from './batch-recall.service';
import { BatchRun } from './batch-run.service';
import type { SessionAnswer } from './charging-answer';
import { keyOf, type ChargingRequest } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import { FirstComers } from './first-comers.service';
import { inHalves } from './in-halves';
import { subscriberKeys } from './online-guide';
import type { SessionRequest } from './batch-state';
import type { SessionBatch } from './session-batch';
import { inTwoParts, type BatchTurn } from './batch-turn';
import { laneOfSession } from './session';
import { SessionWriter, type Outcome } from './session-writer.service';
import { TotalsPublisher } from './totals-publisher.service';

/** How often a batch is run again when one of its creates was answered before, or another instance was first. */
const RACES_LIMIT = 5;
const UNIQUE_VIOLATION = '23505';
/** What fails a batch with a create that was answered before. */
const KEYS_OF_CREATES = new Set(['session_request', 'refused_create_pkey']);

/** How a batch is run. */
interface Running {
  /** On what is remembered; null: on what is read. */
  gathered: Recallable | null;
  /** A create may have come before. */
  isAgain: boolean;
  turn: BatchTurn;
}

/**
 * Online charging (TS 32.291, SEMANTICS §4): reserve, use, release. Requests that arrive together are decided and written
 * together (group commit); an answer leaves after its commit.
 */
@Injectable()
export class Sessions implements OnModuleDestroy {
  private readonly writer = new SessionWriter((asked, turn) => this.run(asked, turn));

  constructor(
    private readonly transactions: Transactions,
    private readonly firstComers: FirstComers,
    private readonly batches: BatchRun,
    private readonly recall: BatchRecall,
    private readonly totals: TotalsPublisher,
  ) {}

  /**
   * Opens a session, or charges an event; 201, or a refusal: USER_UNKNOWN, CHARGING_NOT_APPLICABLE, QUOTA_LIMIT_REACHED.
   * @throws ChargingRefusal for a request without a subscriber
   */
  async create(request: ChargingRequest): Promise<SessionAnswer> {
    const keys = subscriberKeys(request);
    const { consumer, subscriber, chargingId, sequenceNumber } = request;
    const requestKey = keyOf(JSON.stringify(['create', consumer, subscriber, chargingId, sequenceNumber]));
    const asked: SessionRequest = { kind: 'create', requestKey, keys, request };
    const reading = this.firstComers.known(keys);
    if (reading) await reading;
    return this.writer.submit(this.recall.placeOf(asked), asked);
  }

  /** Charges what was used and grants anew; 200, or CONTEXT_NOT_FOUND. */
  async update(sessionId: string, request: ChargingRequest): Promise<SessionAnswer> {
    return this.submitFor('update', sessionId, request);
  }

  /** Charges what was used and gives the rest back; 204, or CONTEXT_NOT_FOUND. */
  async release(sessionId: string, request: ChargingRequest): Promise<SessionAnswer> {
    return this.submitFor('release', sessionId, request);
  }

  /** Gives back what dead sessions have reserved; one that came back to life is left alone. */
  async expire(sessionIds: readonly string[]): Promise<void> {
    await Promise.all(
      sessionIds.map((sessionId) => {
        const asked = { kind: 'expire', sessionId } as const;
        return this.writer.submit(this.recall.placeOf(asked), asked);
      }),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.writer.drained();
  }

  private submitFor(
    kind: 'update' | 'release',
    reference: string,
    request: ChargingRequest,
  ): Promise<SessionAnswer> {
    const sessionId = reference.toLowerCase();
    if (!isId(sessionId) || laneOfSession(sessionId) === null)
      throw new ChargingRefusal(404, 'CONTEXT_NOT_FOUND', 'there is no such open session');
    const asked = { kind, sessionId, request };
    return this.writer.submit(this.recall.placeOf(asked), asked);
  }

  /** What is remembered is decided on at once, apart from what has to be read first. */
  private async run(requests: readonly SessionRequest[], turn: BatchTurn): Promise<Outcome[]> {
    const gathered = this.recall.gather(requests);
    if (!('others' in gathered)) return this.runRecalled(gathered, turn);
    // Of a lane all or nothing, so that neither part waits for the other's rows.
    const lanes = new Set(gathered.others.map((asked) => this.recall.placeOf(asked).lane));
    const others = requests.filter((asked) => lanes.has(this.recall.placeOf(asked).lane));
    const remembered = requests.filter((asked) => !lanes.has(this.recall.placeOf(asked).lane));
    if (remembered.length === 0) return this.runRead(requests, turn);
    const [first, second] = inTwoParts(turn);
    // What one part could not do is no reason to do the other again.
    const outcomes = await allEnded([
      inHalves(remembered, (some) => this.runPart(some, first)),
      inHalves(others, (some) => this.runRead(some, second)),
    ]);
    const byRequest = new Map([...remembered, ...others].map((asked, at) => [asked, outcomes.flat()[at]]));
    return requests.flatMap((asked) => byRequest.get(asked) ?? []);
  }

  private async runPart(requests: readonly SessionRequest[], turn: BatchTurn): Promise<Outcome[]> {
    const gathered = this.recall.gather(requests);
    return 'others' in gathered ? this.runRead(requests, turn) : this.runRecalled(gathered, turn);
  }

  /** What is not as it is remembered, or was answered before, is run again on what is read. */
  private async runRecalled(gathered: Recallable, turn: BatchTurn): Promise<Outcome[]> {
    const { requests } = gathered;
    try {
      return await this.runOnce(requests, { gathered, isAgain: false, turn });
    } catch (error) {
      if (isAnsweredMeanwhile(error)) return this.runRead(requests, turn, 2);
      this.recall.forget(requests);
      return this.runRead(requests, turn);
    }
  }

  private async runRead(
    requests: readonly SessionRequest[],
    turn: BatchTurn,
    firstRace = 1,
  ): Promise<Outcome[]> {
    for (let race = firstRace; ; race += 1) {
      try {
        return await this.runOnce(requests, { gathered: null, isAgain: race > 1, turn });
      } catch (error) {
        // A create came before, perhaps to somebody else: the answer stands there now.
        if (race < RACES_LIMIT && isAnsweredMeanwhile(error)) continue;
        throw error;
      }
    }
  }

  private async runOnce(requests: readonly SessionRequest[], how: Running): Promise<Outcome[]> {
    const [outcomes, remember] = await this.transactions.runPiped(
      (tx, edges) => this.runIn(tx, edges, requests, how),
      how.gathered?.rows.now,
    );
    remember();
    this.totals.wake();
    return outcomes;
  }

  /** Its beginning leaves with the first statements, its end with the writes where nothing has to be done behind them. */
  private async runIn(
    tx: Tx,
    edges: TransactionEdges,
    requests: readonly SessionRequest[],
    { gathered, isAgain, turn }: Running,
  ): Promise<[Outcome[], () => void]> {
    // What is read is locked too, and whoever has locked something waits for nobody but PostgreSQL.
    const after = gathered && turn.after;
    const work = async (number: Promise<string>): Promise<[Outcome[], () => void]> => {
      const recalled = gathered && this.recall.recall(tx, gathered);
      const batch = recalled?.batch ?? (await this.batches.read(tx, requests, isAgain));
      const outcomes = requests.map((asked) => decide(batch, asked));
      const writes = this.batches.write(tx, batch, { edges, number, known: recalled?.rows });
      const writing = (): void => turn.writing(recalled !== null);
      if (after) void after.then(writing);
      else writing();
      const remember = await writes;
      turn.written();
      return [outcomes, remember];
    };
    return this.batches.inRounds(tx, edges, work, after);
  }
}

/** One request that cannot be decided leaves the others of its batch alone. */
function decide(batch: SessionBatch, asked: SessionRequest): Outcome {
  try {
    return { answer: batch.decide(asked) };
  } catch (error) {
    return { error };
  }
}

function isAnsweredMeanwhile(error: unknown): boolean {
  const { code, details } = error as { code?: unknown; details?: { constraint?: unknown } };
  const constraint = details?.constraint ?? (error as { constraint?: unknown }).constraint;
  return (code === 'already_exists' || code === UNIQUE_VIOLATION) && KEYS_OF_CREATES.has(String(constraint));
}
