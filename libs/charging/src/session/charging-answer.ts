import type { OnlineChargingPolicy, UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { type ChargingRefusal, problemDetailsOf } from './charging-refusal';

/** What one rating group was granted. */
export interface GrantedUnits {
  ratingGroup: number;
  upfId: string;
  usageClass: UsageClass;
  /** Octets, seconds, messages or items; 0: nothing is left. */
  amount: bigint;
  /** Nothing more can be granted after it. */
  isFinal: boolean;
  /** When the tariff changes while the grant holds: what is used after it is to be reported apart. Null: it does not. */
  tariffChange: Instant | null;
}

/** What is said of one rating group: what it was granted, or why not. */
export type UnitAnswer =
  | { kind: 'granted'; granted: GrantedUnits }
  | { kind: 'refused'; ratingGroup: number; upfId: string; resultCode: ResultCode };

/** TS 32.291 §6.1.6.3.14. */
export type ResultCode =
  | 'SUCCESS'
  | 'END_USER_SERVICE_DENIED'
  | 'QUOTA_LIMIT_REACHED'
  | 'RATING_FAILED'
  | 'QUOTA_MANAGEMENT_NOT_APPLICABLE';

/** What is sent, and stored to be sent again for the same request. The body is JSON text; null: none. */
export interface ChargingAnswer {
  status: number;
  body: string | null;
}

/** An answer with the session that it is about. */
export interface SessionAnswer extends ChargingAnswer {
  sessionId: string | null;
}

/** A ChargingDataResponse (TS 32.291 §6.1.6.2.1.3). */
export function chargingAnswer(
  status: number,
  sequenceNumber: number,
  now: Instant,
  units: readonly UnitAnswer[],
  policy: OnlineChargingPolicy,
): ChargingAnswer {
  const body = {
    invocationTimeStamp: now,
    invocationSequenceNumber: sequenceNumber,
    multipleUnitInformation:
      units.length > 0 ? units.map((unit) => unitInformation(unit, policy)) : undefined,
  };
  return { status, body: JSON.stringify(body) };
}

/** A refusal as it is sent: ProblemDetails. */
export function refusalAnswer(refusal: ChargingRefusal): SessionAnswer {
  return { status: refusal.status, body: JSON.stringify(problemDetailsOf(refusal)), sessionId: null };
}

/** What is undefined is not in the text: an object of one form is made and written sooner than one that is put together. */
function unitInformation(answer: UnitAnswer, policy: OnlineChargingPolicy): Record<string, unknown> {
  if (answer.kind === 'refused') {
    const { ratingGroup, resultCode } = answer;
    return { ratingGroup, uPFID: upfOf(answer), resultCode };
  }
  const { granted } = answer;
  const { ratingGroup, amount, tariffChange } = granted;
  const finalUnitIndication = granted.isFinal ? finalUnit(policy) : undefined;
  // The last grant carries the final unit; without any left the group is told so.
  if (amount === 0n)
    return { ratingGroup, uPFID: upfOf(granted), resultCode: 'QUOTA_LIMIT_REACHED', finalUnitIndication };
  const counted = countedIn[granted.usageClass];
  // Not beyond what was asked for, which JSON carried exactly.
  const units = Number(amount);
  const threshold = thresholdOf(granted, policy);
  return {
    ratingGroup,
    uPFID: upfOf(granted),
    resultCode: 'SUCCESS',
    grantedUnit: {
      tariffTimeChange: tariffChange ?? undefined,
      totalVolume: counted === 'volume' ? units : undefined,
      time: counted === 'time' ? units : undefined,
      serviceSpecificUnits: counted === 'units' ? units : undefined,
    },
    validityTime: policy.validitySeconds,
    quotaHoldingTime: policy.quotaHoldingSeconds ?? undefined,
    volumeQuotaThreshold: counted === 'volume' ? threshold : undefined,
    timeQuotaThreshold: counted === 'time' ? threshold : undefined,
    unitQuotaThreshold: counted === 'units' ? threshold : undefined,
    finalUnitIndication,
  };
}

const countedIn: Record<UsageClass, 'volume' | 'time' | 'units'> = {
  data: 'volume',
  voice: 'time',
  sms: 'units',
  mms: 'units',
  content: 'units',
};

/** What is left when the network shall ask again. The last grant has none: there is nothing to ask for. */
function thresholdOf({ amount, isFinal }: GrantedUnits, policy: OnlineChargingPolicy): number | undefined {
  if (policy.thresholdPercent === null || isFinal) return undefined;
  const left = (amount * BigInt(policy.thresholdPercent)) / 100n;
  return left > 0n ? Number(left) : undefined;
}

function finalUnit({ finalUnit: unit }: OnlineChargingPolicy): Record<string, unknown> {
  switch (unit.action) {
    case 'TERMINATE':
      return { finalUnitAction: unit.action };
    case 'REDIRECT':
      return {
        finalUnitAction: unit.action,
        redirectServer: { redirectAddressType: unit.addressType, redirectServerAddress: unit.address },
      };
    case 'RESTRICT_ACCESS':
      return {
        finalUnitAction: unit.action,
        ...(unit.filterIds.length > 0 ? { filterIdList: unit.filterIds } : {}),
      };
  }
}

function upfOf({ upfId }: { upfId: string }): string | undefined {
  return upfId === '' ? undefined : upfId;
}
