import type { UsageClass } from '@ronghe/contracts';
import { contains, newId, type Instant, type Period } from '@ronghe/kernel';
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

/** Where records of a subscriber were admitted to. */
interface Admission {
  to: Admitted;
  group: GroupUse;
  /** Within which others of the subscriber go there too (`admittedWithin`); null: only the record itself is known to. */
  within: Period | null;
  /** The price of a usage class, for as long as it holds. */
  usageClass: UsageClass | null;
  plan: UsagePlan | null;
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
  /** By the number of the subscriber; one for each of its usage classes, and the first. */
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
   * Admits a record to where one of the same subscriber went before, if it must go there too: nearly all of a batch, without
   * looking anything up by an id but the price of a class that is new.
   */
  admitAsBefore(at: number): Admitted | null {
    const { lines } = this.records;
    const line = this.records.lineOf(at);
    if (!lines || line < 0) return null;
    const known = this.ways[lines.subscriberNumberAt(line)];
    const usedAt = lines.startAt(line);
    const usageClass = lines.usageClassAt(line);
    if (!known || !usedAt || !usageClass) return null;
    let other: Admission | null = null;
    for (const admission of known) {
      if (!admission.within || !contains(admission.within, usedAt)) continue;
      other = admission;
      if (admission.usageClass !== usageClass || !holdsAt(admission.plan, usedAt)) continue;
      this.link(at, admission);
      return admission.to;
    }
    const admission = other && this.withPrice(other, usageClass, usedAt);
    if (!admission) return null;
    // The price of an instant is of no use to others.
    if (admission.plan?.holds) known.push(admission);
    this.link(at, admission);
    return admission.to;
  }

  /**
   * Admits a record; the same object for records that went to the same place. Records of a batch come in their order, by
   * either way.
   * @param within when others of its subscriber are admitted to the same place
   */
  admit(at: number, to: Admitted, within: Period | null): Admitted {
    const { productId } = to.product;
    let admission = this.latest.get(productId);
    if (!admission || admission.to.period !== to.period || admission.to.isLate !== to.isLate) {
      admission = { to, group: this.groupOf(to, at), within, usageClass: null, plan: null };
      this.latest.set(productId, admission);
    }
    const line = this.records.lineOf(at);
    if (within && this.records.lines && line >= 0) {
      const number = this.records.lines.subscriberNumberAt(line);
      const known = this.ways[number];
      const way = { ...admission, within };
      if (known) known.push(way);
      else this.ways[number] = [way];
    }
    this.link(at, admission);
    return admission.to;
  }

  /** The same place for another usage class; null where nobody may say so without looking at the record. */
  private withPrice(admission: Admission, usageClass: UsageClass, usedAt: Instant): Admission | null {
    const { product } = admission.to;
    if (product.onlineClasses.includes(usageClass)) return null;
    const plan = this.book.planIfPriced({ productId: product.productId, usageClass, usedAt });
    return plan && { ...admission, usageClass, plan };
  }

  private link(at: number, admission: Admission): void {
    const { group } = admission;
    if (group.last !== at) this.next[group.last] = at;
    group.last = at;
    this.admissions[at] = admission;
  }

  /** Records of which some are admitted. */
  get size(): number {
    return this.records.size;
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
      plan: admission.plan,
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

function holdsAt(plan: UsagePlan | null, usedAt: Instant): boolean {
  return plan?.holds !== undefined && contains(plan.holds, usedAt);
}
