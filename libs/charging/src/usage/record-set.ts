import type { LineTable } from './line-table';
import type { UsageRecord } from './usage-record';

/** A record with where it came from. */
export interface DeliveredRecord {
  record: UsageRecord;
  fileId: string;
}

/** Lines of a batch that hold whole records, by their places. */
interface RecordLines {
  lines: LineTable;
  places: readonly number[];
  fileId: string;
}

/** Records that are guided and rated together: those of lines first, then some that came otherwise. */
export class RecordSet {
  private readonly count: number;

  constructor(
    private readonly own: RecordLines | null,
    private readonly others: readonly DeliveredRecord[],
  ) {
    this.count = own?.places.length ?? 0;
  }

  get size(): number {
    return this.count + this.others.length;
  }

  /** A record; one of a line is made anew each time. */
  recordAt(at: number): UsageRecord {
    return this.own && at < this.count
      ? this.own.lines.recordAt(this.own.places[at] ?? 0)
      : this.otherAt(at).record;
  }

  /** The line of a record; −1: it came otherwise. */
  lineOf(at: number): number {
    return this.own && at < this.count ? (this.own.places[at] ?? 0) : -1;
  }

  /** The lines of which some are records. */
  get lines(): LineTable | null {
    return this.own?.lines ?? null;
  }

  /** The file that brought a record; empty where there is no such record. */
  fileIdAt(at: number): string {
    if (this.own && at < this.count) return this.own.fileId;
    return at < this.size ? this.otherAt(at).fileId : '';
  }

  /** The subscribers of all records, each once. */
  subscribers(): Set<string> {
    const subscribers = new Set<string>();
    if (this.own) {
      const { lines, places } = this.own;
      const isSeen = new Uint8Array(lines.length + 1);
      for (const place of places) {
        const number = lines.subscriberNumberAt(place);
        if (isSeen[number] === 0) subscribers.add(lines.subscriberAt(place));
        isSeen[number] = 1;
      }
    }
    for (const { record } of this.others) subscribers.add(record.subscriber);
    return subscribers;
  }

  private otherAt(at: number): DeliveredRecord {
    const other = this.others[at - this.count];
    if (!other) throw new Error(`there is no record ${at}`);
    return other;
  }
}
