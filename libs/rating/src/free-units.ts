import { maxRatio, minRatio, subtractRatios, zeroRatio, type Ratio } from '@ronghe/kernel';

/** Usage of a run after a period's free units. */
export interface FreeUnitsShare {
  freeUsedBefore: Ratio;
  freeUsedNow: Ratio;
  billableBefore: Ratio;
  billable: Ratio;
}

/** Free units go to the usage that comes first. Units of the run = freeUsedNow + billable. */
export function shareFreeUnits(freeUnits: Ratio, usedBefore: Ratio, quantity: Ratio): FreeUnitsShare {
  const freeUsedBefore = minRatio(freeUnits, usedBefore);
  const freeUsedNow = minRatio(maxRatio(subtractRatios(freeUnits, freeUsedBefore), zeroRatio), quantity);
  return {
    freeUsedBefore,
    freeUsedNow,
    billableBefore: subtractRatios(usedBefore, freeUsedBefore),
    billable: subtractRatios(quantity, freeUsedNow),
  };
}

/** What is missing to a committed spend: never negative. */
export function commitmentTrueUp(commitment: Ratio, used: Ratio): Ratio {
  return maxRatio(subtractRatios(commitment, used), zeroRatio);
}
