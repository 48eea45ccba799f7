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
  const head = `"invocationTimeStamp":"${now}","invocationSequenceNumber":${sequenceNumber}`;
  if (units.length === 0) return { status, body: `{${head}}` };
  const information = units.map((unit) => unitInformation(unit, policy)).join(',');
  return { status, body: `{${head},"multipleUnitInformation":[${information}]}` };
}

/** A refusal as it is sent: ProblemDetails. */
export function refusalAnswer(refusal: ChargingRefusal): SessionAnswer {
  return { status: refusal.status, body: JSON.stringify(problemDetailsOf(refusal)), sessionId: null };
}

/** As JSON, field by field: to make objects first and then to read them took ten times as long. */
function unitInformation(answer: UnitAnswer, policy: OnlineChargingPolicy): string {
  if (answer.kind === 'refused') return `{${placeOf(answer)},"resultCode":"${answer.resultCode}"}`;
  const { granted } = answer;
  const final = granted.isFinal ? `,"finalUnitIndication":${JSON.stringify(finalUnit(policy))}` : '';
  // The last grant carries the final unit; without any left the group is told so.
  if (granted.amount === 0n) return `{${placeOf(granted)},"resultCode":"QUOTA_LIMIT_REACHED"${final}}`;
  const unit = unitOf[granted.usageClass];
  const change = granted.tariffChange === null ? '' : `"tariffTimeChange":"${granted.tariffChange}",`;
  // Not beyond what was asked for, which JSON carried exactly.
  const grantedUnit = `{${change}"${unit.granted}":${granted.amount}}`;
  const { validitySeconds, quotaHoldingSeconds } = policy;
  const holding = quotaHoldingSeconds === null ? '' : `,"quotaHoldingTime":${quotaHoldingSeconds}`;
  const threshold = thresholdOf(granted, policy);
  const again = threshold === 0n ? '' : `,"${unit.threshold}":${threshold}`;
  return `{${placeOf(granted)},"resultCode":"SUCCESS","grantedUnit":${grantedUnit},"validityTime":${validitySeconds}${holding}${again}${final}}`;
}

const unitOf: Record<UsageClass, { granted: string; threshold: string }> = {
  data: { granted: 'totalVolume', threshold: 'volumeQuotaThreshold' },
  voice: { granted: 'time', threshold: 'timeQuotaThreshold' },
  sms: { granted: 'serviceSpecificUnits', threshold: 'unitQuotaThreshold' },
  mms: { granted: 'serviceSpecificUnits', threshold: 'unitQuotaThreshold' },
  content: { granted: 'serviceSpecificUnits', threshold: 'unitQuotaThreshold' },
};

/** What is left when the network shall ask again; 0: it need not. The last grant has none: there is nothing to ask for. */
function thresholdOf({ amount, isFinal }: GrantedUnits, { thresholdPercent }: OnlineChargingPolicy): bigint {
  return thresholdPercent === null || isFinal ? 0n : (amount * BigInt(thresholdPercent)) / 100n;
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

function placeOf({ ratingGroup, upfId }: { ratingGroup: number; upfId: string }): string {
  return upfId === ''
    ? `"ratingGroup":${ratingGroup}`
    : `"ratingGroup":${ratingGroup},"uPFID":${JSON.stringify(upfId)}`;
}
