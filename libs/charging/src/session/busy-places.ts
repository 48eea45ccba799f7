/**
 * Where a request's rows lie: those of a balance group, which shares with nobody outside. Null: it is not known which one of the
 * lane's.
 */
export interface Place {
  lane: number;
  balanceGroupId: string | null;
}

interface BusyLane {
  places: number;
  /** Places whose group is not known. */
  unknown: number;
  groups: Map<string, number>;
}

/** Places that somebody is at work on: one whose group is not known is a whole lane. */
export class BusyPlaces {
  private readonly lanes = new Map<number, BusyLane>();

  isFree({ lane, balanceGroupId }: Place): boolean {
    const busy = this.lanes.get(lane);
    if (!busy) return true;
    return balanceGroupId !== null && busy.unknown === 0 && !busy.groups.has(balanceGroupId);
  }

  add({ lane, balanceGroupId }: Place): void {
    const busy = this.lanes.get(lane) ?? { places: 0, unknown: 0, groups: new Map<string, number>() };
    this.lanes.set(lane, busy);
    busy.places += 1;
    if (balanceGroupId === null) busy.unknown += 1;
    else busy.groups.set(balanceGroupId, (busy.groups.get(balanceGroupId) ?? 0) + 1);
  }

  /** Takes back an `add` of the same place. */
  remove({ lane, balanceGroupId }: Place): void {
    const busy = this.lanes.get(lane);
    if (!busy) return;
    busy.places -= 1;
    if (busy.places === 0) this.lanes.delete(lane);
    else if (balanceGroupId === null) busy.unknown -= 1;
    else {
      const left = (busy.groups.get(balanceGroupId) ?? 0) - 1;
      if (left > 0) busy.groups.set(balanceGroupId, left);
      else busy.groups.delete(balanceGroupId);
    }
  }
}
