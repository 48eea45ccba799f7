import type { UsageClass } from '@ronghe/contracts';
import type { Amount, Instant } from '@ronghe/kernel';
import { identityOf, type IdentifiedLine } from './duplicates';
import { RecordLine, type ReadLine } from './record-reader';
import type { RowSplitter } from './mapping/split-row';
import type { UsageRecord } from './usage-record';

/** What the records of one type have in common; one object for all of them. */
type Kind = Pick<UsageRecord, 'source' | 'usageClass' | 'unit'>;

/**
 * The lines of a batch with the records that they hold, column by column. Objects for each of tens of thousands of records
 * outlive the collector's young generation, which costs more than all work on them: a record is made anew for whoever
 * asks, and is forgotten at once.
 */
export class LineTable {
  private count = 0;
  private readonly texts: string[];
  private readonly numbers: Float64Array;
  private readonly endOffsets: Float64Array;
  private readonly recordIds: string[];
  private readonly bodyHashes: string[];
  private readonly kinds: (Kind | null)[];
  /** Of each line the number of its subscriber, 0 for one without a record. */
  private readonly subscribers: Int32Array;
  private readonly peers: (string | null)[];
  private readonly starts: (Instant | null)[];
  /** Twelve digits at most (read-quantity), so that a number holds them exactly. */
  private readonly quantities: Float64Array;
  /** Of those that were priced by somebody else. */
  private readonly preratedAmounts = new Map<number, Amount>();
  /** Lines without a record, records that are parts, and rows that were not cut out of their line: as they were read. */
  private readonly apart = new Map<number, ReadLine>();
  private readonly subscriberTexts = [''];
  private readonly subscriberNumbers = new Map<string, number>();
  private readonly knownKinds: Kind[] = [];
  private split: RowSplitter | null = null;

  /** @param capacity lines that it may hold */
  constructor(capacity: number) {
    this.texts = new Array<string>(capacity);
    this.numbers = new Float64Array(capacity);
    this.endOffsets = new Float64Array(capacity);
    this.recordIds = new Array<string>(capacity);
    this.bodyHashes = new Array<string>(capacity);
    this.kinds = new Array<Kind | null>(capacity);
    this.subscribers = new Int32Array(capacity);
    this.peers = new Array<string | null>(capacity);
    this.starts = new Array<Instant | null>(capacity);
    this.quantities = new Float64Array(capacity);
  }

  static of(lines: readonly ReadLine[]): LineTable {
    const table = new LineTable(lines.length);
    for (const line of lines) table.add(line);
    return table;
  }

  get length(): number {
    return this.count;
  }

  /** Adds a line within the capacity. */
  add(read: ReadLine): void {
    const { recordId, bodyHash } = identityOf(read);
    const { text, number, endOffset } = read.line;
    const record = read.kind === 'record' ? read.record : null;
    const at = this.count++;
    if (!record || record.part !== null || !(read instanceof RecordLine)) this.apart.set(at, read);
    else this.split = read.split;
    this.texts[at] = text;
    this.numbers[at] = number;
    this.endOffsets[at] = endOffset;
    this.recordIds[at] = recordId;
    this.bodyHashes[at] = bodyHash;
    this.kinds[at] = record && this.kindOf(record);
    this.subscribers[at] = record ? this.numberOf(record.subscriber) : 0;
    this.peers[at] = record?.peer ?? null;
    this.starts[at] = record?.usedAt ?? null;
    this.quantities[at] = record ? Number(record.quantity) : 0;
    if (record && record.preratedAmount !== null) this.preratedAmounts.set(at, record.preratedAmount);
  }

  recordIdAt(index: number): string {
    return this.recordIds[index] ?? '';
  }

  bodyHashAt(index: number): string {
    return this.bodyHashes[index] ?? '';
  }

  subscriberAt(index: number): string {
    return this.subscriberTexts[this.subscriberNumberAt(index)] ?? '';
  }

  /** Stands for the subscriber among those of this table, so that nothing has to be looked up by a text. */
  subscriberNumberAt(index: number): number {
    return this.subscribers[index] ?? 0;
  }

  /** Null for a line without a record. */
  usageClassAt(index: number): UsageClass | null {
    return this.kinds[index]?.usageClass ?? null;
  }

  /** When the usage of a line began; null for one without a record. */
  startAt(index: number): Instant | null {
    return this.starts[index] ?? null;
  }

  /** A line that holds no record, or only a part of a call; undefined for one that holds a whole record. */
  partialAt(index: number): ReadLine | undefined {
    if (this.apart.size === 0) return undefined;
    const read = this.apart.get(index);
    return read?.kind === 'record' && read.record.part === null ? undefined : read;
  }

  /** The whole record of a line. */
  recordAt(index: number): UsageRecord {
    const kind = this.kinds[index];
    const usedAt = this.starts[index];
    if (!kind || !usedAt) throw new Error(`line ${index} of a batch holds no whole record`);
    return {
      source: kind.source,
      recordId: this.recordIdAt(index),
      usageClass: kind.usageClass,
      unit: kind.unit,
      subscriber: this.subscriberAt(index),
      peer: this.peers[index] ?? null,
      usedAt,
      quantity: BigInt(this.quantities[index] ?? 0),
      preratedAmount: this.preratedAmounts.get(index) ?? null,
      part: null,
    };
  }

  /** A line as it was read. */
  lineAt(index: number): IdentifiedLine {
    return {
      read: this.apart.get(index) ?? this.recordLineAt(index),
      recordId: this.recordIdAt(index),
      bodyHash: this.bodyHashAt(index),
    };
  }

  /** All lines as they were read, from one up to another. */
  *linesFrom(from: number, to: number): Generator<IdentifiedLine> {
    for (let index = from; index < to; index += 1) yield this.lineAt(index);
  }

  private recordLineAt(index: number): ReadLine {
    const line = {
      text: this.texts[index] ?? '',
      number: this.numbers[index] ?? 0,
      endOffset: this.endOffsets[index] ?? 0,
    };
    return new RecordLine(line, this.recordAt(index), this.split ?? (() => []));
  }

  private kindOf({ source, usageClass, unit }: UsageRecord): Kind {
    for (const known of this.knownKinds)
      if (known.usageClass === usageClass && known.unit === unit && known.source === source) return known;
    const kind = { source, usageClass, unit };
    this.knownKinds.push(kind);
    return kind;
  }

  private numberOf(subscriber: string): number {
    let number = this.subscriberNumbers.get(subscriber);
    if (number === undefined) {
      number = this.subscriberTexts.push(subscriber) - 1;
      this.subscriberNumbers.set(subscriber, number);
    }
    return number;
  }
}
