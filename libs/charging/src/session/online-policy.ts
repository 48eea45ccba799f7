import type { OnlineChargingPolicy, OnlineGrantSize, UsageClass } from '@ronghe/contracts';
import { amountFromDecimal, type LocalDate } from '@ronghe/kernel';
import type { PricedGroup } from './session';

const MB = 1024 * 1024;

/** What holds where no document of the kind `online-charging` is in force. */
export const defaultOnlinePolicy: OnlineChargingPolicy = {
  kind: 'online-charging',
  code: 'online-charging',
  version: 0,
  effectiveFrom: '2020-01-01' as LocalDate,
  effectiveTo: null,
  ratingGroups: [],
  validitySeconds: 3600,
  quotaHoldingSeconds: null,
  grants: [
    grantSize('data', 100 * MB, MB, 1024 * MB),
    grantSize('voice', 300, 60, 3600),
    grantSize('sms', 1, 1, 1),
    grantSize('mms', 1, 1, 1),
    grantSize('content', 1, 1, 1),
  ],
  grantLastsSeconds: 600,
  shareOfFreePercent: 100,
  thresholdPercent: null,
  finalUnit: { action: 'TERMINATE' },
};

/** The policy in force on a day: of those in force the latest version. */
export function onlinePolicyOn(
  documents: readonly OnlineChargingPolicy[],
  day: LocalDate,
): OnlineChargingPolicy {
  return documents
    .filter(
      ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (effectiveTo === null || day < effectiveTo),
    )
    .reduce((latest, each) => (each.version >= latest.version ? each : latest), defaultOnlinePolicy);
}

/** What a rating group counts as. */
export interface OnlineUse {
  usageClass: UsageClass;
  /** Undefined: nobody else has priced it. */
  priced: PricedGroup | undefined;
}

/** The same, with what a provider has priced its units at. */
export function onlineUseOf(
  policy: OnlineChargingPolicy,
  ratingGroup: number,
  shown: UsageClass | null,
): OnlineUse {
  const listed = policy.ratingGroups.find((group) => group.ratingGroup === ratingGroup);
  const each = listed?.each;
  return {
    usageClass: listed?.usageClass ?? shown ?? 'data',
    priced: typeof each === 'string' ? { ratingGroup, each: amountFromDecimal(each) } : undefined,
  };
}

/** Whether two uses are of one price. */
export function isSameUse(a: OnlineUse, b: OnlineUse): boolean {
  return a.usageClass === b.usageClass && a.priced?.ratingGroup === b.priced?.ratingGroup;
}

/** The sizes of grants of a class. */
export function grantSizeOf(policy: OnlineChargingPolicy, usageClass: UsageClass): OnlineGrantSize {
  const listed = [...policy.grants, ...defaultOnlinePolicy.grants].find(
    (each) => each.usageClass === usageClass,
  );
  return listed ?? grantSize(usageClass, 1, 1, 1);
}

function grantSize(usageClass: UsageClass, first: number, minimum: number, maximum: number): OnlineGrantSize {
  return { usageClass, first: String(first), minimum: String(minimum), maximum: String(maximum) };
}
