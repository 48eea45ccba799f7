import type { EventEnvelope } from '@ronghe/contracts';
import { FeedSourceWrapper, type Cursors, type FeedSource } from '@ronghe/platform';
import { randomFrom } from './seeds';

/** A feed at its worst, the same for the same seed: repeats old events, leaves out, reorders, fails. */
export class UnreliableFeeds extends FeedSourceWrapper {
  private readonly random: () => number;

  constructor(readonly seed: number) {
    super();
    this.random = randomFrom(seed);
  }

  override wrap(source: FeedSource): FeedSource {
    const seen: EventEnvelope[] = [];
    const read = async (cursors: Cursors, limit: number): Promise<EventEnvelope[]> => {
      if (this.random() < 0.1) throw new Error('the feed is cut');
      const fresh = await source.read(cursors, limit);
      seen.push(...fresh);
      const repeated = seen.filter(() => this.random() < 0.3);
      const kept = fresh.filter(() => this.random() < 0.8);
      return this.shuffled([...kept, ...repeated, ...kept.slice(0, 3)]);
    };
    return { producer: source.producer, read, heads: () => source.heads() };
  }

  private shuffled<T>(values: T[]): T[] {
    return values
      .map((value) => ({ value, place: this.random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ value }) => value);
  }
}
