import { newId } from '@ronghe/kernel';
import { compareKeys, groupPeriodId, type GroupPeriodKey } from '../balance/group-period';
import type { Guided } from './guide';
import type { UsageFact } from './rated-usage';
import type { RecordSet } from './record-set';
import type { UsageBook } from './usage-book';

type Admitted = Extract<Guided, { kind: 'admitted' }>;

/** A card group and period of which a batch has usage. */
export interface GroupUse extends GroupPeriodKey {
  /** Of the first record. */
  accountId: string;
  first: number;
  last: number;
}

/** Where a record was admitted to. */
interface Admission {
  to: Admitted;
  group: GroupUse;
}

/**
 * The records of a batch that may be rated, by card group and period. Of a record only its place is kept; its fact is made
 * when its group is rated, and is forgotten soon after.
 */
export class BatchUse {
  private readonly groups = new Map<string, GroupUse>();
  /** Of each product the latest: nearly always the only one. */
  private readonly latest = new Map<string, Admission>();
  private readonly admissions: (Admission | undefined)[];
  /** The next record of the same group; 0: there is none. */
  private readonly next: Int32Array;

  constructor(
    private readonly records: RecordSet,
    private readonly book: UsageBook,
  ) {
    this.next = new Int32Array(records.size);
    this.admissions = new Array<Admission | undefined>(records.size);
  }

  /** Admits a record, those of a batch in their order; the same object for records that went to the same place. */
  admit(at: number, to: Admitted): Admitted {
    const { productId } = to.product;
    let admission = this.latest.get(productId);
    if (!admission || admission.to.period !== to.period || admission.to.isLate !== to.isLate) {
      admission = { to, group: this.groupOf(to, at) };
      this.latest.set(productId, admission);
    }
    const { group } = admission;
    if (group.last !== at) this.next[group.last] = at;
    group.last = at;
    this.admissions[at] = admission;
    return admission.to;
  }

  /** All groups, in the order in which they are locked. */
  inLockOrder(): GroupUse[] {
    return [...this.groups.values()].sort(compareKeys);
  }

  /** The places of a group's records, in their order. */
  placesOf({ first }: GroupUse): number[] {
    const places = [first];
    for (let at = this.next[first] ?? 0; at !== 0; at = this.next[at] ?? 0) places.push(at);
    return places;
  }

  /** What a record is as usage, under a new id. */
  factAt(at: number): UsageFact {
    const admission = this.admissions[at];
    if (!admission) throw new Error(`record ${at} of a batch was not admitted`);
    const { product, isLate } = admission.to;
    const { cardGroupId, period } = admission.group;
    const { lane, accountId, productId, card } = product;
    const { source, recordId, usedAt, usageClass, peer, quantity, preratedAmount } =
      this.records.recordAt(at);
    return {
      lane,
      usageId: newId(),
      accountId,
      cardGroupId,
      period,
      productId,
      card,
      source,
      recordId,
      fileId: this.records.fileIdAt(at),
      isLate,
      usedAt,
      usageClass,
      peer,
      quantity,
      preratedAmount,
    };
  }

  private groupOf({ product, period }: Admitted, at: number): GroupUse {
    const cardGroupId = this.book.ratingUnitOf(product, period.from);
    const id = groupPeriodId({ cardGroupId, period: period.key });
    const known = this.groups.get(id);
    if (known) return known;
    const { lane, accountId } = product;
    const group = { lane, cardGroupId, period: period.key, accountId, first: at, last: at };
    this.groups.set(id, group);
    return group;
  }
}
