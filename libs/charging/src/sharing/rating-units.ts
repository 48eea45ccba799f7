import { maxInstant, minInstant, type Instant, type Period } from '@ronghe/kernel';
import { beginningOfTime, endOfTime } from '@ronghe/rating';
import { holdsAt, type Sharing } from './sharing';

/**
 * Which card groups are rated as one: a member's usage is rated with its owner's, under the owner's card group id, as
 * long as it shares. Sharing begins and ends with periods, so that a period has one unit for each card group.
 */
export class RatingUnits {
  private readonly byMember = new Map<string, Sharing[]>();

  constructor(private readonly sharings: readonly Sharing[]) {
    for (const sharing of sharings) {
      const known = this.byMember.get(sharing.memberCardGroupId);
      if (known) known.push(sharing);
      else this.byMember.set(sharing.memberCardGroupId, [sharing]);
    }
  }

  /** The unit of a card group: the owner's card group while it shares, else its own. */
  unitOf(cardGroupId: string, at: Instant): string {
    const sharing = this.byMember.get(cardGroupId)?.find((each) => holdsAt(each, at));
    return sharing?.ownerCardGroupId ?? cardGroupId;
  }

  /** The members of a unit, by card group id. */
  membersOf(unitId: string, at: Instant): Sharing[] {
    return this.sharings
      .filter((each) => each.ownerCardGroupId === unitId && holdsAt(each, at))
      .sort((a, b) => (a.memberCardGroupId < b.memberCardGroupId ? -1 : 1));
  }

  /** The stretch of time around an instant in which a card group has the same unit, or less of it. */
  stretchOf(cardGroupId: string, at: Instant): Period {
    let stretch: Period = { from: beginningOfTime, to: endOfTime };
    for (const { effectiveFrom, effectiveTo } of this.byMember.get(cardGroupId) ?? []) {
      for (const edge of [effectiveFrom, effectiveTo ?? endOfTime]) {
        stretch =
          edge <= at
            ? { ...stretch, from: maxInstant(stretch.from, edge) }
            : { ...stretch, to: minInstant(stretch.to, edge) };
      }
    }
    return stretch;
  }

  /** The accounts, other than the owner's, whose card groups have ever been in a unit. */
  memberAccountsOf(unitId: string): string[] {
    const members = this.sharings.filter((each) => each.ownerCardGroupId === unitId);
    return [...new Set(members.map(({ memberAccountId }) => memberAccountId))];
  }

  /** The card groups that have ever been in one unit with this one. */
  relatedTo(cardGroupId: string): string[] {
    const related = this.sharings
      .filter((each) => each.ownerCardGroupId === cardGroupId || each.memberCardGroupId === cardGroupId)
      .flatMap((each) => [each.ownerCardGroupId, each.memberCardGroupId]);
    return [...new Set(related)].filter((id) => id !== cardGroupId);
  }
}
