import type { UsageClass } from '@ronghe/contracts';
import { contains, newId, type Period } from '@ronghe/kernel';
import type { UsagePlan } from '@ronghe/rating';
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

/** What all usage of a class within some time has in common, from `admittedWithin`. */
export interface KnownWay {
  usageClass: UsageClass;
  within: Period;
  plan: UsagePlan;
}

/** Where records were admitted to. */
interface Admission {
  to: Admitted;
  group: GroupUse;
  /** Null: only the record itself is known to go there. */
  way: KnownWay | null;
}

/** A usage with its price, where that is known already. */
export interface AdmittedFact extends UsageFact {
  plan: UsagePlan | null;
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
  /** By the number of the subscriber, one for each of its usage classes. */
  private readonly ways: (Admission[] | undefined)[];

  constructor(
    private readonly records: RecordSet,
    private readonly book: UsageBook,
  ) {
    this.next = new Int32Array(records.size);
    this.admissions = new Array<Admission | undefined>(records.size);
    this.ways = new Array<Admission[] | undefined>((records.lines?.length ?? 0) + 1);
  }

  /**
   * Admits a record to where one of the same subscriber and class went before, if it must go there too: nearly all of a
   * batch, without looking anything up by an id.
   */
  admitAsBefore(at: number): Admitted | null {
    const { lines } = this.records;
    const line = this.records.lineOf(at);
    if (!lines || line < 0) return null;
    const known = this.ways[lines.subscriberNumberAt(line)];
    const usedAt = lines.startAt(line);
    if (!known || !usedAt) return null;
    const usageClass = lines.usageClassAt(line);
    for (const admission of known) {
      const { way } = admission;
      if (way?.usageClass !== usageClass || !contains(way.within, usedAt)) continue;
      this.link(at, admission);
      return admission.to;
    }
    return null;
  }

  /**
   * Admits a record; the same object for records that went to the same place. Records of a batch come in their order, by
   * either way.
   * @param way for those that follow it
   */
  admit(at: number, to: Admitted, way: KnownWay | null): Admitted {
    const { productId } = to.product;
    let admission = this.latest.get(productId);
    if (!admission || admission.to.period !== to.period || admission.to.isLate !== to.isLate) {
      admission = { to, group: this.groupOf(to, at), way: null };
      this.latest.set(productId, admission);
    }
    this.link(at, way ? this.opened({ to: admission.to, group: admission.group, way }, at) : admission);
    return admission.to;
  }

  private opened(admission: Admission, at: number): Admission {
    const line = this.records.lineOf(at);
    const number = this.records.lines?.subscriberNumberAt(line) ?? 0;
    if (line < 0) return admission;
    const known = this.ways[number];
    if (known) known.push(admission);
    else this.ways[number] = [admission];
    return admission;
  }

  private link(at: number, admission: Admission): void {
    const { group } = admission;
    if (group.last !== at) this.next[group.last] = at;
    group.last = at;
    this.admissions[at] = admission;
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
  factAt(at: number): AdmittedFact {
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
      plan: admission.way?.plan ?? null,
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
